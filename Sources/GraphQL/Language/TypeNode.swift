// Type references as written: specification, section 2.12.

/// A reference to a type as written in a document.
public struct TypeNode: Sendable, BitwiseCopyable {
    /// The offset of its first byte: `[` or the name.
    public let start: UInt32
    /// The named type at its core.
    public let name: Name
    /// The lists and non-nulls around it.
    public let wrapping: TypeWrapping
}
