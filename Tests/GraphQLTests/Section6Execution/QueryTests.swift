import GraphQL
import JSON
import Synchronization
import Testing

@Suite("6.2.1 Query")
struct QueryTests {
    @Test func `the result is that of the root selection set`() async throws {
        let response = try await Library.run("{ shelves { id } t: __typename }")
        #expect(response.text == #"{"data":{"shelves":[{"id":"1"},{"id":"2"}],"t":"Query"}}"#)
    }

    @Test func `fields that wait are awaited together, once per level`() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            """
            { shelves { items { ... on Book { author { name books { author { name } } } } }
                more: items { ... on Book { a: author { id } } } } }
            """, context: context)
        #expect(response.errors.isEmpty)
        // Wave 1 asks for the authors of books 1, 2 and 3 (200 stands for nobody); wave 3 asks for what is new.
        #expect(context.batches.withLock { $0 } == [[1, 2, 200]])
        #expect(context.log.withLock { $0 } == ["books of [1, 2, 2]"])
    }
}
