/// Takes the body of a `multipart/form-data` request apart as it comes (RFC 7578, RFC 2046 §5.1.1); pure.
///
/// What is before the first boundary and after the last is passed over. No part is ever held as a whole.
struct MultipartParser {
    /// What the bytes so far mean.
    enum Event: Hashable {
        /// A part begins.
        case part(MultipartHeader)
        /// Some bytes of the part.
        case data([UInt8])
        /// The part is complete.
        case partEnd
        /// The body is complete.
        case end
    }

    private enum State {
        /// Before the first boundary. Can transition to: boundary.
        case preamble
        /// Behind a boundary: a line end follows, or the two hyphens of the last. Can transition to: header, epilogue.
        case boundary
        /// The fields of a part. Can transition to: body.
        case header
        /// The bytes of a part. Can transition to: boundary.
        case body
        /// Behind the last boundary; nothing there means anything. Final.
        case epilogue
    }

    /// The fields of a part may be so long.
    static let maximumHeaderBytes = 16_384
    /// A boundary may be so long (RFC 2046 §5.1.1).
    static let maximumBoundaryBytes = 70

    private var state = State.preamble
    private let delimiter: [UInt8]
    // A line end before the first boundary, so that all boundaries look alike.
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var position = 0
    private var pending: Event?

    /// nil if that can't be a boundary.
    init?(boundary: String) {
        guard (1...Self.maximumBoundaryBytes).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), boundary.utf8.last != 0x20
        else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Whether the last boundary was seen.
    var isComplete: Bool { state == .epilogue }

    mutating func received(_ bytes: [UInt8]) {
        if state == .epilogue { return }
        buffer.removeFirst(position)
        position = 0
        buffer.append(contentsOf: bytes)
    }

    /// The next event; nil when more bytes are needed.
    mutating func next() throws(MultipartError) -> Event? {
        if let event = pending {
            pending = nil
            return event
        }
        while true {
            switch state {
            case .preamble:
                guard let found = findDelimiter() else {
                    position = max(position, buffer.count - delimiter.count + 1)
                    return nil
                }
                position = found + delimiter.count
                state = .boundary
            case .boundary:
                guard let event = try passBoundary() else { return nil }
                if event { return .end }
            case .header:
                guard let header = try readHeader() else { return nil }
                state = .body
                return .part(header)
            case .body:
                return takeBody()
            case .epilogue:
                return nil
            }
        }
    }

    /// Whether the last boundary was passed; nil when more bytes are needed.
    private mutating func passBoundary() throws(MultipartError) -> Bool? {
        // Spaces may stand behind a boundary.
        while position < buffer.count, buffer[position] == 0x20 || buffer[position] == 0x09 { position += 1 }
        guard position + 2 <= buffer.count else { return nil }
        let next = buffer[position..<(position + 2)]
        position += 2
        if next.elementsEqual("--".utf8) {
            state = .epilogue
            buffer = []
            position = 0
            return true
        }
        guard next.elementsEqual([0x0D, 0x0A]) else { throw MultipartError("A boundary is malformed.") }
        state = .header
        return false
    }

    private mutating func readHeader() throws(MultipartError) -> MultipartHeader? {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        // A part without fields begins with its empty line.
        if buffer[position...].starts(with: end.prefix(2)) { throw MultipartError("A part has no name.") }
        guard let found = find(end) else {
            guard buffer.count - position <= Self.maximumHeaderBytes else {
                throw MultipartError("The header of a part is too long.")
            }
            return nil
        }
        guard found - position <= Self.maximumHeaderBytes else {
            throw MultipartError("The header of a part is too long.")
        }
        defer { position = found + end.count }
        return try MultipartHeader(buffer[position..<found])
    }

    private mutating func takeBody() -> Event? {
        let found = findDelimiter()
        // The end of what is here may be the beginning of a boundary.
        let end = found ?? max(position, buffer.count - delimiter.count + 1)
        let data = Array(buffer[position..<end])
        position = end
        guard let found else { return data.isEmpty ? nil : .data(data) }
        position = found + delimiter.count
        state = .boundary
        guard !data.isEmpty else { return .partEnd }
        pending = .partEnd
        return .data(data)
    }

    private func findDelimiter() -> Int? { find(delimiter) }

    private func find(_ pattern: [UInt8]) -> Int? {
        buffer.withUnsafeBufferPointer { bytes in
            let last = bytes.count - pattern.count
            var index = position
            while index <= last {
                if bytes[index] == pattern[0], bytes[index..<(index + pattern.count)].elementsEqual(pattern) {
                    return index
                }
                index += 1
            }
            return nil
        }
    }
}

/// The name of a part, and what it says about its content.
struct MultipartHeader: Hashable {
    let name: String
    /// The name of the file, without folders; nil if the part is no file.
    let fileName: String?
    let contentType: String?

    init(name: String, fileName: String? = nil, contentType: String? = nil) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
    }

    /// Reads the fields of a part.
    init(_ bytes: ArraySlice<UInt8>) throws(MultipartError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MultipartError("The header of a part is not UTF-8.")
        }
        var disposition: String?
        var type: String?
        for line in text.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw MultipartError("A field of a part is malformed.") }
            let value = String(parts[1].drop { $0 == " " || $0 == "\t" })
            switch parts[0].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": type = MediaType.essence(of: value)
            default: break
            }
        }
        guard let disposition, MediaType.essence(of: disposition) == "form-data",
            let name = MediaType.parameter("name", of: disposition)
        else { throw MultipartError("A part has no name.") }
        self.init(name: name, fileName: Self.fileName(of: disposition), contentType: type)
    }

    private static func fileName(of disposition: String) -> String? {
        if let extended = MediaType.parameter("filename*", of: disposition) {
            // RFC 8187: a charset, a language, the text.
            let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, parts[0].lowercased() == "utf-8",
                let name = PercentDecoding.decode(parts[2].utf8, plusIsSpace: false)
            {
                return withoutFolders(name)
            }
        }
        return MediaType.parameter("filename", of: disposition).map(withoutFolders)
    }

    /// Some clients send the path on their own disk.
    private static func withoutFolders(_ name: String) -> String {
        String(name.split { $0 == "/" || $0 == "\\" }.last ?? "")
    }
}

/// A body that is not multipart, or over a limit.
struct MultipartError: Error, Hashable {
    let message: String

    init(_ message: String) { self.message = message }
}
