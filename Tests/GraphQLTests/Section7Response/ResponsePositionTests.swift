import GraphQL
import JSON
import Testing

@Suite("7.1.4 Response Position")
struct ResponsePositionTests {
    @Test(arguments: [
        ("{ fails }", #"["fails"]"#), ("{ alias: fails }", #"["alias"]"#),
        ("{ shelves { s: itemOrNull { ... on Disc { seconds } } } }", #"["shelves",0,"s",0,"seconds"]"#),
        ("{ shelves { grid { n: next { next { next { id } } } } } }", #"["shelves",0,"grid",0,0,"n","next","next"]"#),
        ("{ found { ... on Disc { t: tracks } } }", #"["found",1,"t",2]"#),
        ("{ a: shelves { b: strict { id } } }", #"["a",0,"b",1]"#),
    ])
    func `a path has response names as strings and indices from zero`(query: String, path: String) async throws {
        #expect(try await Library.run(query).paths.first == path)
    }

    @Test func `a path leads to a position that is null or below one that is`() async throws {
        let response = try await Library.run(
            "{ shelves { grid { next { next { next { id } } } } itemOrNull { ... on Disc { seconds } } } }")
        #expect(!response.errors.isEmpty)
        for error in response.errors {
            var value: JSONValue? = response.data
            for segment in error["path"]?.array ?? [] {
                guard let current = value, current != .null else { break }
                value = segment.string.map { current[$0] } ?? segment.int.flatMap { current.array?[Int($0)] }
            }
            #expect(value == .null)
        }
    }
}
