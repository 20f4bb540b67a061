// Many locations of one text, such as those of all elements of a schema: the lines are found once.

/// The lines of a source, to find locations in logarithmic time.
struct LineTable: Sendable {
    private let source: [UInt8]
    /// The offset at which each line begins.
    private let starts: [Int]

    init(_ source: [UInt8]) {
        self.source = source
        var starts = [0]
        for (index, byte) in source.enumerated() where byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            let isPair =
                byte == UInt8(ascii: "\r") && index + 1 < source.count && source[index + 1] == UInt8(ascii: "\n")
            if !isPair { starts.append(index + 1) }
        }
        self.starts = starts
    }

    /// Line and column of a byte offset.
    func location(of offset: UInt32) -> SourceLocation {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= Int(offset) { low = middle } else { high = middle }
        }
        let isFirst = low == 0 && source.starts(with: [0xEF, 0xBB, 0xBF])
        let start = min(isFirst ? 3 : starts[low], Int(offset))
        let column = source[start..<min(Int(offset), source.count)].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        return SourceLocation(line: low + 1, column: column)
    }
}
