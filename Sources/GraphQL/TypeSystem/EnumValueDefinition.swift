// Enum values: specification, section 3.9.

/// A value of an enum type.
public final class EnumValueDefinition: Sendable {
    /// Its index in `NamedType.enumValues`.
    public let index: Int
    /// The name.
    public let name: String
    /// The description.
    public let description: String?
    /// Why it is deprecated; nil when it is not.
    public let deprecationReason: String?
    /// The directives applied to it.
    public let directives: [AppliedDirective]
    /// Where it was defined; nil for built-in values.
    public let location: SourceLocation?

    init(
        index: Int, name: String, description: String?, deprecationReason: String? = nil,
        directives: [AppliedDirective] = [], location: SourceLocation? = nil
    ) {
        self.index = index
        self.name = name
        self.description = description
        self.deprecationReason = deprecationReason
        self.directives = directives
        self.location = location
    }

    /// Whether it is deprecated.
    public var isDeprecated: Bool { deprecationReason != nil }
}
