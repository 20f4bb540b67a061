import GraphQL
import JSON
import Synchronization
import Testing

@Suite("6.1.1 Validating Requests")
struct ValidatingRequestsTests {
    @Test func `an invalid document is refused with all its errors, and nothing runs`() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            "mutation { add(by: 1) { value nothing } add2: add { value } }", context: context)
        #expect(response.data == nil && response.messages.count == 2)
        #expect(response.codes == ["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_VALIDATION_FAILED"])
        #expect(context.log.withLock { $0 }.isEmpty)
    }

    @Test func `the whole document is validated, not only the operation that is executed`() async throws {
        let response = try await Library.run("query A { a: __typename } query B { nothing }", operationName: "A")
        #expect(response.data == nil && response.messages == ["Cannot query field \"nothing\" on type \"Query\"."])
    }

    @Test func `a verdict is remembered and stays the same`() async throws {
        let engine = try Library.makeEngine()
        let verdicts = try await [
            Library.run("{ nothing }", engine: engine).text, Library.run("{ nothing }", engine: engine).text,
        ]
        #expect(verdicts[0] == verdicts[1] && verdicts[0].contains("Cannot query field"))
        for _ in 0..<2 { #expect(try await Library.run("{ shelves { id } }", engine: engine).errors.isEmpty) }
    }
}
