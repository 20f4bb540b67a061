import GraphQL
import JSON
import Testing

@Suite("6.2.3.1 Source Stream")
struct SourceStreamTests {
    @Test func `the source gets the coerced arguments of the root field, whatever its alias`() async throws {
        let run = try await SubscriptionRun.of(
            "subscription($n: Int!) { t: ticks(count: $n) { value } ...F } fragment F on Subscription { t: ticks(count: $n) { later } }",
            variables: ["n": 1])
        #expect(run.bodies == [#"{"data":{"t":{"value":1,"later":2}}}"#])
    }

    @Test func `a source that cannot be made is a request error`() async throws {
        let run = try await SubscriptionRun.of("subscription { ticks(count: 0) { value } }")
        #expect(run.isRefused && run.bodies.isEmpty)
        #expect(run.failure?.errors.map(\.message) == ["nothing to count"])
        let body = String(decoding: run.failure?.body ?? [], as: UTF8.self)
        #expect(body.hasPrefix(#"{"errors":["#) && !body.contains("\"data\""))
    }

    @Test(arguments: [
        "subscription { a: ticks(count: 1) { value } b: ticks(count: 1) { value } }",
        "subscription { ticks(count: 1) { value } __typename }",
        "subscription { ticks(count: 1) @skip(if: true) { value } }",
    ])
    func `there is exactly one root field`(query: String) async throws {
        let run = try await SubscriptionRun.of(query)
        #expect(run.isRefused && run.failure?.stage == .validation)
    }

    @Test func `arguments that cannot be coerced are a request error`() async throws {
        let run = try await SubscriptionRun.of(
            "subscription($n: Int = 1) { ticks(count: $n) { value } }", variables: ["n": .null])
        #expect(run.isRefused && run.failure?.errors.map(\.code) == [.badUserInput])
    }
}
