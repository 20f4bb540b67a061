import JSON
import Testing

@testable import GraphQL

@Suite("Document cache")
struct DocumentCacheTests {
    private static let capacity = 200_000

    private let schema: GraphQLSchema

    init() throws {
        schema = try GraphQLSchema.build(from: Library.sdl)
    }

    private func text(_ name: String) -> [UInt8] { Array("{ \(name) }".utf8) }

    private func store(_ name: String, in cache: DocumentCache) throws {
        let document = try Document(parsing: text(name))
        let coercion = InputCoercion(document: document, schema: schema, scalars: [:])
        cache.store(.success(PreparedDocument(coercion, maximumPlanBytes: 10_000)), for: text(name))
    }

    private func flood(_ cache: DocumentCache, count: Int = 2_000, _ afterEach: () -> Void = {}) throws {
        for number in 0..<count {
            try store("flood\(number)", in: cache)
            #expect(cache.bytes <= Self.capacity)
            afterEach()
        }
    }

    @Test func `what was stored is found until its bytes are needed`() throws {
        let cache = DocumentCache(capacity: Self.capacity)
        try store("a", in: cache)
        #expect(cache[text("a")] != nil)
        #expect(cache[text("b")] == nil)
        try flood(cache)
        #expect(cache[text("flood1999")] != nil)
        #expect(cache[text("flood0")] == nil)
    }

    @Test func `documents sent once don't push out one that was used twice`() throws {
        let cache = DocumentCache(capacity: Self.capacity)
        try store("hot", in: cache)
        _ = cache[text("hot")]
        try flood(cache)
        #expect(cache[text("hot")] != nil)
    }

    @Test func `documents sent twice don't push out one that stays in use`() throws {
        let cache = DocumentCache(capacity: Self.capacity)
        try store("hot", in: cache)
        var number = 0
        try flood(cache) {
            _ = cache[text("flood\(number)")]
            _ = cache[text("hot")]
            number += 1
        }
        #expect(cache[text("hot")] != nil)
    }

    @Test func `proven documents that nobody uses any more leave in the end`() throws {
        let cache = DocumentCache(capacity: Self.capacity)
        try store("old", in: cache)
        _ = cache[text("old")]
        for number in 0..<2_000 {
            try store("new\(number)", in: cache)
            _ = cache[text("new\(number)")]
        }
        #expect(cache[text("old")] == nil)
    }

    @Test func `a refusal leaves first, however often it is repeated`() throws {
        let cache = DocumentCache(capacity: Self.capacity)
        let refusal = RequestError([GraphQLError("no", code: .validationFailed)], .validation)
        cache.store(.failure(refusal), for: text("bad"))
        try store("good", in: cache)
        for _ in 0..<10 {
            _ = cache[text("bad")]
            _ = cache[text("good")]
        }
        try flood(cache)
        #expect(cache[text("bad")] == nil)
        #expect(cache[text("good")] != nil)
    }

    @Test func `a text that is stored twice is kept once`() throws {
        let cache = DocumentCache(capacity: Self.capacity)
        try store("a", in: cache)
        let bytes = cache.bytes
        try store("a", in: cache)
        #expect(cache.bytes == bytes)
    }

    @Test func `a document that would fill an eighth of the cache is not kept`() throws {
        let cache = DocumentCache(capacity: Self.capacity)
        try store(String(repeating: "a", count: Self.capacity / 8), in: cache)
        #expect(cache.bytes == 0)
        try store(String(repeating: "a", count: Self.capacity / 32), in: cache)
        #expect(cache.bytes > Self.capacity / 32)
    }

    @Test func `plans count, and those of one document are bounded in number and bytes`() throws {
        let engine = try Library.makeEngine()
        let names = (0..<8).map { "c\($0)" }
        let query =
            "query (\(names.map { "$\($0): Boolean!" }.joined(separator: " "))) { shelves { id "
            + names.map { "\($0): label @include(if: $\($0))" }.joined(separator: " ") + " } }"
        var plans: [ObjectIdentifier: Int] = [:]
        func prepare(_ combination: Int) throws -> PreparedRequest {
            let variables = names.enumerated().map { ($1, JSONValue.bool(combination >> $0 & 1 == 1)) }
            return try engine.prepare(GraphQLRequest(query, variables: JSONObject(variables)))
        }
        let hot = try prepare(0)
        let before = engine.cachedBytes
        for combination in 1..<256 {
            plans[ObjectIdentifier(try prepare(combination).plan), default: 0] += 1
            #expect(try prepare(0).plan === hot.plan)
        }
        let added = engine.cachedBytes - before
        #expect(added > hot.plan.heapBytes * (PreparedDocument.maximumPlans - 1))
        #expect(added < hot.plan.heapBytes * PreparedDocument.maximumPlans * 3)
    }

    @Test func `a plan larger than the cache allows is made but not kept`() throws {
        let engine = try Library.makeEngine(configuration: EngineConfiguration(documentCacheBytes: 16_000))
        let request = GraphQLRequest("{ found { ...B ... on Disc { id } } } fragment B on Book { id title pages }")
        let first = try engine.prepare(request)
        #expect(first.plan.heapBytes > 2_000)
        #expect(try engine.prepare(request).plan !== first.plan)
    }
}
