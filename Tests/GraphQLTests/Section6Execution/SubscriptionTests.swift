import JSON
import Testing

@testable import GraphQL

@Suite("Subscriptions (specification section 6.2.3)")
struct SubscriptionTests {
    private func events(_ query: String) async throws -> (bodies: [String], failure: String?) {
        let engine = try Library.makeEngine()
        let prepared = try engine.prepare(GraphQLRequest(query))
        let host = ExecutionHost.standalone()
        return await withTaskExecutorPreference(host.executor) {
            var bodies: [String] = []
            do throws(RequestError) {
                let stream = try await engine.subscribe(prepared, in: Library.Context(host: host))
                while let result = try await stream.next(in: { Library.Context(host: host) }) {
                    bodies.append(String(decoding: result.body, as: UTF8.self))
                }
            } catch {
                return (bodies, error.errors.first?.message)
            }
            return (bodies, nil)
        }
    }

    @Test("every event is executed with its own selection, and the stream ends")
    func everyEvent() async throws {
        let result = try await events("subscription { t: ticks(count: 2) { value later } }")
        #expect(
            result.bodies == [
                #"{"data":{"t":{"value":1,"later":2}}}"#, #"{"data":{"t":{"value":2,"later":3}}}"#,
            ])
        #expect(result.failure == nil)
    }

    @Test("a source stream that can't be made is a request error")
    func refused() async throws {
        let result = try await events("subscription { ticks(count: 0) { value } }")
        #expect(result.bodies.isEmpty)
        #expect(result.failure == "nothing to count")
    }

    @Test("a source stream that breaks ends the subscription with its error")
    func broken() async throws {
        let result = try await events("subscription { ticks(count: 5, failAt: 2) { value } }")
        #expect(result.bodies.count == 1)
        #expect(result.failure == "broken")
    }

    @Test("a subscription has exactly one root field")
    func oneRootField() async throws {
        #expect(throws: RequestError.self) {
            try Library.makeEngine().prepare(
                GraphQLRequest("subscription { a: ticks(count: 1) { value } b: ticks(count: 1) { value } }"))
        }
    }
}
