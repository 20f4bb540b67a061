import GraphQL
import Synchronization
import Testing

@Suite("6.2.3.3 Unsubscribe")
struct UnsubscribeTests {
    private struct Counter: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Counter" } }
    }

    @Test func `cancelling the task that waits for the next event cancels the source`() async throws {
        let log = Mutex<[String]>([])
        let schema = try GraphQLSchema.build(
            from: "type Query { a: Int } type Subscription { s: Counter } type Counter { a: Int }")
        var table = ResolverTable()
        table.set("Query", "a", .root { (_: NoArguments, _) -> Int32? in 1 })
        table.set("Counter", "a", .stored { (_: Counter) -> Int32? in 1 })
        let (waiting, hasBegun) = AsyncStream.makeStream(of: Void.self)
        table.set(
            "Subscription", "s",
            .subscription { (_: NoArguments, _) -> TypedSourceStream<Counter.Object> in
                TypedSourceStream {
                    log.withLock { $0.append("waits") }
                    let (never, open) = AsyncStream.makeStream(of: Void.self)
                    hasBegun.yield()
                    for await _ in never {}
                    withExtendedLifetime(open) {}
                    log.withLock { $0.append("ends") }
                    return nil
                }
            })
        let engine = try Engine(schema: schema, resolvers: table)
        let host = ExecutionHost.standalone()
        let prepared = try engine.prepare(GraphQLRequest("subscription { s { a } }"))
        let task = Task(executorPreference: host.executor) {
            let stream = try await engine.subscribe(prepared, in: ExecutionContext(host: host))
            return try await stream.next(in: { ExecutionContext(host: host) }) == nil
        }
        for await _ in waiting { break }
        task.cancel()
        #expect(try await task.value, "the stream completes")
        #expect(log.withLock { $0 } == ["waits", "ends"])
    }
}
