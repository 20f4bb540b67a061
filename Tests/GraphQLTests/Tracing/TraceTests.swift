import JSON
import Synchronization
import Testing

@testable import GraphQL

@Suite("Tracing")
struct TraceTests {
    /// Writes down what it is told.
    private final class Recorder: EngineTracer, RequestTrace {
        private let events = Mutex<[String]>([])

        func trace(_ request: GraphQLRequest) -> (any RequestTrace)? { self }

        func record(_ event: TraceEvent) {
            let text =
                switch event {
                case .began(let phase): "\(phase) {"
                case .ended(let phase, 0): "} \(phase)"
                case .ended(let phase, let errors): "} \(phase), errors: \(errors)"
                case .cached(let phase): "\(phase) cached"
                case .resolverBegan(let call): "\(call.type).\(call.field) for \(call.parentCount) {"
                case .resolverEnded(let call, nil): "} \(call.type).\(call.field)"
                case .resolverEnded(let call, let code?): "} \(call.type).\(call.field): \(code)"
                }
            events.withLock { $0.append(text) }
        }

        /// What was written since the last call.
        func take() -> [String] {
            events.withLock { events in
                defer { events = [] }
                return events
            }
        }
    }

    private let recorder = Recorder()
    private let engine: Engine
    private let prepared = ["parse {", "} parse", "validate {", "} validate", "plan {", "} plan"]

    init() throws {
        engine = try Library.makeEngine(configuration: EngineConfiguration(tracer: recorder))
    }

    @Test func `a query shows its phases and each resolver with the number of its parents`() async throws {
        let query = "{ shelves { id count items { id } } }"
        _ = try await Library.run(query, engine: engine)
        let execution = [
            "execute {", "Query.shelves for 1 {", "} Query.shelves", "Shelf.items for 2 {", "} Shelf.items",
            "Shelf.count for 2 {", "} Shelf.count", "} execute",
        ]
        #expect(recorder.take() == prepared + execution)
        _ = try await Library.run(query, engine: engine)
        #expect(recorder.take() == ["parse cached", "plan cached"] + execution)
    }

    @Test func `a mutation's fields follow each other`() async throws {
        _ = try await Library.run("mutation { a: add(by: 1) { later } failAdd { value } }", engine: engine)
        #expect(
            recorder.take() == prepared + [
                "execute {", "Mutation.add for 1 {", "} Mutation.add", "Counter.later for 1 {", "} Counter.later",
                "Mutation.failAdd for 1 {", "} Mutation.failAdd: FORBIDDEN", "} execute, errors: 1",
            ])
    }

    @Test func `a subscription is opened once and executes each event`() async throws {
        let request = try engine.prepare(GraphQLRequest("subscription { ticks(count: 2) { value later } }"))
        let context = Library.Context(host: .standalone())
        let stream = try await engine.subscribe(request, in: context)
        #expect(recorder.take() == prepared + ["subscribe {", "} subscribe"])
        for _ in 0..<2 {
            _ = try await stream.next { Library.Context(host: .standalone()) }
            #expect(
                recorder.take() == ["execute {", "Counter.later for 1 {", "} Counter.later", "} execute"])
        }
        #expect(try await stream.next { Library.Context(host: .standalone()) } == nil)
        #expect(recorder.take() == [])
    }

    @Test func `a refused document ends where it was refused`() async throws {
        _ = try await Library.run("{", engine: engine)
        #expect(recorder.take() == ["parse {", "} parse, errors: 1"])
        _ = try await Library.run("{ nothing here }", engine: engine)
        #expect(recorder.take() == ["parse {", "} parse", "validate {", "} validate, errors: 2"])
        _ = try await Library.run("{ nothing here }", engine: engine)
        #expect(recorder.take() == ["parse cached"])
        _ = try await Library.run("{ __schema { types { \(deep) } } }", engine: engine)
        #expect(recorder.take() == ["parse {", "} parse", "validate {", "} validate", "plan {", "} plan, errors: 1"])
    }

    private let deep = "fields { type { fields { type { fields { type { fields { name } } } } } } }"

    @Test func `a cancelled request shows which resolvers did not run`() async throws {
        let request = try engine.prepare(GraphQLRequest("{ shelves { count } }"))
        _ = recorder.take()
        let engine = engine
        let context = Library.Context(host: .standalone())
        let task = Task {
            // Whoever is cancelled before the first wave loads nothing.
            withUnsafeCurrentTask { $0?.cancel() }
            return await engine.execute(request, in: context).errorCount
        }
        #expect(await task.value == 1)
        #expect(
            recorder.take() == [
                "execute {", "Query.shelves for 1 {", "} Query.shelves: CANCELLED", "} execute, errors: 1",
            ])
    }

    @Test func `a prepared request carries its trace`() throws {
        #expect(try engine.prepare(GraphQLRequest("{ __typename }")).trace === recorder)
        #expect(try Library.makeEngine().prepare(GraphQLRequest("{ __typename }")).trace == nil)
    }
}
