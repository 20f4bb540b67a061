// What stands for the objects of the introspection types (specification section 4.2). The resolvers know the schema, so
// that its thousands of parts need not refer to it.

import JSON

struct IntrospectedSchema: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Schema" } }
    let schema: GraphQLSchema
}

struct IntrospectedType: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Type" } }
    let reference: TypeReference

    init(_ reference: TypeReference) { self.reference = reference }

    init(_ type: TypeID) { reference = TypeReference(type) }

    /// The named type, if no list or non-null is around it.
    func named(in schema: GraphQLSchema) -> NamedType? {
        reference.isNonNull || reference.isList ? nil : schema[reference.type]
    }

    /// What is inside the outermost list or non-null.
    var inner: IntrospectedType? {
        if reference.isNonNull { return IntrospectedType(reference.nullable) }
        return reference.isList ? IntrospectedType(reference.item) : nil
    }

    /// The value of `__TypeKind`.
    func kind(in schema: GraphQLSchema) -> IntrospectedName {
        if reference.isNonNull { return IntrospectedName(name: "NON_NULL") }
        if reference.isList { return IntrospectedName(name: "LIST") }
        let name =
            switch schema[reference.type].kind {
            case .scalar: "SCALAR"
            case .object: "OBJECT"
            case .interface: "INTERFACE"
            case .union: "UNION"
            case .enum: "ENUM"
            case .inputObject: "INPUT_OBJECT"
            }
        return IntrospectedName(name: name)
    }
}

struct IntrospectedField: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Field" } }
    let field: FieldDefinition
}

struct IntrospectedInputValue: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__InputValue" } }
    let value: InputValueDefinition
}

struct IntrospectedEnumValue: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__EnumValue" } }
    let value: EnumValueDefinition
}

struct IntrospectedDirective: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Directive" } }
    let directive: DirectiveDefinition
}

/// A value of one of the introspection enums.
struct IntrospectedName: LeafValue {
    let name: String

    func write(to out: inout ResponseWriter) { out.json.writeString(name) }
}

/// The argument `includeDeprecated` of six fields.
struct IncludeDeprecated: ArgumentDecodable {
    let value: Bool

    init(_ values: ArgumentValues) throws {
        value = try values.optional(0) ?? false
    }
}

/// The argument of `__type`.
struct TypeNameArgument: ArgumentDecodable {
    let name: String

    init(_ values: ArgumentValues) throws {
        name = try values.required(0)
    }
}
