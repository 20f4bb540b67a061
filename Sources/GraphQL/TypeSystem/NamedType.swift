// A type of the schema: specification, sections 3.4 to 3.10. One class serves all six kinds: consumers switch over `kind`
// and read the array that belongs to it, and a type is passed around for one reference count.

/// A named type of a schema.
public final class NamedType: Sendable {
    /// Its number in the schema.
    public let id: TypeID
    /// Which of the six kinds.
    public let kind: TypeKind
    /// The name.
    public let name: String
    /// The description.
    public let description: String?
    /// The fields of an object or interface, in order; `FieldDefinition.index` is the index here.
    public let fields: [FieldDefinition]
    /// The interfaces that an object or interface declares, in order.
    public let interfaces: [TypeID]
    /// The members of a union, in order.
    public let members: [TypeID]
    /// The values of an enum, in order.
    public let enumValues: [EnumValueDefinition]
    /// The fields of an input object, in order.
    public let inputFields: [InputValueDefinition]
    /// The URL given with `@specifiedBy` to a custom scalar.
    public let specifiedByURL: String?
    /// Whether an input object takes exactly one field (`@oneOf`).
    public let isOneOf: Bool
    /// The directives applied to the definition and its extensions.
    public let directives: [AppliedDirective]
    /// Whether it is a specified scalar or an introspection type, which no document defines.
    public let isBuiltIn: Bool
    /// Whether its name is reserved for introspection.
    public let isIntrospection: Bool
    /// Where it was defined; nil for built-in types.
    public let location: SourceLocation?

    let fieldTable: NameTable
    let inputFieldTable: NameTable
    let enumValueTable: NameTable

    init(_ parts: NamedTypeParts) {
        id = parts.id
        kind = parts.kind
        name = parts.name
        description = parts.description
        fields = parts.fields
        interfaces = parts.interfaces
        members = parts.members
        enumValues = parts.enumValues
        inputFields = parts.inputFields
        specifiedByURL = parts.specifiedByURL
        isOneOf = parts.isOneOf
        directives = parts.directives
        isBuiltIn = parts.isBuiltIn
        isIntrospection = parts.name.utf8.starts(with: "__".utf8)
        location = parts.location
        fieldTable = NameTable(parts.fields.lazy.map(\.name))
        inputFieldTable = NameTable(parts.inputFields.lazy.map(\.name))
        enumValueTable = NameTable(parts.enumValues.lazy.map(\.name))
    }

    /// Whether it is an object, interface or union.
    public var isComposite: Bool { kind == .object || kind == .interface || kind == .union }
    /// Whether it is an interface or union.
    public var isAbstract: Bool { kind == .interface || kind == .union }
    /// Whether it is a scalar or enum.
    public var isLeaf: Bool { kind == .scalar || kind == .enum }
    /// Whether it can be the type of an argument or variable.
    public var isInput: Bool { isLeaf || kind == .inputObject }
    /// Whether it can be the type of a field.
    public var isOutput: Bool { kind != .inputObject }

    /// A field of an object or interface by name; not the meta fields.
    public func field(named name: String) -> FieldDefinition? {
        fieldTable.index(of: name).map { fields[$0] }
    }

    /// A field of an input object by name.
    public func inputField(named name: String) -> InputValueDefinition? {
        inputFieldTable.index(of: name).map { inputFields[$0] }
    }

    /// A value of an enum by name.
    public func enumValue(named name: String) -> EnumValueDefinition? {
        enumValueTable.index(of: name).map { enumValues[$0] }
    }

    /// A field of an object or interface by a name of a document, without making a string; not the meta fields.
    public func field(named name: Name, in document: Document) -> FieldDefinition? {
        fieldTable.index(of: name, in: document).map { fields[$0] }
    }

    /// A field of an input object by a name of a document, without making a string.
    public func inputField(named name: Name, in document: Document) -> InputValueDefinition? {
        inputFieldTable.index(of: name, in: document).map { inputFields[$0] }
    }

    /// A value of an enum by a name of a document, without making a string.
    public func enumValue(named name: Name, in document: Document) -> EnumValueDefinition? {
        enumValueTable.index(of: name, in: document).map { enumValues[$0] }
    }
}

/// What a `NamedType` is made of.
struct NamedTypeParts {
    var id: TypeID
    var kind: TypeKind
    var name: String
    var description: String?
    var fields: [FieldDefinition] = []
    var interfaces: [TypeID] = []
    var members: [TypeID] = []
    var enumValues: [EnumValueDefinition] = []
    var inputFields: [InputValueDefinition] = []
    var specifiedByURL: String?
    var isOneOf = false
    var directives: [AppliedDirective] = []
    var isBuiltIn = false
    var location: SourceLocation?
}
