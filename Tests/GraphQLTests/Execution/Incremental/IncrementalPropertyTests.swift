import JSON
import Testing

@testable import GraphQL

/// All payloads together are what the operation gives without incremental delivery, whatever is put off where.
@Suite("Incremental delivery: any operation")
struct IncrementalPropertyTests {
    @Test(arguments: 0..<8)
    func `merged payloads are the complete result`(seed: UInt64) async throws {
        for number in 0..<40 {
            var generator = OperationGenerator(seed: seed * 1_000 + UInt64(number))
            let query = generator.query()
            let payloads = try await Stage.payloads(query)
            let expected = try await Stage.complete(query)
            let merged = try PayloadMerger.merge(payloads)
            #expect(merged.data == expected["data"], "\(query)\n\(payloads.joined(separator: "\n"))")
            #expect(merged.failures.isEmpty)
            #expect(
                Set(merged.errors) == Set(expected["errors"]?.array ?? [])
                    && merged.errors.count == expected["errors"]?.array?.count ?? 0,
                "\(query)\n\(payloads.joined(separator: "\n"))")
        }
    }

    @Test func `the operations put off much, and nest what they put off`() throws {
        let engine = try Stage.engine()
        var incremental = 0
        for seed in 0..<100 {
            var generator = OperationGenerator(seed: UInt64(seed))
            if try engine.prepare(GraphQLRequest(generator.query())).isIncremental { incremental += 1 }
        }
        #expect(incremental > 60)
    }
}

/// Makes random operations on the stage's schema, the same for the same seed.
private struct OperationGenerator {
    private var state: UInt64
    private var names = 0
    private var fragments: [String] = []

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    mutating func query() -> String {
        let root = (0..<2 + below(2)).map { _ in deferred(rootField(), on: "Query") }.joined(separator: " ")
        return "query { \(root) __typename } " + fragments.joined(separator: " ")
    }

    private mutating func rootField() -> String {
        switch below(3) {
        case 0: "node { \(node(1 + below(3))) }"
        case 1: "nodes { \(node(1 + below(3))) }"
        default: "s\(name()): nodes \(stream()) { \(node(1 + below(3))) }"
        }
    }

    /// A selection on `Node`, nested so deep.
    private mutating func node(_ depth: Int) -> String {
        (0..<1 + below(4)).map { _ in deferred(nodeField(depth), on: "Node") }.joined(separator: " ") + " id"
    }

    private mutating func nodeField(_ depth: Int) -> String {
        let leaves = ["id", "name", "tags", "loaded", "soft", "__typename"]
        guard depth > 0, below(5) > 1 else { return leaves[below(leaves.count)] }
        switch below(8) {
        case 0, 1: return "child { \(node(depth - 1)) }"
        case 2: return "hardChild { \(node(depth - 1)) }"
        case 3: return "children { \(node(depth - 1)) }"
        case 4: return "things { ... on Node { \(node(depth - 1)) } \(deferred("name", on: "Thing")) }"
        default:
            let list = ["children", "sparse", "grid"][below(3)]
            return "s\(name()): \(list) \(stream()) { \(node(depth - 1)) }"
        }
    }

    private mutating func stream() -> String {
        "@stream(initialCount: \(below(3))\(below(4) == 0 ? ", if: false" : ""))"
    }

    /// The selection alone, or in a fragment that may be deferred.
    private mutating func deferred(_ selection: String, on type: String) -> String {
        let more = type == "Node" ? "name soft" : type == "Thing" ? "id" : ""
        let directive = below(4) == 0 ? "" : "@defer(label: \"\(name())\")"
        switch below(4) {
        case 0: return "... \(directive) { \(selection) \(below(2) == 0 ? "__typename" : "t\(name()): __typename") }"
        case 1:
            let fragment = "F\(name())"
            fragments.append("fragment \(fragment) on \(type) { \(selection) }")
            return "...\(fragment) \(directive)" + (below(3) == 0 ? " ...\(fragment)" : "")
        case 2: return "... \(directive) { \(selection) ... @defer { u\(name()): __typename \(more) } }"
        default: return selection
        }
    }

    private mutating func name() -> Int {
        names += 1
        return names
    }

    private mutating func below(_ limit: Int) -> Int {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
