import GraphQL
import Testing

@Suite("4.2.3 The __Field Type")
struct FieldTypeTests {
    @Test func `its fields are those of the specification`() throws {
        #expect(
            try introspectionFields("__Field")
                == "name: String!, description: String, args(includeDeprecated: Boolean! = false): [__InputValue!]!, "
                + "type: __Type!, isDeprecated: Boolean!, deprecationReason: String")
    }

    @Test func `a field has a name, a description, arguments, a type and its deprecation`() async throws {
        let sdl = """
            type Query { "a field" a(x: Int): String! old: Int @deprecated(reason: "gone") older: Int @deprecated }
            """
        let selection = """
            fields(includeDeprecated: true) { name description args { name } type { kind } isDeprecated deprecationReason }
            """
        #expect(
            try await introspectType(sdl, "Query", selection)
                == #"{"fields":[{"name":"a","description":"a field","args":[{"name":"x"}],"type":{"kind":"NON_NULL"},"#
                + #""isDeprecated":false,"deprecationReason":null},"#
                + #"{"name":"old","description":null,"args":[],"type":{"kind":"SCALAR"},"isDeprecated":true,"#
                + #""deprecationReason":"gone"},"#
                + #"{"name":"older","description":null,"args":[],"type":{"kind":"SCALAR"},"isDeprecated":true,"#
                + #""deprecationReason":"No longer supported"}]}"#)
    }
}
