// Applied directives: specification, section 2.13.

/// A directive applied to something.
public struct Directive: Sendable, BitwiseCopyable {
    /// The offset of the `@`.
    public let start: UInt32
    /// The name without the `@`.
    public let name: Name
    /// Its arguments.
    public let arguments: NodeRange<Argument>
}
