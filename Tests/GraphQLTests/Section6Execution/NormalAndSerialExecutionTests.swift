import GraphQL
import JSON
import Synchronization
import Testing

@Suite("6.3.4 Normal and Serial Execution")
struct NormalAndSerialExecutionTests {
    @Test func `a mutation's fields see what those before them did, in the order of the document`() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            "mutation { first: add(by: 1) { value } second: add(by: 3) { value } third: add(by: 2) { value } }",
            context: context)
        #expect(response.text == #"{"data":{"first":{"value":1},"second":{"value":3},"third":{"value":2}}}"#)
        #expect(context.log.withLock { $0 } == ["add 1", "add 3", "add 2"])
    }

    @Test func `what is below a mutation's field ends before the next field begins`() async throws {
        let context = Library.Context(host: .standalone())
        _ = try await Library.run(
            "mutation { b: add(by: 2) { later value } a: add(by: 1) { value later } }", context: context)
        #expect(context.log.withLock { $0 } == ["add 2", "later 2", "add 1", "later 1"])
    }

    @Test func `the order of a query's execution does not show in its result`() async throws {
        let slow = try await Library.run("{ shelves { count id } t: __typename }")
        #expect(slow.text == #"{"data":{"shelves":[{"count":3,"id":"1"},{"count":3,"id":"2"}],"t":"Query"}}"#)
    }
}
