import JSON
import Testing

@testable import GraphQL

@Suite("Introspection (specification section 4)")
struct IntrospectionTests {
    @Test("types, wrappers, arguments, defaults and directives are described")
    func describes() async throws {
        let response = try await Library.run(
            """
            { __schema { queryType { name } subscriptionType { name } types { name } directives { name isRepeatable locations args { name } } }
              range: __type(name: "Range") { kind inputFields { name defaultValue type { kind name ofType { name } } } }
              pick: __type(name: "Pick") { isOneOf }
              item: __type(name: "Item") { kind possibleTypes { name } fields { name type { kind ofType { name kind } } } }
              book: __type(name: "Book") { interfaces { name } fields { name } possibleTypes { name } inputFields { name } }
              genre: __type(name: "Genre") { enumValues { name } fields { name } }
              none: __type(name: "Nothing") { name } }
            """)
        #expect(response.errors.isEmpty, "\(response.text)")
        let schema = response.data?["__schema"]
        #expect(schema?["queryType"]?["name"] == "Query")
        let names = schema?["types"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(names.contains("Shelf") && names.contains("__Type") && names.contains("Boolean"))
        #expect(
            response.data?["range"].map { "\($0)" }
                == #"{"kind":"INPUT_OBJECT","inputFields":[{"name":"from","defaultValue":"1","type":{"kind":"NON_NULL","name":null,"#
                + #""ofType":{"name":"Int"}}},{"name":"to","defaultValue":null,"type":{"kind":"SCALAR","name":"Int","ofType":null}},"#
                + #"{"name":"genres","defaultValue":"[MANGA]","type":{"kind":"LIST","name":null,"ofType":{"name":null}}}]}"#
        )
        #expect(response.data?["pick"]?["isOneOf"] == true)
        #expect(response.data?["item"]?["possibleTypes"].map { "\($0)" } == #"[{"name":"Book"},{"name":"Disc"}]"#)
        #expect(response.data?["book"]?["interfaces"].map { "\($0)" } == #"[{"name":"Item"}]"#)
        #expect(response.data?["book"]?["possibleTypes"] == .null)
        #expect(response.data?["genre"]?["enumValues"]?.array?.count == 3)
        #expect(response.data?["none"] == .null)
        let directives = schema?["directives"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(Set(directives).isSuperset(of: ["skip", "include", "deprecated", "specifiedBy", "oneOf", "note"]))
    }

    @Test("deprecated fields, arguments and values are listed only when asked for")
    func deprecation() async throws {
        let schema = try GraphQLSchema.build(
            from: """
                type Query { old: Int @deprecated(reason: "use new") new(a: Int, b: Int @deprecated): Int }
                enum E { A @deprecated B }
                """)
        var table = ResolverTable()
        table.set("Query", "old", .root { (_: NoArguments, _) -> Int32? in nil })
        table.set("Query", "new", .root { (_: NoArguments, _) -> Int32? in nil })
        let engine = try Engine(schema: schema, resolvers: table)
        let response = try await Library.run(
            """
            { q: __type(name: "Query") { fields { name args { name } } all: fields(includeDeprecated: true) { name isDeprecated
                deprecationReason args(includeDeprecated: true) { name isDeprecated } } }
              e: __type(name: "E") { enumValues { name } all: enumValues(includeDeprecated: true) { name } } }
            """, engine: engine)
        #expect(response.data?["q"]?["fields"].map { "\($0)" } == #"[{"name":"new","args":[{"name":"a"}]}]"#)
        #expect(response.data?["q"]?["all"]?[0]?["deprecationReason"] == "use new")
        #expect(response.data?["q"]?["all"]?[1]?["args"]?.array?.count == 2)
        #expect(response.data?["e"]?["enumValues"]?.array?.count == 1)
        #expect(response.data?["e"]?["all"]?.array?.count == 2)
    }
}
