// Our engine on the benchmark's work.

import CAllocations
import GraphQL
import JSON

/// Runs one piece of work at a time, by name.
struct Worker {
    private let schema: GraphQLSchema
    /// As a server runs: documents are remembered.
    private let engine: Engine
    /// As if every document came for the first time.
    private let forgetful: Engine
    private let host = ExecutionHost.standalone()
    private let text: [UInt8]
    private let document: Document
    private let introspection: GraphQLRequest
    private let dash: [String: PreparedRequest]

    init(schemaText: String, dashText: String, introspectionText: String) throws {
        schema = try GraphQLSchema.build(from: schemaText)
        let resolvers = benchmarkResolvers((0..<1000).map { Project($0, reviews: 5, findings: 10) })
        engine = try Engine(schema: schema, resolvers: resolvers)
        var configuration = EngineConfiguration()
        configuration.documentCacheBytes = 0
        forgetful = try Engine(schema: schema, resolvers: resolvers, configuration: configuration)
        text = Array(dashText.utf8)
        document = try Document(parsing: text)
        introspection = GraphQLRequest(introspectionText)
        var dash: [String: PreparedRequest] = [:]
        for (work, projects) in [("execute", 20), ("execute-200", 200), ("execute-1000", 1000)] {
            dash[work] = try engine.prepare(Self.dash(text, projects))
        }
        self.dash = dash
    }

    /// The nanoseconds that `repeats` runs take together.
    func time(_ work: String, repeats: Int) async throws -> Int {
        let clock = ContinuousClock()
        let start = clock.now
        switch work {
        case "parse": for _ in 0..<repeats { _ = try Document(parsing: text) }
        case "validate": for _ in 0..<repeats { _ = Validator.validate(document, against: schema) }
        case "prepare": try prepare(with: forgetful, repeats)
        case "seen": try prepare(with: engine, repeats)
        default: for _ in 0..<repeats { _ = try await response(of: work) }
        }
        let (seconds, attoseconds) = (clock.now - start).components
        return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    }

    /// What one run takes from the heap.
    func count(_ work: String) async throws -> allocations {
        _ = try await response(of: work)
        allocations_start()
        _ = try await response(of: work)
        return allocations_stop()
    }

    /// The response's bytes.
    func response(of work: String) async throws -> [UInt8] {
        let request: PreparedRequest
        if work == "introspect" {
            request = try forgetful.prepare(introspection)
        } else if let known = dash[work] {
            request = known
        } else {
            throw UnknownWork(name: work)
        }
        return await engine.execute(request, in: ExecutionContext(host: host)).body
    }

    private func prepare(with engine: Engine, _ repeats: Int) throws {
        // A server gets the text from a socket: never the same memory as the cache's.
        let copy = text.withUnsafeBytes { Array($0) }
        let request = Self.dash(copy, 20)
        for _ in 0..<repeats { _ = try engine.prepare(request) }
    }

    private static func dash(_ text: [UInt8], _ projects: Int) -> GraphQLRequest {
        GraphQLRequest(query: text, variables: JSONObject([("n", .int(Int64(projects)))]))
    }
}

/// The comparison asked for something that there isn't.
struct UnknownWork: Error {
    let name: String
}
