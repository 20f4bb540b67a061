/// Decodes the chunked transfer coding (RFC 9112 §7.1), a piece at a time.
///
/// Chunk extensions and trailers are read and thrown away; both are bounded.
struct HTTPChunkedDecoder: Hashable {
    /// What the next bytes mean.
    enum Step: Hashable {
        /// More bytes are needed.
        case needsMore
        /// So many of the bytes offered are framing: drop them.
        case skip(Int)
        /// So many bytes are body; what is before them was skipped.
        case data(Int)
        /// So many bytes end the body.
        case end(Int)
    }

    private enum State: Hashable {
        /// Before a chunk's size. Can transition to: data, trailers.
        case size
        /// Inside a chunk, so many bytes to go. Can transition to: dataEnd.
        case data(Int)
        /// Before the line end behind a chunk. Can transition to: size.
        case dataEnd
        /// In the trailer section. Final with its empty line.
        case trailers
    }

    /// A longer line (size with extensions, or a trailer) is refused.
    static let maximumLine = 1_024
    /// More trailer bytes than this are refused.
    static let maximumTrailers = 8_192

    private var state = State.size
    private var trailerBytes = 0

    /// Looks at what has arrived and says what its beginning is.
    mutating func next(_ bytes: ArraySlice<UInt8>) throws(HTTPRejection) -> Step {
        switch state {
        case .size:
            guard let line = try line(bytes) else { return .needsMore }
            let size = try Self.size(line)
            state = size == 0 ? .trailers : .data(size)
            return .skip(line.count + 2)
        case .data(let left):
            guard !bytes.isEmpty else { return .needsMore }
            let count = min(left, bytes.count)
            state = count == left ? .dataEnd : .data(left - count)
            return .data(count)
        case .dataEnd:
            guard let line = try line(bytes) else { return .needsMore }
            guard line.isEmpty else { throw .badRequest("A chunk is longer than its size says.") }
            state = .size
            return .skip(2)
        case .trailers:
            guard let line = try line(bytes) else { return .needsMore }
            trailerBytes += line.count + 2
            guard trailerBytes <= Self.maximumTrailers else { throw .headTooLarge }
            return line.isEmpty ? .end(2) : .skip(line.count + 2)
        }
    }

    /// The first line without its end, or nil while it is incomplete.
    private func line(_ bytes: ArraySlice<UInt8>) throws(HTTPRejection) -> ArraySlice<UInt8>? {
        guard let end = bytes.prefix(Self.maximumLine).firstIndex(of: 0x0A) else {
            guard bytes.count < Self.maximumLine else { throw .badRequest("A chunk's framing is too long.") }
            return nil
        }
        guard end > bytes.startIndex, bytes[end - 1] == 0x0D else {
            throw .badRequest("A chunk's framing does not end with CR LF.")
        }
        return bytes[bytes.startIndex..<(end - 1)]
    }

    private static func size(_ line: ArraySlice<UInt8>) throws(HTTPRejection) -> Int {
        let digits = HTTPCharacter.trimmed(line.prefix { $0 != UInt8(ascii: ";") })
        // Fifteen hex digits are more than any body, and cannot overflow.
        guard !digits.isEmpty, digits.count <= 15 else { throw .badRequest("A chunk's size is malformed.") }
        var size = 0
        for digit in digits {
            guard let value = HTTPCharacter.hexValue(digit) else { throw .badRequest("A chunk's size is malformed.") }
            size = size << 4 | Int(value)
        }
        return size
    }
}
