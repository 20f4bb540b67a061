// Specification, sections 3.5, 3.13 and 4.2, and appendix D.

import GraphQL
import Testing

@Suite("Specified definitions")
struct SpecifiedDefinitionsTests {
    private let schema: GraphQLSchema

    init() throws { schema = try GraphQLSchema.build(from: "type Query { a: Int }") }

    @Test(
        "The introspection types have the fields of the specification",
        arguments: [
            (
                "__Schema",
                "description: String, types: [__Type!]!, queryType: __Type!, mutationType: __Type, "
                    + "subscriptionType: __Type, directives: [__Directive!]!"
            ),
            (
                "__Type",
                "kind: __TypeKind!, name: String, description: String, specifiedByURL: String, "
                    + "fields(includeDeprecated: Boolean! = false): [__Field!], interfaces: [__Type!], "
                    + "possibleTypes: [__Type!], enumValues(includeDeprecated: Boolean! = false): [__EnumValue!], "
                    + "inputFields(includeDeprecated: Boolean! = false): [__InputValue!], ofType: __Type, isOneOf: Boolean"
            ),
            (
                "__Field",
                "name: String!, description: String, args(includeDeprecated: Boolean! = false): [__InputValue!]!, "
                    + "type: __Type!, isDeprecated: Boolean!, deprecationReason: String"
            ),
            (
                "__InputValue",
                "name: String!, description: String, type: __Type!, defaultValue: String, isDeprecated: Boolean!, "
                    + "deprecationReason: String"
            ),
            ("__EnumValue", "name: String!, description: String, isDeprecated: Boolean!, deprecationReason: String"),
            (
                "__Directive",
                "name: String!, description: String, isRepeatable: Boolean!, locations: [__DirectiveLocation!]!, "
                    + "args(includeDeprecated: Boolean! = false): [__InputValue!]!"
            ),
        ])
    func definesIntrospection(_ name: String, _ fields: String) throws {
        let type = try #require(schema.type(named: name))
        let texts = type.fields.map { field in
            let arguments = field.arguments.map {
                "\($0.name): \(schema.text($0.type)) = \($0.defaultValue?.description ?? "")"
            }
            return field.name + (arguments.isEmpty ? "" : "(\(arguments.joined()))") + ": " + schema.text(field.type)
        }
        #expect(texts.joined(separator: ", ") == fields)
        #expect(type.isBuiltIn && type.location == nil && type.description != nil)
        #expect(type.fields.allSatisfy { $0.description != nil && $0.location == nil })
    }

    @Test("The introspection enums have the values of the specification")
    func definesIntrospectionEnums() throws {
        let kinds = try #require(schema.type(named: "__TypeKind")).enumValues.map(\.name)
        #expect(kinds == ["SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST", "NON_NULL"])
        let places = try #require(schema.type(named: "__DirectiveLocation")).enumValues.map(\.name)
        #expect(places.count == 19)
        #expect(places == DirectiveLocations(rawValue: (1 << 19) - 1).names)
    }

    @Test(
        "The built-in directives are those of the specification",
        arguments: [
            ("skip", "if: Boolean!", ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]),
            ("include", "if: Boolean!", ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]),
            (
                "deprecated", "reason: String! = \"No longer supported\"",
                ["FIELD_DEFINITION", "ARGUMENT_DEFINITION", "ENUM_VALUE", "INPUT_FIELD_DEFINITION"]
            ),
            ("specifiedBy", "url: String!", ["SCALAR"]),
            ("oneOf", "", ["INPUT_OBJECT"]),
        ])
    func definesDirectives(_ name: String, _ arguments: String, _ locations: [String]) throws {
        let directive = try #require(schema.directive(named: name))
        let texts = directive.arguments.map { argument in
            "\(argument.name): \(schema.text(argument.type))"
                + (argument.defaultValue.map { " = \($0)" } ?? "")
        }
        #expect(texts.joined() == arguments)
        #expect(directive.locations.names == locations)
        #expect(!directive.isRepeatable && directive.isSpecified && directive.description != nil)
    }

    @Test("Directive locations are found by name")
    func namesLocations() {
        #expect(DirectiveLocations(name: "FIELD_DEFINITION") == .fieldDefinition)
        #expect(DirectiveLocations(name: "QUERY") == .query)
        #expect(DirectiveLocations(name: "INPUT_FIELD_DEFINITION") == .inputFieldDefinition)
        #expect(DirectiveLocations(name: "field") == nil)
    }
}
