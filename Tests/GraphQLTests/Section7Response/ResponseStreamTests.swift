import GraphQL
import JSON
import Testing

@Suite("7.1.2 Response Stream")
struct ResponseStreamTests {
    @Test func `a subscription's stream consists of execution results`() async throws {
        let run = try await SubscriptionRun.of("subscription { ticks(count: 2) { evenOnly } }")
        let keys = try run.bodies.map { try JSONReader.read($0).object?.members.map(\.key) }
        #expect(keys == [["errors", "data"], ["data"]])
    }

    @Test func `a subscription that is refused has no stream`() async throws {
        let run = try await SubscriptionRun.of("subscription { nothing }")
        #expect(run.isRefused && run.bodies.isEmpty)
    }
}
