// Arguments and input fields: specification, sections 3.6.1 and 3.10.

/// An argument of a field or directive, or a field of an input object.
public final class InputValueDefinition: Sendable {
    /// Its index among its siblings.
    public let index: Int
    /// The name.
    public let name: String
    /// The description.
    public let description: String?
    /// The type.
    public let type: TypeReference
    /// The default value as written; nil when there is none (which is not `null`).
    public let defaultValue: ConstantValue?
    /// Why it is deprecated; nil when it is not.
    public let deprecationReason: String?
    /// The directives applied to it.
    public let directives: [AppliedDirective]
    /// Where it was defined; nil for built-in elements.
    public let location: SourceLocation?

    init(
        index: Int, name: String, description: String?, type: TypeReference, defaultValue: ConstantValue?,
        deprecationReason: String? = nil, directives: [AppliedDirective] = [], location: SourceLocation? = nil
    ) {
        self.index = index
        self.name = name
        self.description = description
        self.type = type
        self.defaultValue = defaultValue
        self.deprecationReason = deprecationReason
        self.directives = directives
        self.location = location
    }

    /// Whether a value must be given: non-null and without a default.
    public var isRequired: Bool { type.isNonNull && defaultValue == nil }
    /// Whether it is deprecated.
    public var isDeprecated: Bool { deprecationReason != nil }
}
