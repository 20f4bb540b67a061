// Arguments: specification, section 2.7.

/// An argument of a field or a directive.
public struct Argument: Sendable, BitwiseCopyable {
    /// The name.
    public let name: Name
    /// The value.
    public let value: Value

    /// The offset of the name.
    public var start: UInt32 { name.start }
}
