// Directive definitions: specification, section 3.13.

/// A directive that a schema defines.
public final class DirectiveDefinition: Sendable {
    /// The name without the `@`.
    public let name: String
    /// The description.
    public let description: String?
    /// The arguments in order.
    public let arguments: [InputValueDefinition]
    /// Whether it may be applied more than once in one place.
    public let isRepeatable: Bool
    /// Where it may be applied.
    public let locations: DirectiveLocations
    /// Whether the specification defines it (`@skip`, `@include`, `@deprecated`, `@specifiedBy`, `@oneOf`).
    public let isSpecified: Bool
    /// Where it was defined; nil for built-in directives.
    public let location: SourceLocation?

    init(
        name: String, description: String?, arguments: [InputValueDefinition], isRepeatable: Bool,
        locations: DirectiveLocations, isSpecified: Bool, location: SourceLocation?
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
        self.isSpecified = isSpecified
        self.location = location
    }

    /// An argument by name.
    public func argument(named name: String) -> InputValueDefinition? {
        arguments.first { $0.name == name }
    }

    /// An argument by a name of a document, without making a string.
    public func argument(named name: Name, in document: Document) -> InputValueDefinition? {
        arguments.first { document.isEqual(name, $0.name) }
    }
}
