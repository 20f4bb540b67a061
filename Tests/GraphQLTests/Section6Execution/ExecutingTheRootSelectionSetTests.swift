import GraphQL
import JSON
import Testing

@Suite("6.3.1 Executing the Root Selection Set")
struct ExecutingTheRootSelectionSetTests {
    @Test func `the result has the data, and the errors when there are any`() async throws {
        #expect(try await Library.run("{ t: __typename }").json.object?.members.map(\.key) == ["data"])
        #expect(try await Library.run("{ fails }").json.object?.members.map(\.key) == ["errors", "data"])
    }

    @Test func `all errors of the operation are listed`() async throws {
        let response = try await Library.run("{ fails hidden again: fails ok: __typename }")
        #expect(response.paths == [#"["fails"]"#, #"["hidden"]"#, #"["again"]"#])
        #expect(response.data.map { "\($0)" } == #"{"fails":null,"hidden":null,"again":null,"ok":"Query"}"#)
    }
}
