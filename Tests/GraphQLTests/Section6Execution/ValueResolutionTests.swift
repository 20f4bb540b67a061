import GraphQL
import JSON
import Testing

@Suite("6.4.2 Value Resolution")
struct ValueResolutionTests {
    @Test func `a resolver gets the objects and the arguments of its field`() async throws {
        let response = try await Library.run("mutation { add(by: 4) { value later } }")
        #expect(response.text == #"{"data":{"add":{"value":4,"later":5}}}"#)
    }

    @Test func `a resolver may throw an expected error, which a client sees`() async throws {
        let response = try await Library.run("{ f: fails }")
        #expect(response.messages == ["expected"] && response.codes == ["FORBIDDEN"])
        #expect(response.data.map { "\($0)" } == #"{"f":null}"#)
    }

    @Test func `an unexpected error is masked`() async throws {
        let response = try await Library.run("{ hidden }")
        #expect(response.messages == ["Internal server error"])
        #expect(!response.text.contains("Secret"))
    }

    @Test func `every field of an object type has a resolver, or the engine does not start`() throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: Int b: Int }")
        let error = #expect(throws: MissingResolversError.self) {
            try Engine(schema: schema, resolvers: ResolverTable())
        }
        #expect(error?.fields == ["Query.a", "Query.b"])
    }
}
