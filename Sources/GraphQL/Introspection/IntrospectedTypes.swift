// What stands for the objects of the introspection types (specification section 4.2).

import JSON

struct IntrospectedSchema: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Schema" } }
    let schema: GraphQLSchema
}

struct IntrospectedType: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Type" } }
    let schema: GraphQLSchema
    let reference: TypeReference

    /// The named type, if no list or non-null is around it.
    var named: NamedType? {
        reference.isNonNull || reference.isList ? nil : schema[reference.type]
    }
}

struct IntrospectedField: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Field" } }
    let schema: GraphQLSchema
    let field: FieldDefinition
}

struct IntrospectedInputValue: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__InputValue" } }
    let schema: GraphQLSchema
    let value: InputValueDefinition
}

struct IntrospectedEnumValue: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__EnumValue" } }
    let value: EnumValueDefinition
}

struct IntrospectedDirective: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "__Directive" } }
    let schema: GraphQLSchema
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
