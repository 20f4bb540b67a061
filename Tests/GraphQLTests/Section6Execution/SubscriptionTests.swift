import GraphQL
import Testing

@Suite("6.2.3 Subscription")
struct SubscriptionTests {
    @Test func `every event of the source is executed on its own, and the stream ends with the source`() async throws {
        let run = try await SubscriptionRun.of("subscription { t: ticks(count: 2) { value later } }")
        #expect(run.bodies == [#"{"data":{"t":{"value":1,"later":2}}}"#, #"{"data":{"t":{"value":2,"later":3}}}"#])
        #expect(run.failure == nil)
    }

    @Test func `a root field may be a leaf`() async throws {
        let run = try await SubscriptionRun.of("subscription { n: numbers(count: 3) }")
        #expect(run.bodies.count == 3 && run.failure == nil)
        #expect(run.bodies.first == #"{"data":{"n":1}}"# && run.bodies.last == #"{"data":{"n":3}}"#)
        #expect(run.bodies[1].contains(#""path":["n"]"#) && run.bodies[1].hasSuffix(#""data":null}"#))
    }

    @Test func `a query is no subscription`() async throws {
        let run = try await SubscriptionRun.of("{ shelves { id } }")
        #expect(run.isRefused && run.failure?.errors.map(\.code) == [.operationResolutionFailure])
    }
}
