import GraphQL
import JSON
import Testing

@Suite("7.1.6 Errors")
struct ErrorsTests {
    @Test(arguments: [
        "{ shelves", "{ nothing }", "query($v: Int!) { echo(int: $v) }", "{ fails }", "{ hidden }", "{ failsHard }",
        "{ wrongType { id } }",
    ])
    func `every error has a message, locations where it can be placed, and no entries beside the four`(
        query: String
    ) async throws {
        let response = try await Library.run(query)
        for error in response.errors {
            #expect(error["message"]?.string?.isEmpty == false)
            let locations = try #require(error["locations"]?.array)
            #expect(!locations.isEmpty)
            for location in locations {
                #expect(location.object?.members.map(\.key) == ["line", "column"])
                #expect((location["line"]?.int ?? 0) >= 1 && (location["column"]?.int ?? 0) >= 1)
            }
            let keys = error.object?.members.map(\.key) ?? []
            #expect(Set(keys).isSubset(of: ["message", "locations", "path", "extensions"]))
            #expect(error["extensions"]?["code"]?.string != nil)
        }
        #expect(!response.errors.isEmpty)
    }

    @Test func `an execution error has a path, a request error has none`() async throws {
        #expect(try await Library.run("{ fails }").errors.allSatisfy { $0["path"] != nil })
        #expect(try await Library.run("{ nothing }").errors.allSatisfy { $0["path"] == nil })
    }

    @Test func `the locations are those of all nodes that were merged`() async throws {
        let response = try await Library.run("{ f: fails\n  ... { f: fails } }")
        #expect(response.errors[0]["locations"].map { "\($0)" } == #"[{"line":1,"column":3},{"line":2,"column":9}]"#)
    }

    @Test func `columns count Unicode scalar values`() async throws {
        let response = try await Library.run("{ e: echo(string: \"é🙂\") f: fails }")
        #expect(response.errors[0]["locations"].map { "\($0)" } == #"[{"line":1,"column":25}]"#)
    }

    @Test func `a path is that of the position that raised the error, also when null has climbed above it`()
        async throws
    {
        let response = try await Library.run("{ shelves { itemOrNull { ... on Disc { id seconds } } } }")
        #expect(response.data?["shelves"]?[0]?["itemOrNull"]?[0] == .null)
        #expect(response.paths.first == #"["shelves",0,"itemOrNull",0,"seconds"]"#)
    }

    @Test func `extensions are a map with a stable code and what the resolver adds`() async throws {
        let response = try await Library.run("{ fails }")
        #expect(response.errors[0]["extensions"].map { "\($0)" } == #"{"code":"FORBIDDEN","hint":"ask"}"#)
    }
}
