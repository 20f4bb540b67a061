import GraphQL
import JSON
import Synchronization
import Testing

@Suite("6.2.2 Mutation")
struct MutationTests {
    @Test func `root fields run one after the other, each with everything below it`() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            "mutation { a: add(by: 1) { later } ...F } fragment F on Mutation { b: add(by: 5) { value later } }",
            context: context)
        #expect(response.text == #"{"data":{"a":{"later":2},"b":{"value":5,"later":6}}}"#)
        #expect(context.log.withLock { $0 } == ["add 1", "later 1", "add 5", "later 5"])
    }

    @Test func `a failed nullable field does not keep the next from running`() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            "mutation { a: add(by: 13) { value } b: add(by: 2) { value } }", context: context)
        #expect(response.data.map { "\($0)" } == #"{"a":null,"b":{"value":2}}"#)
        #expect(response.paths == [#"["a"]"#])
        #expect(context.log.withLock { $0 } == ["add 13", "add 2"])
    }

    @Test func `after a failed non-null field nothing more runs`() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            "mutation { a: add(by: 1) { value } failAdd { value } b: add(by: 2) { value } }", context: context)
        #expect(response.data == .null)
        #expect(response.codes == ["FORBIDDEN"] && response.paths == [#"["failAdd"]"#])
        #expect(context.log.withLock { $0 } == ["add 1", "failAdd"])
    }

    @Test func `merged fields run once`() async throws {
        let context = Library.Context(host: .standalone())
        _ = try await Library.run("mutation { add(by: 1) { value } add(by: 1) { later } }", context: context)
        #expect(context.log.withLock { $0 } == ["add 1", "later 1"])
    }

    @Test func `the context learns of every field's end before the next begins`() async throws {
        let context = EndCountingContext(host: .standalone())
        _ = try await Library.run("mutation { a: add(by: 1) { later } b: add(by: 2) { later } }", context: context)
        #expect(context.log.withLock { $0 } == ["add 1", "later 1", "end", "add 2", "later 2", "end"])
    }

    @Test func `a cancelled request calls no more resolvers`() async throws {
        let context = Library.Context(host: .standalone())
        let engine = try Library.makeEngine()
        let prepared = try engine.prepare(GraphQLRequest("mutation { add(by: 1) { value later } }"))
        let task = Task(executorPreference: context.host.executor) {
            withUnsafeCurrentTask { $0?.cancel() }
            return await engine.execute(prepared, in: context)
        }
        let body = String(decoding: await task.value.body, as: UTF8.self)
        #expect(body.contains("CANCELLED"))
        #expect(context.log.withLock { $0 }.isEmpty)
    }
}

// Confined to its request's serial executor, like the context it extends.
private final class EndCountingContext: Library.Context, @unchecked Sendable {
    override func mutationFieldDidEnd() { log.withLock { $0.append("end") } }
}
