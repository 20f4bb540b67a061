import GraphQL
import Testing

@Suite("4.2.5 The __EnumValue Type")
struct EnumValueTypeTests {
    @Test func `its fields are those of the specification`() throws {
        #expect(
            try introspectionFields("__EnumValue")
                == "name: String!, description: String, isDeprecated: Boolean!, deprecationReason: String")
    }

    @Test func `a value has a name, a description and its deprecation`() async throws {
        #expect(
            try await introspectType(
                "type Query { a: E } enum E { \"a value\" A B @deprecated(reason: \"gone\") }", "E",
                "enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }")
                == #"{"enumValues":[{"name":"A","description":"a value","isDeprecated":false,"deprecationReason":null},"#
                + #"{"name":"B","description":null,"isDeprecated":true,"deprecationReason":"gone"}]}"#)
    }
}
