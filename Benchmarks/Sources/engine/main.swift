// Prints what the engine costs on the operation of the first slice. Timings are medians; nothing here is a test.

import GraphQL
import JSON

/// The median time of one call, over batches that each take long enough to be measured.
func median(_ name: String, repeats: Int = 301, inner: Int = 1, _ body: () async throws -> Void) async rethrows {
    let clock = ContinuousClock()
    var samples: [Double] = []
    for _ in 0..<repeats {
        let start = clock.now
        for _ in 0..<inner { try await body() }
        let (seconds, attoseconds) = (clock.now - start).components
        samples.append((Double(seconds) * 1e6 + Double(attoseconds) / 1e12) / Double(inner))
    }
    samples.sort()
    let value = (samples[samples.count / 2] * 100).rounded() / 100
    print("\(name): \(value) µs")
}

let schema = try GraphQLSchema.build(from: benchmarkSDL)
let projects = (0..<20).map { Project($0, reviews: 5, findings: 10) }
let engine = try Engine(schema: schema, resolvers: benchmarkResolvers(projects))
let uncached = try Engine(
    schema: schema, resolvers: benchmarkResolvers(projects), configuration: EngineConfiguration(documentCacheBytes: 0))
let text = Array(dashOperation.utf8)
let request = GraphQLRequest(query: text, variables: JSONObject([("n", .int(20))]))
let host = ExecutionHost.standalone()

await median("parse", inner: 100) { _ = try! Document(parsing: text) }
let document = try Document(parsing: text)
await median("validate", inner: 100) { _ = Validator.validate(document, against: schema) }
await median("parse + validate + plan", inner: 100) { _ = try! uncached.prepare(request) }
await median("text to plan, seen before", inner: 100) { _ = try! engine.prepare(request) }
let prepared = try engine.prepare(request)
let bytes = await engine.execute(prepared, in: ExecutionContext(host: host)).body
await median("execute and serialise \(bytes.count) bytes") {
    _ = await engine.execute(prepared, in: ExecutionContext(host: host))
}
