// Errors as they are found: message and byte offsets. Lines and columns are counted once for all of them, at the end, so
// that many errors in a long document stay linear.

/// The errors found so far, up to a limit.
struct ValidationErrors {
    private struct Pending {
        let message: String
        let offsets: [UInt32]
        let code: GraphQLErrorCode
    }

    private var pending: [Pending] = []
    private let maximum: Int
    /// Whether the limit is reached: from here on validation only has to end.
    private(set) var isFull = false

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Whether nothing was found.
    var isEmpty: Bool { pending.isEmpty }
    /// How many errors were found.
    var count: Int { pending.count }

    /// Adds an error; the offsets become its locations, in this order.
    @inline(never)
    mutating func add(_ message: String, at offsets: [UInt32], code: GraphQLErrorCode = .validationFailed) {
        guard !isFull else { return }
        guard pending.count < maximum else {
            isFull = true
            let message = "Too many validation errors, error limit reached. Validation aborted."
            pending.append(Pending(message: message, offsets: [], code: .validationFailed))
            return
        }
        pending.append(Pending(message: message, offsets: offsets, code: code))
    }

    /// The errors with lines and columns.
    func resolved(in document: Document) -> [GraphQLError] {
        guard !pending.isEmpty else { return [] }
        let places = LocationIndex(pending.flatMap(\.offsets), in: document.source)
        return pending.map { error in
            GraphQLError(error.message, code: error.code, locations: error.offsets.map { places[$0] })
        }
    }
}

/// Lines and columns of many offsets, found in one run over the source.
private struct LocationIndex {
    private let offsets: [UInt32]
    private var locations: [SourceLocation] = []

    init(_ offsets: [UInt32], in source: [UInt8]) {
        self.offsets = Set(offsets).sorted()
        locations.reserveCapacity(self.offsets.count)
        var index = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 1
        var column = 1
        for offset in self.offsets {
            while index < min(Int(offset), source.count) {
                let byte = source[index]
                index += 1
                let isPair = byte == UInt8(ascii: "\r") && index < source.count && source[index] == UInt8(ascii: "\n")
                if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !isPair) {
                    line += 1
                    column = 1
                } else if byte & 0xC0 != 0x80 {
                    column += 1
                }
            }
            locations.append(SourceLocation(line: line, column: column))
        }
    }

    /// The location of one of the offsets.
    subscript(offset: UInt32) -> SourceLocation {
        var low = 0
        var high = offsets.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if offsets[middle] <= offset { low = middle } else { high = middle }
        }
        return locations[low]
    }
}
