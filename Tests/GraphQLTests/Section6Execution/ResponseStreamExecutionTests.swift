import GraphQL
import JSON
import Synchronization
import Testing

@Suite("6.2.3.2 Response Stream")
struct ResponseStreamExecutionTests {
    @Test func `a source that breaks ends the stream with its error`() async throws {
        let run = try await SubscriptionRun.of("subscription { ticks(count: 5, failAt: 2) { value } }")
        #expect(run.bodies.count == 1 && !run.isRefused)
        #expect(run.failure?.errors.map(\.message) == ["broken"])
    }

    @Test func `an execution error in one event is part of its result, and the stream goes on`() async throws {
        let run = try await SubscriptionRun.of("subscription { ticks(count: 3) { value evenOnly } }")
        #expect(run.failure == nil && run.bodies.count == 3)
        #expect(
            run.bodies[0].contains(#""path":["ticks","evenOnly"]"#)
                && run.bodies[0].hasSuffix(#""data":{"ticks":null}}"#))
        #expect(run.bodies[1] == #"{"data":{"ticks":{"value":2,"evenOnly":2}}}"#)
    }

    @Test func `every event has a context of its own`() async throws {
        let engine = try Library.makeEngine()
        let host = ExecutionHost.standalone()
        let prepared = try engine.prepare(GraphQLRequest("subscription { ticks(count: 2) { later } }"))
        let contexts = Mutex<[Library.Context]>([])
        await withTaskExecutorPreference(host.executor) {
            do throws(RequestError) {
                let stream = try await engine.subscribe(prepared, in: Library.Context(host: host))
                while try await stream.next(in: {
                    let context = Library.Context(host: host)
                    contexts.withLock { $0.append(context) }
                    return context
                }) != nil {}
            } catch {
                Issue.record(error)
            }
        }
        #expect(contexts.withLock { $0.map { context in context.log.withLock { $0 } } } == [["later 1"], ["later 2"]])
    }
}
