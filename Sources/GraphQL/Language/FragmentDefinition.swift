// Fragment definitions: specification, section 2.9.

/// A named fragment (specification, section 2.9).
public struct FragmentDefinition: Sendable, BitwiseCopyable {
    /// The offset of the keyword `fragment`.
    public let start: UInt32
    /// The description before the fragment (a string value).
    public let description: Value?
    /// The name.
    public let name: Name
    /// The type condition: the name after `on`.
    public let typeCondition: Name
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
    /// Its selection set.
    public let selections: NodeRange<Selection>
}
