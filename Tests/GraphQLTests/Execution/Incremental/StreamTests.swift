import JSON
import Testing

@testable import GraphQL

@Suite("Incremental delivery: @stream")
struct StreamTests {
    @Test func `the first items come at once, the rest later`() async throws {
        #expect(
            try await Stage.payloads(#"{ nodes @stream(initialCount: 1, label: "L") { id } }"#) == [
                #"{"data":{"nodes":[{"id":1}]},"pending":[{"id":"0","path":["nodes"],"label":"L"}],"hasNext":true}"#,
                #"{"incremental":[{"id":"0","items":[{"id":2},{"id":3}]}],"completed":[{"id":"0"}],"hasNext":false}"#,
            ])
    }

    @Test(
        "a list that is not longer than its first part is not streamed",
        arguments: [
            "{ nodes @stream(initialCount: 3) { id } }", "{ nodes @stream(if: false) { id } }",
            "query($n: Int! = 7) { nodes @stream(initialCount: $n) { id } }",
        ])
    func short(query: String) async throws {
        #expect(try await Stage.payloads(query) == [#"{"data":{"nodes":[{"id":1},{"id":2},{"id":3}]}}"#])
    }

    @Test func `fields of later items are resolved later`() async throws {
        let logs = try await Stage.incremental("{ nodes @stream(initialCount: 1) { loaded } }") { response, context in
            let before = context.log
            while await response.next() != nil {}
            return [before, context.log]
        }
        #expect(logs[0] == ["loaded of [1]", "batch of 1"])
        #expect(logs[1].suffix(2) == ["loaded of [2, 3]", "batch of 2"])
    }

    @Test func `the outermost of nested lists is streamed`() async throws {
        #expect(
            try await Stage.payloads("{ node { grid @stream(initialCount: 1) { id } } }") == [
                #"{"data":{"node":{"grid":[[{"id":8},null]]}},"pending":[{"id":"0","path":["node","grid"]}],"hasNext":true}"#,
                #"{"incremental":[{"id":"0","items":[[],[{"id":9}]]}],"completed":[{"id":"0"}],"hasNext":false}"#,
            ])
    }

    @Test func `nulls, failures and items of several types keep their places`() async throws {
        let payloads = try await Stage.payloads(
            "{ node { things @stream(initialCount: 1) { __typename id ... on Node { name } } sparse @stream { id } } }")
        #expect(
            payloads[1] == #"{"incremental":[{"id":"0","items":[{"__typename":"Node","id":8,"name":"node 8"},null,"#
                + #"{"__typename":"Node","id":9,"name":"node 9"}],"errors":[{"message":"lost","locations":[{"line":1,"#
                + #""column":10}],"path":["node","things",2],"extensions":{"code":"NOT_FOUND"}}]},"#
                + #"{"id":"1","items":[{"id":8},null,{"id":9}]}],"completed":[{"id":"0"},{"id":"1"}],"hasNext":false}"#)
    }

    @Test func `streams of all parents of a wave are apart`() async throws {
        let merged = try PayloadMerger.merge(
            await Stage.payloads("{ nodes { id children @stream(initialCount: 1) { id } } }"))
        #expect(
            merged.data["nodes"] == [
                ["id": 1, "children": [["id": 7]]], ["id": 2, "children": [["id": 14], ["id": 15]]],
                ["id": 3, "children": [["id": 21], ["id": 22], ["id": 23]]],
            ])
    }

    @Test func `deferred fragments in later items are announced with the items`() async throws {
        let payloads = try await Stage.payloads("{ nodes @stream(initialCount: 2) { id ... @defer { name } } }")
        #expect(
            payloads[0] == #"{"data":{"nodes":[{"id":1},{"id":2}]},"pending":[{"id":"0","path":["nodes",0]},"#
                + #"{"id":"1","path":["nodes",1]},{"id":"2","path":["nodes"]}],"hasNext":true}"#)
        #expect(payloads[1].contains(#""pending":[{"id":"3","path":["nodes",2]}]"#))
        #expect(try PayloadMerger.merge(payloads).data["nodes"]?[2] == ["id": 3, "name": "node 3"])
    }

    @Test func `later items ignore a defer around their list: they are late already`() async throws {
        let payloads = try await Stage.payloads(
            "{ nodes @stream(initialCount: 1) { id } ... @defer { nodes @stream(initialCount: 1) { name } } }")
        let merged = try PayloadMerger.merge(payloads)
        #expect(merged.data["nodes"]?[2] == ["id": 3, "name": "node 3"])
        #expect(payloads.joined().contains(#""items":[{"id":2,"name":"node 2"},{"id":3,"name":"node 3"}]"#))
    }

    @Test func `a stream inside a deferred fragment is announced with it`() async throws {
        let payloads = try await Stage.payloads("{ node { ... @defer { sparse @stream(initialCount: 2) { id } } } }")
        #expect(
            payloads[1] == #"{"pending":[{"id":"1","path":["node","sparse"]}],"incremental":[{"id":"0","data":"#
                + #"{"sparse":[{"id":8},null]}}],"completed":[{"id":"0"}],"hasNext":true}"#)
        #expect(try PayloadMerger.merge(payloads).data["node"]?["sparse"] == [["id": 8], nil, ["id": 9]])
    }

    @Test func `a list of scalars comes whole`() async throws {
        #expect(
            try await Stage.payloads("{ node { tags @stream } }") == [#"{"data":{"node":{"tags":["a","b","c"]}}}"#])
    }

    @Test func `a negative initial count is an error of the field`() async throws {
        let payloads = try await Stage.payloads("{ node { sparse @stream(initialCount: -1) { id } } }")
        #expect(payloads.count == 1)
        #expect(payloads[0].contains("must not be negative") && payloads[0].contains(#""path":["node","sparse"]"#))
    }
}
