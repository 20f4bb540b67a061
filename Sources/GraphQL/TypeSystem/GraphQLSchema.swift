// The schema: specification, section 3. Made once by `SchemaBuilder`, immutable afterwards, shared by all loops.

/// A valid schema: its types, directives and root operations.
public final class GraphQLSchema: Sendable {
    /// The description of the schema.
    public let description: String?
    /// All types, indexed by `TypeID`: the defined ones in the order of the text, the specified scalars and the
    /// introspection types.
    public let types: [NamedType]
    /// All directives: the specified ones and the defined ones.
    public let directives: [DirectiveDefinition]
    /// The object type where queries start.
    public let queryType: TypeID
    /// The object type where mutations start.
    public let mutationType: TypeID?
    /// The object type where subscriptions start.
    public let subscriptionType: TypeID?
    /// The directives applied to the schema definition and its extensions.
    public let appliedDirectives: [AppliedDirective]
    /// `__typename`, a field of every object, interface and union.
    public let typenameField: FieldDefinition
    /// `__schema`, a field of the query root.
    public let schemaField: FieldDefinition
    /// `__type`, a field of the query root.
    public let typeField: FieldDefinition

    private let typeTable: NameTable
    private let directiveTable: NameTable
    private let possible: PossibleTypes

    init(_ parts: SchemaParts) {
        description = parts.description
        types = parts.types
        directives = parts.directives
        queryType = parts.queryType
        mutationType = parts.mutationType
        subscriptionType = parts.subscriptionType
        appliedDirectives = parts.appliedDirectives
        typenameField = parts.typenameField
        schemaField = parts.schemaField
        typeField = parts.typeField
        typeTable = NameTable(parts.types.lazy.map(\.name))
        directiveTable = NameTable(parts.directives.lazy.map(\.name))
        possible = PossibleTypes(parts.types)
    }

    /// The type with that number.
    public subscript(id: TypeID) -> NamedType { types[id.index] }

    /// The type with that name.
    public func type(named name: String) -> NamedType? {
        typeTable.index(of: name).map { types[$0] }
    }

    /// The type with a name of a document, found without making a string.
    public func type(named name: Name, in document: Document) -> NamedType? {
        typeTable.index(of: name, in: document).map { types[$0] }
    }

    /// The directive with that name (without the `@`).
    public func directive(named name: String) -> DirectiveDefinition? {
        directiveTable.index(of: name).map { directives[$0] }
    }

    /// The directive with a name of a document, found without making a string.
    public func directive(named name: Name, in document: Document) -> DirectiveDefinition? {
        directiveTable.index(of: name, in: document).map { directives[$0] }
    }

    /// The root type of a kind of operation; nil when the schema has none.
    public func rootType(of kind: OperationKind) -> TypeID? {
        switch kind {
        case .query: queryType
        case .mutation: mutationType
        case .subscription: subscriptionType
        }
    }

    /// A field of a type by a name of a document, meta fields included, found without making a string.
    public func field(of type: TypeID, named name: Name, in document: Document) -> FieldDefinition? {
        let parent = types[type.index]
        if let field = parent.field(named: name, in: document) { return field }
        guard parent.isComposite, document.withBytes(name, { $0.starts(with: "__".utf8) }) else { return nil }
        if document.isEqual(name, "__typename") { return typenameField }
        guard type == queryType else { return nil }
        if document.isEqual(name, "__schema") { return schemaField }
        return document.isEqual(name, "__type") ? typeField : nil
    }

    /// A field of a type by name, meta fields included.
    public func field(of type: TypeID, named name: String) -> FieldDefinition? {
        let parent = types[type.index]
        if let field = parent.field(named: name) { return field }
        guard parent.isComposite else { return nil }
        switch name {
        case "__typename": return typenameField
        case "__schema" where type == queryType: return schemaField
        case "__type" where type == queryType: return typeField
        default: return nil
        }
    }

    /// The object types that a value of the type can have, in order: the type itself for an object, the members of a
    /// union, the implementing objects of an interface.
    public func possibleTypes(of type: TypeID) -> [TypeID] { possible.types[type.index] }

    /// Whether a value of the (object, interface or union) type can be of that object type.
    public func isPossible(_ object: TypeID, of type: TypeID) -> Bool { possible.contains(object, in: type) }

    /// Whether some object type is possible for both types: whether a fragment on one can apply to the other.
    public func overlap(_ left: TypeID, _ right: TypeID) -> Bool { possible.overlap(left, right) }

    /// The object and interface types that declare the interface, in order.
    public func implementations(of interface: TypeID) -> [TypeID] { possible.implementations[interface.index] }

    /// Whether a value of the first type can always stand where the second is expected (specification, section 3.6,
    /// IsSubType).
    public func isSubtype(_ type: TypeID, of other: TypeID) -> Bool {
        if type == other { return true }
        let parent = types[other.index]
        return switch parent.kind {
        case .interface: types[type.index].interfaces.contains(other)
        case .union: parent.members.contains(type)
        default: false
        }
    }

    /// The same for types with lists and non-nulls around them: covariant (specification, IsValidImplementationFieldType).
    public func isSubtype(_ type: TypeReference, of other: TypeReference) -> Bool {
        if type == other { return true }
        if other.isNonNull { return type.isNonNull && isSubtype(type.nullable, of: other.nullable) }
        if type.isNonNull { return isSubtype(type.nullable, of: other) }
        if other.isList { return type.isList && isSubtype(type.item, of: other.item) }
        return !type.isList && isSubtype(type.type, of: other.type)
    }

    /// A type reference as written in GraphQL, such as `[Int!]!`.
    public func text(_ type: TypeReference) -> String {
        type.wrapping.text(around: types[type.type.index].name)
    }
}

/// What a `GraphQLSchema` is made of.
struct SchemaParts {
    var description: String?
    var types: [NamedType]
    var directives: [DirectiveDefinition]
    var queryType: TypeID
    var mutationType: TypeID?
    var subscriptionType: TypeID?
    var appliedDirectives: [AppliedDirective]
    var typenameField: FieldDefinition
    var schemaField: FieldDefinition
    var typeField: FieldDefinition
}
