import GraphQL
import JSON
import Testing

@Suite("7.1 Response Format")
struct ResponseFormatTests {
    @Test(arguments: [
        ("{ shelves { id } }", ["data"]), ("{ fails }", ["errors", "data"]), ("{ failsHard }", ["errors", "data"]),
        ("{ nothing }", ["errors"]), ("{ shelves", ["errors"]),
        ("query A { a: __typename } query B { b: __typename }", ["errors"]),
        ("query($v: Int!) { echo(int: $v) }", ["errors"]), ("mutation { add(by: 1) { value } }", ["data"]),
    ])
    func `a response is an execution result or a request error result`(query: String, keys: [String]) async throws {
        #expect(try await Library.run(query).json.object?.members.map(\.key) == keys)
    }
}
