import GraphQL
import JSON
import Testing

@Suite("6.3 Executing Selection Sets")
struct ExecutingSelectionSetsTests {
    @Test func `fields are executed level by level until there are only leaves`() async throws {
        let response = try await Library.run("{ shelves { grid { next { next { id pages } } } } }")
        #expect(
            response.data?["shelves"]?[0]?["grid"]?[0]?[0].map { "\($0)" }
                == #"{"next":{"next":{"id":"Book_00000000000000000000000000000003","pages":300}}}"#)
    }

    @Test func `an object of which nothing applies is empty`() async throws {
        let response = try await Library.run("{ shelves { items { ... on Disc { id } } } }")
        #expect(response.data?["shelves"]?[0]?["items"].map { "\($0)" } == #"[{},{"id":"disc-1"},{}]"#)
    }

    @Test func `an operation of which nothing is included is empty`() async throws {
        #expect(try await Library.run("{ shelves @skip(if: true) { id } }").text == #"{"data":{}}"#)
    }
}
