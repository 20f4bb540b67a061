import GraphQL
import JSON
import Testing

@Suite("4.2 Schema Introspection")
struct SchemaIntrospectionTests {
    @Test func `a query's root has __schema and __type, which are listed nowhere`() async throws {
        let schema = try Library.schema()
        #expect(schema.text(schema.schemaField.type) == "__Schema!" && schema.text(schema.typeField.type) == "__Type")
        #expect(schema.typeField.arguments.map { "\($0.name): \(schema.text($0.type))" } == ["name: String!"])
        let names = try await introspectType("type Query { a: Int }", "Query", "fields { name }")
        #expect(!names.contains("__"))
        #expect(
            try await Library.run("{ again: __schema { queryType { name } } }").data?["again"]?["queryType"]?["name"]
                == "Query")
    }

    @Test(arguments: [
        "mutation { __schema { queryType { name } } }", "{ shelves { __schema { queryType { name } } } }",
        "mutation { __type(name: \"Query\") { name } }", "{ __type { name } }", "{ __type(name: null) { name } }",
    ])
    func `no other type has them, and a name is needed`(query: String) async throws {
        #expect(try await Library.run(query).codes == ["GRAPHQL_VALIDATION_FAILED"])
    }

    @Test(arguments: [
        ("Query", "OBJECT"), ("Int", "SCALAR"), ("String", "SCALAR"), ("__Type", "OBJECT"), ("__TypeKind", "ENUM"),
    ])
    func `every type of the schema is found by its name`(name: String, kind: String) async throws {
        let sdl = "type Query { a: Int }"
        #expect(try await introspectType(sdl, name, "name kind") == #"{"name":"\#(name)","kind":"\#(kind)"}"#)
    }

    @Test(arguments: ["Nothing", "query", "ID", "[Query]", "Query!", ""])
    func `another name gives null`(name: String) async throws {
        #expect(try await introspectType("type Query { a: Int }", name, "name") == "null")
    }

    @Test func `everything can be deprecated, and is listed only when asked for`() async throws {
        let sdl = """
            type Query { old: Int @deprecated(reason: "use new") new(a: Int, b: Int @deprecated): Int }
            enum E { A @deprecated B }
            input In { a: Int b: Int @deprecated }
            directive @d(a: Int, b: Int @deprecated) on FIELD
            """
        let query = """
            { q: __type(name: "Query") { fields { name args { name } } all: fields(includeDeprecated: true) { name } }
              e: __type(name: "E") { enumValues { name } all: enumValues(includeDeprecated: true) { name } }
              i: __type(name: "In") { inputFields { name } all: inputFields(includeDeprecated: true) { name } }
              a: __type(name: "Query") { fields { args(includeDeprecated: true) { name } } }
              __schema { directives { name args { name } all: args(includeDeprecated: true) { name } } } }
            """
        let data = try await introspect(sdl, query)
        func names(_ value: JSONValue?) -> [String] { value?.array?.compactMap { $0["name"]?.string } ?? [] }
        #expect(names(data["q"]?["fields"]) == ["new"] && names(data["q"]?["all"]) == ["old", "new"])
        #expect(names(data["q"]?["fields"]?[0]?["args"]) == ["a"])
        #expect(names(data["a"]?["fields"]?[0]?["args"]) == ["a", "b"])
        #expect(names(data["e"]?["enumValues"]) == ["B"] && names(data["e"]?["all"]) == ["A", "B"])
        #expect(names(data["i"]?["inputFields"]) == ["a"] && names(data["i"]?["all"]) == ["a", "b"])
        let directive = data["__schema"]?["directives"]?.array?.first { $0["name"] == "d" }
        #expect(names(directive?["args"]) == ["a"] && names(directive?["all"]) == ["a", "b"])
    }

    @Test func `lists have the order of the schema's text`() async throws {
        let sdl = """
            type Query implements J & I { z(y: Int, x: Int): Int a: Int } interface I { a: Int } interface J { z(y: Int, x: Int): Int }
            union U = T | Query type T { a: Int } enum E { Z A } input In { z: Int a: Int }
            """
        #expect(
            try await introspectType(sdl, "Query", "fields { name args { name } } interfaces { name }")
                == #"{"fields":[{"name":"z","args":[{"name":"y"},{"name":"x"}]},{"name":"a","args":[]}],"#
                + #""interfaces":[{"name":"J"},{"name":"I"}]}"#)
        #expect(
            try await introspectType(sdl, "U", "possibleTypes { name }")
                == #"{"possibleTypes":[{"name":"T"},{"name":"Query"}]}"#)
        #expect(
            try await introspectType(sdl, "E", "enumValues { name }") == #"{"enumValues":[{"name":"Z"},{"name":"A"}]}"#)
        #expect(
            try await introspectType(sdl, "In", "inputFields { name }")
                == #"{"inputFields":[{"name":"z"},{"name":"a"}]}"#)
    }
}
