// Names stay where they were written: a name is a range of the document's bytes, so that parsing allocates nothing for
// it. `Document+Text.swift` reads, compares and hashes them.

/// A range of bytes of a document's source: a name, or the raw text of a literal.
///
/// It means something only together with the `Document` it came from.
public struct Name: Sendable, Hashable, BitwiseCopyable {
    /// The offset of its first byte in the source.
    public let start: UInt32
    /// Its length in bytes; 0 when there is no name.
    public let length: UInt32

    /// Makes a range of source bytes.
    public init(start: UInt32, length: UInt32) {
        self.start = start
        self.length = length
    }

    /// The name that is not there: an anonymous operation, a field without an alias.
    public static let none = Name(start: 0, length: 0)

    /// Whether there is no name.
    public var isEmpty: Bool { length == 0 }
    /// The indices of its bytes in `Document.source`.
    public var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
}
