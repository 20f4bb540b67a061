import JSON

@testable import GraphQL

extension Stage {
    /// Runs an operation to its end and gives all payloads as text.
    static func payloads(
        _ query: String, variables: JSONObject = JSONObject(), context: Context = Context(host: .standalone())
    ) async throws -> [String] {
        let engine = try engine()
        let request = try engine.prepare(GraphQLRequest(query, variables: variables))
        return await withTaskExecutorPreference(context.host.executor) {
            let response = await engine.executeIncrementally(request, in: context)
            var payloads = [response.initial.body]
            while let payload = await response.next() { payloads.append(payload) }
            return payloads.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Runs an operation without incremental delivery.
    static func complete(_ query: String) async throws -> JSONValue {
        let engine = try engine()
        let request = try engine.prepare(GraphQLRequest(query))
        let context = Context(host: .standalone())
        return try await withTaskExecutorPreference(context.host.executor) {
            try JSONReader.read(await engine.execute(request, in: context).body)
        }
    }

    /// Begins an operation; `body` fetches payloads and opens gates.
    static func incremental<Value: Sendable>(
        _ query: String, context: Context = Context(host: .standalone()),
        _ body: (IncrementalResponse, Context) async throws -> Value
    ) async throws -> Value {
        let engine = try engine()
        let request = try engine.prepare(GraphQLRequest(query))
        return try await withTaskExecutorPreference(context.host.executor) {
            try await body(await engine.executeIncrementally(request, in: context), context)
        }
    }
}

extension IncrementalResponse {
    /// The first payload as text.
    var text: String { String(decoding: initial.body, as: UTF8.self) }

    /// The next payload as text.
    func nextText() async -> String? {
        await next().map { String(decoding: $0, as: UTF8.self) }
    }
}

/// What a client makes of the payloads: the reference for the format.
///
/// Everything that a client may rely on is checked on the way.
struct PayloadMerger {
    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var data: JSONValue = .null
    private(set) var errors: [JSONValue] = []
    /// The errors of parts that never came.
    private(set) var failures: [JSONValue] = []
    private var pending: [String: [JSONValue]] = [:]
    private var known: Set<String> = []
    private var hasNext = true

    static func merge(_ payloads: [String]) throws -> PayloadMerger {
        var merger = PayloadMerger()
        for (index, payload) in payloads.enumerated() {
            let payload = try JSONReader.read(Array(payload.utf8))
            guard merger.hasNext else { throw Violation(description: "a payload after the last one") }
            if index == 0 {
                merger.data = payload["data"] ?? .null
                merger.errors = payload["errors"]?.array ?? []
            } else if payload["data"] != nil || payload["errors"] != nil {
                throw Violation(description: "data or errors at the top of an update")
            }
            try merger.add(payload)
        }
        guard !merger.hasNext else { throw Violation(description: "no last payload") }
        guard merger.pending.isEmpty else { throw Violation(description: "\(merger.pending) never completed") }
        return merger
    }

    private mutating func add(_ payload: JSONValue) throws {
        for notice in payload["pending"]?.array ?? [] {
            guard let id = notice["id"]?.string, let path = notice["path"]?.array, known.insert(id).inserted else {
                throw Violation(description: "bad notice \(notice)")
            }
            pending[id] = path
        }
        for entry in payload["incremental"]?.array ?? [] {
            guard let id = entry["id"]?.string, let path = pending[id] else {
                throw Violation(description: "entry that is not pending: \(entry)")
            }
            errors += entry["errors"]?.array ?? []
            if let items = entry["items"]?.array {
                try change(&data, at: path[...]) { list in
                    guard let old = list.array else { throw Violation(description: "no list at \(path)") }
                    list = .array(old + items)
                }
            } else {
                guard let members = entry["data"]?.object else { throw Violation(description: "no data in \(entry)") }
                let place = path + (entry["subPath"]?.array ?? [])
                try change(&data, at: place[...]) { try Self.merge(members, into: &$0) }
            }
        }
        // With the data of this payload, or before, the place must have come.
        for path in pending.values where value(at: path[...]) == nil {
            throw Violation(description: "nothing at \(path)")
        }
        for notice in payload["completed"]?.array ?? [] {
            guard let id = notice["id"]?.string, pending.removeValue(forKey: id) != nil else {
                throw Violation(description: "completed, but not pending: \(notice)")
            }
            failures += notice["errors"]?.array ?? []
        }
        hasNext = payload["hasNext"]?.bool ?? false
    }

    private func value(at path: ArraySlice<JSONValue>) -> JSONValue? {
        var value = data
        for step in path {
            guard let below = step.string.map({ value[$0] }) ?? step.int.map({ value[Int($0)] }) ?? nil else {
                return nil
            }
            value = below
        }
        return value
    }

    private func change(
        _ value: inout JSONValue, at path: ArraySlice<JSONValue>, _ body: (inout JSONValue) throws -> Void
    ) throws {
        guard let step = path.first else { return try body(&value) }
        if let key = step.string, case .object(var object) = value, var below = object[key] {
            try change(&below, at: path.dropFirst(), body)
            object[key] = below
            value = .object(object)
        } else if let index = step.int, case .array(var list) = value, list.indices.contains(Int(index)) {
            try change(&list[Int(index)], at: path.dropFirst(), body)
            value = .array(list)
        } else {
            throw Violation(description: "nothing at \(path) in \(value)")
        }
    }

    /// Every field comes once.
    private static func merge(_ members: JSONObject, into value: inout JSONValue) throws {
        guard case .object(var object) = value else { throw Violation(description: "no object: \(value)") }
        for member in members {
            guard object[member.key] == nil else { throw Violation(description: "\(member.key) came twice") }
            object[member.key] = member.value
        }
        value = .object(object)
    }
}
