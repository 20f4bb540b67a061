import JSON
import Testing

@testable import GraphQL

@Suite("Cancelling a request cancels its work")
struct IncrementalCancellationTests {
    /// Runs `body` in a task that is cancelled as soon as a resolver waits at the gate; gives the resolvers that were called.
    private func log(
        _ query: String, _ body: @escaping @Sendable (Engine, PreparedRequest, Stage.Context) async -> Void
    ) async throws -> [String] {
        let engine = try Stage.engine()
        let request = try engine.prepare(GraphQLRequest(query))
        let context = Stage.Context(host: .standalone())
        let task = Task(executorPreference: context.host.executor) { await body(engine, request, context) }
        await context.gates.arrival(at: "stop")
        task.cancel()
        await task.value
        return context.log
    }

    @Test func `a query calls no resolver of a later wave`() async throws {
        let log = try await log("{ node { gated(gate: \"stop\") children { loaded } } }") {
            _ = await $0.execute($1, in: $2)
        }
        #expect(log.sorted() == ["children of [1]", "gated stop of [1]"])
    }

    @Test func `a mutation calls no later root field`() async throws {
        let log = try await log("mutation { a: touch(id: 1) { gated(gate: \"stop\") } b: touch(id: 2) { id } }") {
            _ = await $0.execute($1, in: $2)
        }
        #expect(log == ["touch 1", "gated stop of [1]"])
    }

    @Test func `deferred work ends, and so do the payloads`() async throws {
        let log = try await log(
            """
            { node { id ... @defer { gated(gate: "stop") children { loaded } } ... @defer { name } } }
            """
        ) {
            let response = await $0.executeIncrementally($1, in: $2)
            while await response.next() != nil {}
            #expect(Task.isCancelled)
            #expect(await response.next() == nil)
        }
        #expect(log.sorted() == ["children of [1]", "gated stop of [1]"])
    }

    @Test func `an event of a subscription calls no resolver of a later wave`() async throws {
        let log = try await log("subscription { ticks { gated(gate: \"stop\") children { loaded } } }") {
            engine, request, context in
            // That the event ends with an error is no concern here.
            let stream = try? await engine.subscribe(request, in: context)
            _ = try? await stream?.next { context }
        }
        #expect(log.sorted() == ["children of [1]", "gated stop of [1]"])
    }

    @Test func `a request that is cancelled before it begins calls no resolver at all`() async throws {
        let engine = try Stage.engine()
        let request = try engine.prepare(GraphQLRequest("{ node { loaded ... @defer { gated(gate: \"a\") } } }"))
        let context = Stage.Context(host: .standalone())
        let task = Task(executorPreference: context.host.executor) {
            withUnsafeCurrentTask { $0?.cancel() }
            let response = await engine.executeIncrementally(request, in: context)
            return [response.text, await response.nextText()]
        }
        #expect(await task.value[0]?.contains("CANCELLED") == true)
        #expect(await task.value[1] == nil)
        #expect(context.log.isEmpty)
    }

    @Test func `a response that nobody holds any more stops its work`() async throws {
        let engine = try Stage.engine()
        let request = try engine.prepare(
            GraphQLRequest("{ node { ... @defer { name } ... @defer { gated(gate: \"stop\") loaded } } }"))
        let context = Stage.Context(host: .standalone())
        await withTaskExecutorPreference(context.host.executor) {
            let response = await engine.executeIncrementally(request, in: context)
            _ = await response.next()
            await context.gates.arrival(at: "stop")
        }
        // The gate notices that its caller was cancelled.
        await context.gates.cancellation()
        #expect(context.log.contains("gated stop of [1]"))
    }
}
