import JSON
import Testing

@testable import GraphQL

@Suite("Incremental delivery: @defer")
struct DeferTests {
    @Test func `a deferred fragment is announced, delivered and completed`() async throws {
        #expect(
            try await Stage.payloads(#"{ node { id ... @defer(label: "L") { name } } }"#) == [
                #"{"data":{"node":{"id":1}},"pending":[{"id":"0","path":["node"],"label":"L"}],"hasNext":true}"#,
                #"{"incremental":[{"id":"0","data":{"name":"node 1"}}],"completed":[{"id":"0"}],"hasNext":false}"#,
            ])
    }

    @Test func `a deferred fragment at the root has the empty path`() async throws {
        #expect(
            try await Stage.payloads("query { ...F @defer } fragment F on Query { node { id } }") == [
                #"{"data":{},"pending":[{"id":"0","path":[]}],"hasNext":true}"#,
                #"{"incremental":[{"id":"0","data":{"node":{"id":1}}}],"completed":[{"id":"0"}],"hasNext":false}"#,
            ])
    }

    @Test func `each object of a list has a fragment of its own`() async throws {
        #expect(
            try await Stage.payloads("{ nodes { ... @defer { id } } }") == [
                #"{"data":{"nodes":[{},{},{}]},"pending":[{"id":"0","path":["nodes",0]},"#
                    + #"{"id":"1","path":["nodes",1]},{"id":"2","path":["nodes",2]}],"hasNext":true}"#,
                #"{"incremental":[{"id":"0","data":{"id":1}},{"id":"1","data":{"id":2}},{"id":"2","data":{"id":3}}],"#
                    + #""completed":[{"id":"0"},{"id":"1"},{"id":"2"}],"hasNext":false}"#,
            ])
    }

    @Test(
        "nothing is put off where all is asked for at once, or the directive is switched off",
        arguments: [
            "{ node { id ... @defer { id } } }", "{ node { ... @defer(if: false) { id } } }",
            "query($no: Boolean! = false) { node { ... @defer(if: $no) { id } } }",
            "{ node { ...F ...F @defer } } fragment F on Node { id }",
            "{ node { ... @defer { id @skip(if: true) } id } }",
        ])
    func inline(query: String) async throws {
        #expect(try await Stage.payloads(query) == [#"{"data":{"node":{"id":1}}}"#])
        #expect(try !Stage.engine().prepare(GraphQLRequest(query)).isIncremental)
    }

    @Test func `a variable decides, and both plans are kept apart`() async throws {
        let engine = try Stage.engine()
        let query = "query($yes: Boolean! = true) { node { id ... @defer(if: $yes) { name } } }"
        func isIncremental(_ variables: JSONObject) throws -> Bool {
            try engine.prepare(GraphQLRequest(query, variables: variables)).isIncremental
        }
        #expect(try isIncremental([:]))
        #expect(try !isIncremental(["yes": false]))
        #expect(try isIncremental(["yes": true]))
    }

    @Test func `execute ignores the directives`() async throws {
        let result = try await Stage.complete("{ node { id ... @defer { name children @stream { id } } } }")
        #expect("\(result)" == #"{"data":{"node":{"id":1,"name":"node 1","children":[{"id":7}]}}}"#)
    }

    @Test func `a field that is also asked for without defer is in the first payload, its own subfields are not`()
        async throws
    {
        #expect(
            try await Stage.payloads("{ node { child { id } ... @defer { child { id name } } } }") == [
                #"{"data":{"node":{"child":{"id":8}}},"pending":[{"id":"0","path":["node"]}],"hasNext":true}"#,
                #"{"incremental":[{"id":"0","subPath":["child"],"data":{"name":"node 8"}}],"#
                    + #""completed":[{"id":"0"}],"hasNext":false}"#,
            ])
    }

    @Test func `what two fragments share is sent once, with the id of the longest path`() async throws {
        #expect(
            try await Stage.payloads(
                """
                { ... @defer(label: "A") { node { child { id name } } }
                  node { ... @defer(label: "B") { child { id tags } } } }
                """) == [
                    #"{"data":{"node":{}},"pending":[{"id":"0","path":[],"label":"A"},"#
                        + #"{"id":"1","path":["node"],"label":"B"}],"hasNext":true}"#,
                    #"{"incremental":[{"id":"1","data":{"child":{"id":8}}},"#
                        + #"{"id":"0","subPath":["node","child"],"data":{"name":"node 8"}},"#
                        + #"{"id":"1","subPath":["child"],"data":{"tags":["a","b","c"]}}],"#
                        + #""completed":[{"id":"0"},{"id":"1"}],"hasNext":false}"#,
                ])
    }

    @Test func `a nested fragment is announced when the one around it is complete`() async throws {
        let texts = try await Stage.incremental(
            """
            { node { ... @defer(label: "outer") { id gated(gate: "a")
              ... @defer(label: "inner") { name inner: gated(gate: "b") } } } }
            """
        ) { response, context in
            var texts = [response.text]
            // The inner fragment could be complete first; it is held back.
            context.gates.open("b")
            context.gates.open("a")
            while let text = await response.nextText() { texts.append(text) }
            return texts
        }
        #expect(
            texts[0] == #"{"data":{"node":{}},"pending":[{"id":"0","path":["node"],"label":"outer"}],"hasNext":true}"#)
        let merged = try PayloadMerger.merge(texts)
        #expect(
            merged.data == ["node": ["id": 1, "gated": "a 1", "name": "node 1", "inner": "b 1"]])
    }

    @Test func `a fragment that is ready does not wait for a slow one`() async throws {
        let texts = try await Stage.incremental(
            #"{ node { ... @defer(label: "slow") { gated(gate: "slow") } ... @defer(label: "fast") { name } } }"#
        ) { response, context in
            let first = await response.nextText()
            context.gates.open("slow")
            return [response.text, first, await response.nextText(), await response.nextText()]
        }
        #expect(
            texts[1]
                == #"{"incremental":[{"id":"1","data":{"name":"node 1"}}],"completed":[{"id":"1"}],"hasNext":true}"#)
        #expect(
            texts[2]
                == #"{"incremental":[{"id":"0","data":{"gated":"slow 1"}}],"completed":[{"id":"0"}],"hasNext":false}"#)
        #expect(texts[3] == nil)
    }

    @Test func `deferred work begins after the first payload`() async throws {
        let logs = try await Stage.incremental("{ node { id ... @defer { loaded } } }") { response, context in
            let before = context.log
            while await response.next() != nil {}
            return [before, context.log]
        }
        #expect(logs[0].isEmpty)
        #expect(logs[1] == ["loaded of [1]", "batch of 1"])
    }

    @Test func `all that is put off shares one batch of a loader`() async throws {
        let context = Stage.Context(host: .standalone())
        let payloads = try await Stage.payloads(
            """
            { nodes { ... @defer { loaded } ... @defer { other: loaded child { loaded } } }
              node { ... @defer { loaded } } }
            """, context: context)
        #expect(context.log.filter { $0.hasPrefix("batch") } == ["batch of 6"])
        #expect(try PayloadMerger.merge(payloads).data["nodes"]?[2]?["child"] == ["loaded": "loaded 22"])
    }

    @Test func `a mutation puts off what is below its root fields`() async throws {
        let context = Stage.Context(host: .standalone())
        let payloads = try await Stage.payloads(
            "mutation { a: touch(id: 1) { id ... @defer { loaded } } b: touch(id: 2) { id } }", context: context)
        #expect(context.log == ["touch 1", "touch 2", "loaded of [1]", "batch of 1"])
        #expect(try PayloadMerger.merge(payloads).data["a"] == ["id": 1, "loaded": "loaded 1"])
    }

    @Test func `a look ahead sees deferred fields, for their objects are fetched now`() throws {
        let request = try Stage.engine().prepare(GraphQLRequest("{ node { ... @defer { child { name } } id } }"))
        let selection = FieldSelection(children: request.incrementalPlan?.root.fields[0].children)
        #expect(selection.contains("id") && selection.contains("child") && !selection.contains("name"))
        #expect(selection.below("child").map { $0.contains("name") } == [true])
    }

    @Test func `introspection shows the directives`() async throws {
        let result = try await Stage.complete("{ __schema { directives { name args { name } } } }")
        let names = result["data"]?["__schema"]?["directives"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(names.contains("defer") && names.contains("stream"))
    }
}
