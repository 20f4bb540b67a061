import GraphQL
import JSON
import Testing

@Suite("7.1.7 Extensions")
struct ExtensionsTests {
    @Test(arguments: ["{ shelves { id } }", "{ fails }", "{ nothing }"])
    func `extensions are a map where there are any`(query: String) async throws {
        let extensions = try await Library.run(query).json["extensions"]
        #expect(extensions == nil || extensions?.object != nil)
    }
}

@Suite("7.1.8 Additional Entries")
struct AdditionalEntriesTests {
    @Test(arguments: [
        "{ shelves { id } }", "{ fails }", "{ failsHard }", "{ nothing }", "{ shelves",
        "mutation { add(by: 1) { value } }",
    ])
    func `a response has no entries but data, errors and extensions`(query: String) async throws {
        let keys = try await Library.run(query).json.object?.members.map(\.key) ?? []
        #expect(Set(keys).isSubset(of: ["data", "errors", "extensions"]) && Set(keys).count == keys.count)
    }
}
