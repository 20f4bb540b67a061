import GraphQL
import JSON
import Testing

@Suite("4.2.6 The __Directive Type")
struct DirectiveTypeTests {
    @Test func `its fields are those of the specification`() throws {
        #expect(
            try introspectionFields("__Directive")
                == "name: String!, description: String, isRepeatable: Boolean!, locations: [__DirectiveLocation!]!, "
                + "args(includeDeprecated: Boolean! = false): [__InputValue!]!")
        let schema = try GraphQLSchema.build(from: "type Query { a: Int }")
        let places = try #require(schema.type(named: "__DirectiveLocation")).enumValues.map(\.name)
        #expect(places.count == 19 && places == DirectiveLocations(rawValue: (1 << 19) - 1).names)
    }

    @Test func `a directive has a name, a description, locations, arguments and repeatability`() async throws {
        let data = try await introspect(
            """
            type Query { a: Int } directive @plain on QUERY
            "a directive" directive @rich(a: Int = 1, b: Int) repeatable on FIELD | ENUM_VALUE | VARIABLE_DEFINITION
            """, "{ __schema { directives { name description isRepeatable locations args { name defaultValue } } } }")
        let directives = data["__schema"]?["directives"]?.array ?? []
        func text(_ name: String) -> String? { directives.first { $0["name"]?.string == name }.map { "\($0)" } }
        #expect(
            text("plain")
                == #"{"name":"plain","description":null,"isRepeatable":false,"locations":["QUERY"],"args":[]}"#)
        #expect(
            text("rich")
                == #"{"name":"rich","description":"a directive","isRepeatable":true,"#
                + #""locations":["FIELD","VARIABLE_DEFINITION","ENUM_VALUE"],"#
                + #""args":[{"name":"a","defaultValue":"1"},{"name":"b","defaultValue":null}]}"#)
        #expect(text("oneOf")?.contains(#""isRepeatable":false,"locations":["INPUT_OBJECT"],"args":[]"#) == true)
        #expect(text("deprecated")?.contains(#"{"name":"reason","defaultValue":"\"No longer supported\""}"#) == true)
    }
}
