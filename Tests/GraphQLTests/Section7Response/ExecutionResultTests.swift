import GraphQL
import JSON
import Testing

@Suite("7.1.1 Execution Result")
struct ExecutionResultTests {
    @Test func `it has data, and errors only when there are any`() async throws {
        let good = try await Library.run("{ shelves { id } }")
        #expect(good.text == #"{"data":{"shelves":[{"id":"1"},{"id":"2"}]}}"#)
        let bad = try await Library.run("{ t: __typename fails }")
        #expect(bad.errors.count == 1 && bad.data.map { "\($0)" } == #"{"t":"Query","fails":null}"#)
    }

    @Test func `errors come first, so that people see them`() async throws {
        #expect(try await Library.run("{ fails }").text.hasPrefix(#"{"errors":["#))
    }

    @Test func `errors of positions that null has swallowed stay in the list`() async throws {
        let response = try await Library.run("{ fails failsHard }")
        #expect(response.data == .null && response.paths == [#"["fails"]"#, #"["failsHard"]"#])
    }
}
