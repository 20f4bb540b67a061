import JSON
import Testing

@testable import GraphQL

/// What a subscription sends, and how it ends.
struct SubscriptionRun {
    var bodies: [String] = []
    /// The errors that end it or that refuse it.
    var failure: RequestError?
    /// Whether it was refused before its first event.
    var isRefused = false

    static func of(_ query: String, variables: JSONObject = [:], engine: Engine? = nil) async throws -> SubscriptionRun
    {
        let engine = try engine ?? Library.makeEngine()
        let host = ExecutionHost.standalone()
        return await withTaskExecutorPreference(host.executor) {
            var run = SubscriptionRun()
            var hasStarted = false
            do throws(RequestError) {
                let prepared = try engine.prepare(GraphQLRequest(query, variables: variables))
                let stream = try await engine.subscribe(prepared, in: Library.Context(host: host))
                hasStarted = true
                while let result = try await stream.next(in: { Library.Context(host: host) }) {
                    run.bodies.append(String(decoding: result.body, as: UTF8.self))
                }
            } catch {
                run.failure = error
                run.isRefused = !hasStarted
            }
            return run
        }
    }
}
