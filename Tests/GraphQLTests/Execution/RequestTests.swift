import JSON
import Testing

@testable import GraphQL

@Suite("Plans, caches and limits of the engine")
struct RequestTests {
    @Test("a document is planned once per combination of conditions")
    func planCache() async throws {
        let engine = try Library.makeEngine()
        let query = "query($x: Boolean!) { a: __typename @skip(if: $x) b: __typename }"
        let yes = try engine.prepare(GraphQLRequest(query, variables: JSONObject([("x", true)])))
        let again = try engine.prepare(GraphQLRequest(query, variables: JSONObject([("x", true)])))
        let no = try engine.prepare(GraphQLRequest(query, variables: JSONObject([("x", false)])))
        #expect(yes.plan === again.plan)
        #expect(yes.plan !== no.plan)
    }

    @Test("fragments that spread fragments don't multiply the plan")
    func exponentialFragments() async throws {
        var document = "{ shelves { items { ...F0 } } } "
        for level in 0..<40 {
            document += "fragment F\(level) on Book { a: next { ...F\(level + 1) } b: next { ...F\(level + 1) } } "
        }
        document += "fragment F40 on Book { id }"
        let engine = try Library.makeEngine(configuration: EngineConfiguration(cost: nil))
        let prepared = try engine.prepare(GraphQLRequest(document))
        #expect(prepared.kind == .query)
    }

    @Test("an operation with more fields than allowed is refused")
    func complexity() async throws {
        let engine = try Library.makeEngine(configuration: EngineConfiguration(maximumPlannedFields: 2))
        #expect(try await Library.run("{ a: __typename b: __typename }", engine: engine).errors.isEmpty)
        let response = try await Library.run("{ a: __typename b: __typename c: __typename }", engine: engine)
        #expect(response.codes == ["OPERATION_TOO_COMPLEX"])
    }

    @Test("a response with more objects than allowed is cut off at the field that would exceed it")
    func tooManyObjects() async throws {
        let query = "{ shelves { id items { id } } }"
        let enough = try Library.makeEngine(configuration: EngineConfiguration(maximumObjects: 8))
        #expect(try await Library.run(query, engine: enough).errors.isEmpty)
        let tooFew = try Library.makeEngine(configuration: EngineConfiguration(maximumObjects: 7))
        #expect(try await Library.run(query, engine: tooFew).codes.first == "RESPONSE_TOO_LARGE")
    }
}
