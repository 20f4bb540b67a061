import JSON
import Testing

@testable import GraphQL

@Suite("Incremental delivery: errors")
struct IncrementalErrorTests {
    @Test func `errors inside a fragment are in its entry, with path and location`() async throws {
        #expect(
            try await Stage.payloads("{ nodes @skip(if: true) { id } node { child { ... @defer { soft } } } }") == [
                #"{"data":{"node":{"child":{}}},"pending":[{"id":"0","path":["node","child"]}],"hasNext":true}"#,
                #"{"incremental":[{"id":"0","data":{"soft":null},"errors":[{"message":"soft","locations":[{"line":1,"#
                    + #""column":60}],"path":["node","child","soft"],"extensions":{"code":"NOT_FOUND"}}]}],"#
                    + #""completed":[{"id":"0"}],"hasNext":false}"#,
            ])
    }

    @Test func `a null that would go above a fragment fails that fragment alone`() async throws {
        let payloads = try await Stage.payloads("{ nodes { id ... @defer { name hard } } }")
        #expect(
            payloads[1] == #"{"incremental":[{"id":"0","data":{"name":"node 1","hard":"ok"}},"#
                + #"{"id":"2","data":{"name":"node 3","hard":"ok"}}],"completed":[{"id":"0"},"#
                + #"{"id":"1","errors":[{"message":"hard","locations":[{"line":1,"column":32}],"#
                + #""path":["nodes",1,"hard"],"extensions":{"code":"FORBIDDEN"}}]},{"id":"2"}],"hasNext":false}"#)
    }

    @Test func `a null that stops inside a fragment does not fail it`() async throws {
        let payloads = try await Stage.payloads("{ node { ... @defer { sparse { hard } } } }")
        #expect(payloads[1].contains(#""data":{"sparse":[{"hard":"ok"},null,null]},"errors":[{"message":"hard""#))
        #expect(payloads[1].contains(#""completed":[{"id":"0"}]"#))
    }

    @Test func `fragments that share a failed group fail together, what is apart is delivered`() async throws {
        let payloads = try await Stage.payloads(
            """
            { nodes { id ... @defer(label: "A") { hard } ... @defer(label: "B") { hard name }
              ... @defer(label: "C") { tags } } }
            """)
        let merged = try PayloadMerger.merge(payloads)
        #expect(merged.failures.count == 2)
        #expect(merged.data["nodes"]?[1] == ["id": 2, "tags": ["a", "b", "c"]])
        #expect(merged.data["nodes"]?[0] == ["id": 1, "hard": "ok", "name": "node 1", "tags": ["a", "b", "c"]])
    }

    @Test func `what is nested in a failed fragment never comes`() async throws {
        let payloads = try await Stage.payloads(
            "{ nodes { id ... @defer { hard ... @defer { name } sparse @stream { id } } } }")
        let merged = try PayloadMerger.merge(payloads)
        #expect(merged.data["nodes"]?[1] == ["id": 2])
        #expect(merged.data["nodes"]?[2]?["name"] == "node 3")
    }

    @Test func `a null in the first payload takes what was put off below it along`() async throws {
        let payloads = try await Stage.payloads("{ nodes { id hard ... @defer { name } children @stream { id } } }")
        #expect(payloads.count == 1)
        #expect(payloads[0].hasSuffix(#""data":null}"#))
    }

    @Test func `a stream ends with the first item that may not be null and is`() async throws {
        let payloads = try await Stage.payloads("{ nodes @stream(initialCount: 1) { id hard } }")
        #expect(
            payloads[1] == #"{"completed":[{"id":"0","errors":[{"message":"hard","locations":[{"line":1,"column":39}],"#
                + #""path":["nodes",1,"hard"],"extensions":{"code":"FORBIDDEN"}}]}],"hasNext":false}"#)
        let whole = try await Stage.payloads("{ nodes @stream { id hard ... @defer { name } } }")
        let merged = try PayloadMerger.merge(whole)
        #expect(merged.data["nodes"] == [["id": 1, "hard": "ok", "name": "node 1"]])
        #expect(merged.failures.count == 1)
    }

    @Test func `an item that may be null stands for its own failure`() async throws {
        let merged = try PayloadMerger.merge(
            await Stage.payloads("{ node { sparse @stream { id hard } } }"))
        #expect(merged.data["node"]?["sparse"] == [["id": 8, "hard": "ok"], nil, nil])
        #expect(merged.failures.isEmpty && merged.errors.count == 1)
    }

    @Test func `the budget of objects counts over all payloads`() async throws {
        let engine = try Engine(
            schema: GraphQLSchema.build(from: Stage.sdl), resolvers: Stage.resolvers(),
            configuration: EngineConfiguration(maximumObjects: 7))
        let request = try engine.prepare(GraphQLRequest("{ nodes { ... @defer { child { child { id } } } } }"))
        let host = ExecutionHost.standalone()
        let last = await withTaskExecutorPreference(host.executor) {
            let response = await engine.executeIncrementally(request, in: Stage.Context(host: host))
            return await response.nextText()
        }
        #expect(last?.contains("RESPONSE_TOO_LARGE") == true)
    }
}
