// Operations and their variables: specification, sections 2.4 and 2.11.

/// What an operation does.
public enum OperationKind: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    /// A read.
    case query
    /// A write followed by a read; root fields run one after the other.
    case mutation
    /// A stream of events, each followed by a read.
    case subscription

    /// The keyword: `query`, `mutation` or `subscription`.
    public var keyword: String {
        switch self {
        case .query: "query"
        case .mutation: "mutation"
        case .subscription: "subscription"
        }
    }
}

/// An operation of an executable document (specification, section 2.4).
public struct OperationDefinition: Sendable, BitwiseCopyable {
    /// The offset of the keyword, or of `{` when the shorthand form was used.
    public let start: UInt32
    /// Query, mutation or subscription.
    public let kind: OperationKind
    /// The description before the operation (a string value).
    public let description: Value?
    /// The name, empty for an anonymous operation.
    public let name: Name
    /// The variables it declares.
    public let variableDefinitions: NodeRange<VariableDefinition>
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
    /// Its root selection set.
    public let selections: NodeRange<Selection>
}

/// The declaration of a variable (specification, section 2.11).
public struct VariableDefinition: Sendable, BitwiseCopyable {
    /// The offset of the `$`.
    public let start: UInt32
    /// The description before the variable (a string value).
    public let description: Value?
    /// The name without the `$`.
    public let name: Name
    /// The declared type.
    public let type: TypeNode
    /// The constant default value.
    public let defaultValue: Value?
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
}
