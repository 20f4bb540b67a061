import GraphQL
import JSON
import Synchronization
import Testing

@Suite("7.1.3 Request Error Result")
struct RequestErrorResultTests {
    /// What stops a request before its execution, and the codes that it gives.
    @Test(arguments: [
        ("{ shelves {\n id ", "GRAPHQL_PARSE_FAILED"), ("", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("type T { a: Int }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { a: __typename } query B { b: __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("query($v: Int!) { echo(int: $v) }", "BAD_USER_INPUT"),
    ])
    func `it has errors, at least one, and no data`(query: String, code: String) async throws {
        let response = try await Library.run(query)
        #expect(response.json.object?.members.map(\.key) == ["errors"])
        #expect(response.codes == [code])
        #expect(response.messages.allSatisfy { !$0.isEmpty })
        #expect(response.errors.allSatisfy { $0["path"] == nil })
    }

    @Test func `a syntax error has its place`() async throws {
        let response = try await Library.run("{ shelves {\n id ")
        #expect(response.errors[0]["locations"].map { "\($0)" } == #"[{"line":2,"column":5}]"#)
    }

    @Test func `nothing of the operation is executed`() async throws {
        let context = Library.Context(host: .standalone())
        _ = try await Library.run(
            "mutation($v: Int!) { add(by: 1) { value } b: add(by: $v) { value } }", context: context)
        #expect(context.log.withLock { $0 }.isEmpty)
    }
}
