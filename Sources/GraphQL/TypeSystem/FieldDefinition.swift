// Fields of objects and interfaces: specification, section 3.6.

/// A field of an object or interface type.
///
/// A class because plans hold it and compare it by identity; it is immutable.
public final class FieldDefinition: Sendable {
    /// The fields that exist without being defined (specification, section 4.1).
    public enum MetaField: UInt8, Sendable, Hashable, BitwiseCopyable {
        /// `__typename: String!` of every object, interface and union.
        case typename
        /// `__schema: __Schema!` of the query root.
        case schema
        /// `__type(name: String!): __Type` of the query root.
        case type
    }

    /// The type it belongs to; for `__typename`, which belongs to all, the query root.
    public let parent: TypeID
    /// Its index in `NamedType.fields`; for meta fields -1.
    public let index: Int
    /// Which meta field it is; nil for ordinary fields.
    public let metaField: MetaField?
    /// The name.
    public let name: String
    /// The description.
    public let description: String?
    /// The arguments in order.
    public let arguments: [InputValueDefinition]
    /// The type of its value.
    public let type: TypeReference
    /// Why it is deprecated; nil when it is not.
    public let deprecationReason: String?
    /// The directives applied to it.
    public let directives: [AppliedDirective]
    /// Where it was defined; nil for built-in fields.
    public let location: SourceLocation?

    init(
        parent: TypeID, index: Int, metaField: MetaField? = nil, name: String, description: String?,
        arguments: [InputValueDefinition], type: TypeReference, deprecationReason: String? = nil,
        directives: [AppliedDirective] = [], location: SourceLocation? = nil
    ) {
        self.parent = parent
        self.index = index
        self.metaField = metaField
        self.name = name
        self.description = description
        self.arguments = arguments
        self.type = type
        self.deprecationReason = deprecationReason
        self.directives = directives
        self.location = location
    }

    /// Whether it is deprecated.
    public var isDeprecated: Bool { deprecationReason != nil }

    /// An argument by name.
    public func argument(named name: String) -> InputValueDefinition? {
        arguments.first { $0.name == name }
    }

    /// An argument by a name of a document, without making a string.
    public func argument(named name: Name, in document: Document) -> InputValueDefinition? {
        arguments.first { document.isEqual(name, $0.name) }
    }
}
