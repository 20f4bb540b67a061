// Where something stands in a source text. Nodes only keep a byte offset; line and column are counted when an error is
// made, which is rare, so that the parser never has to.

/// A place in a source text as people count it.
///
/// Lines and columns start at 1. A column counts Unicode scalar values; `\r\n` is one line end; a byte order mark at the
/// beginning is not counted (specification, section 7.1.6 and section 2.1.1).
public struct SourceLocation: Sendable, Hashable {
    /// The line, from 1.
    public let line: Int
    /// The column in Unicode scalar values, from 1.
    public let column: Int

    /// Makes a location from a line and a column, both from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Counts line and column of a byte offset; an offset behind the end means the end.
    public init(offset: Int, in source: [UInt8]) {
        self = source.withUnsafeBufferPointer { SourceLocation(offset: offset, in: $0) }
    }

    /// The same for bytes that are not in an array.
    init(offset: Int, in source: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        let end = min(offset, source.count)
        var index = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < end {
            let byte = source[index]
            let isPair =
                byte == UInt8(ascii: "\r") && index + 1 < source.count && source[index + 1] == UInt8(ascii: "\n")
            if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !isPair) {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
            index += 1
        }
        self.line = line
        self.column = column
    }
}

extension SourceLocation: CustomStringConvertible {
    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}
