import GraphQL
import JSON
import Testing

@Suite("4.2.1 The __Schema Type")
struct SchemaTypeTests {
    @Test func `its fields are those of the specification`() throws {
        #expect(
            try introspectionFields("__Schema")
                == "description: String, types: [__Type!]!, queryType: __Type!, mutationType: __Type, "
                + "subscriptionType: __Type, directives: [__Directive!]!")
    }

    @Test func `it has the description and the roots, null where there is none`() async throws {
        let query = "{ __schema { description queryType { name } mutationType { name } subscriptionType { name } } }"
        #expect(
            try await introspect("type Query { a: Int }", query)["__schema"].map { "\($0)" }
                == #"{"description":null,"queryType":{"name":"Query"},"mutationType":null,"subscriptionType":null}"#)
        let sdl =
            "\"about\" schema { query: Q mutation: M subscription: S } type Q { a: Int } type M { a: Int } type S { a: Int }"
        #expect(
            try await introspect(sdl, query)["__schema"].map { "\($0)" }
                == #"{"description":"about","queryType":{"name":"Q"},"mutationType":{"name":"M"},"#
                + #""subscriptionType":{"name":"S"}}"#)
    }

    @Test func `it has all types that can be found through any field, and no others`() async throws {
        let data = try await introspect(
            "type Query { a(b: In): E } enum E { A } input In { f: Float } scalar S type Unused { a: Int }",
            "{ __schema { types { name } } }")
        let names = data["__schema"]?["types"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(
            names.sorted() == [
                "Boolean", "E", "Float", "In", "Int", "Query", "S", "String", "Unused", "__Directive",
                "__DirectiveLocation", "__EnumValue", "__Field", "__InputValue", "__Schema", "__Type", "__TypeKind",
            ])
        #expect(Set(names).count == names.count)
    }

    @Test func `it has all directives, the built-in ones included`() async throws {
        let data = try await introspect(
            "type Query { a: Int } directive @d on FIELD", "{ __schema { directives { name } } }")
        let names = data["__schema"]?["directives"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(names == ["skip", "include", "deprecated", "specifiedBy", "oneOf", "d"])
    }
}
