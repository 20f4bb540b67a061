// What the schema's @cost and @listSize make of real operations; nothing runs.

import Clients
import GraphQL
import JSON
import Resolvers
import Schema
import Testing
import Workflows

@Suite("Costs of the schema")
struct CostTests {
    private let engine: Engine

    init() throws {
        let signer = URLSigner(key: Array(repeating: 7, count: 32), now: { 0 })
        let urls = FileURLs(signer: signer, base: "http://files.example")
        engine = try Engine(
            schema: try GraphQLSchema.build(from: SchemaDocument.sdl), resolvers: SchemaResolvers.table(urls: urls))
    }

    private func cost(_ query: String, _ variables: JSONObject = JSONObject()) throws -> OperationCost? {
        try engine.prepare(GraphQLRequest(query, variables: variables)).cost
    }

    @Test(arguments: ["counts", "review", "page"])
    func `what people look at is far below the limit`(_ name: String) throws {
        let id = JSONValue.string("Project_00000000000000000000000000000001")
        let variables = JSONObject(["project", "review", "task"].map { ($0, id) })
        let cost = try #require(try cost(try GoldenFile.read("\(name).graphql"), variables))
        #expect(cost.typeCost < 10_000 && cost.fieldCost < 10_000)
    }

    @Test func `pages of a hundred inside each other are refused from the third level on`() throws {
        func pages(_ levels: String...) -> String {
            levels.reversed().reduce("id") { "\($1)(first: 100) { edges { node { \($0) } } }" }
        }
        #expect(try cost("{ \(pages("projects", "tasks")) }") != nil)
        #expect(throws: RequestError.self) { try cost("{ \(pages("projects", "tasks", "subtasks")) }") }
        #expect(throws: RequestError.self) {
            try cost(try GoldenFile.read("five-levels.graphql"), JSONObject([("n", 100)]))
        }
        #expect(try cost(try GoldenFile.read("five-levels.graphql"), JSONObject([("n", 4)])) != nil)
    }
}
