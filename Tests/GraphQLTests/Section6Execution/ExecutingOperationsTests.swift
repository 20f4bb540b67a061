import GraphQL
import JSON
import Testing

@Suite("6.2 Executing Operations")
struct ExecutingOperationsTests {
    @Test(arguments: [("query", "Query"), ("mutation", "Mutation")])
    func `an operation starts at its root type`(keyword: String, type: String) async throws {
        #expect(try await Library.run("\(keyword) { __typename }").text == #"{"data":{"__typename":"\#(type)"}}"#)
    }

    @Test(arguments: ["mutation { a }", "subscription { a }"])
    func `an operation without a root type is refused`(query: String) async throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: Int }")
        var table = ResolverTable()
        table.set("Query", "a", .root { (_: NoArguments, _) -> Int32? in 1 })
        let response = try await Library.run(query, engine: Engine(schema: schema, resolvers: table))
        #expect(response.data == nil && response.codes == ["GRAPHQL_VALIDATION_FAILED"])
    }
}
