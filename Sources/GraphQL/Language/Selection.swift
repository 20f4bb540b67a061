// Selections: specification, sections 2.5 to 2.9. One struct serves the three kinds, so that a selection set is one
// range of one array.

/// A field, a fragment spread or an inline fragment.
public struct Selection: Sendable, BitwiseCopyable {
    /// Which of the three it is.
    public enum Kind: UInt8, Sendable, Hashable, BitwiseCopyable {
        /// `alias: name(arguments) @directives { … }`
        case field
        /// `...name @directives`
        case fragmentSpread
        /// `... on name @directives { … }`
        case inlineFragment
    }

    /// Which of the three it is.
    public let kind: Kind
    /// The offset of its first token: the alias or name of a field, the `...` of the others.
    public let start: UInt32
    /// The alias of a field, empty when there is none.
    public let alias: Name
    /// The field's name, the spread fragment's name, or the type condition (empty when there is none).
    public let name: Name
    /// The arguments of a field.
    public let arguments: NodeRange<Argument>
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
    /// The selection set of a field or inline fragment; empty when a field has none.
    public let selections: NodeRange<Selection>

    /// The key of a field in the response: its alias, or its name.
    public var responseKey: Name { alias.isEmpty ? name : alias }
    /// The type condition of an inline fragment, nil when it has none.
    public var typeCondition: Name? { kind == .inlineFragment && !name.isEmpty ? name : nil }
}
