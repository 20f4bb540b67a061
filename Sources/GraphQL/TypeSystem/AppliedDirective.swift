// Directives applied in the schema's own text, such as `@deprecated` or `@cost`, kept so that anybody can read them.

/// A directive applied to an element of the type system.
public struct AppliedDirective: Sendable, Hashable {
    /// The name without the `@`.
    public let name: String
    /// The arguments as written; defaults are not filled in.
    public let arguments: [ConstantField]
    /// Where it was written; nil for built-in elements.
    public let location: SourceLocation?

    init(name: String, arguments: [ConstantField], location: SourceLocation?) {
        self.name = name
        self.arguments = arguments
        self.location = location
    }

    /// The argument's value as written, nil when it is absent.
    public subscript(argument: String) -> ConstantValue? {
        arguments.first { $0.name == argument }?.value
    }
}

extension [AppliedDirective] {
    /// The first application of a directive.
    public func first(named name: String) -> AppliedDirective? { first { $0.name == name } }
}
