import JSON
import Synchronization

@testable import GraphQL

/// A small world for incremental delivery: nodes below nodes, some of whose fields wait for a gate that a test opens.
enum Stage {
    static let sdl = """
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @stream(if: Boolean! = true, label: String, initialCount: Int! = 0) on FIELD
        interface Thing { id: Int! name: String }
        type Node implements Thing {
          id: Int! name: String tags: [String!]!
          gated(gate: String!): String loaded: String hard: String! soft: String
          child: Node hardChild: Node! children: [Node!]! sparse: [Node] grid: [[Node]!]! things: [Thing]
        }
        type Leaf implements Thing { id: Int! name: String }
        type Query { node: Node nodes: [Node!]! }
        type Mutation { touch(id: Int!): Node }
        type Subscription { ticks: Node }
        """

    struct Node: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Node" } }
        let number: Int32

        /// Children of children would soon be more than numbers can tell apart.
        func below(_ index: Int32) -> Node { Node(number: (number * 7 + index) % 1_000) }
    }

    struct Leaf: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Leaf" } }
        let number: Int32
    }

    enum ThingTag: AbstractTypeTag { static var typeName: String { "Thing" } }

    struct GateName: ArgumentDecodable {
        let name: String

        init(_ values: ArgumentValues) throws { name = try values.required(0) }
    }

    struct Number: ArgumentDecodable {
        let number: Int32

        init(_ values: ArgumentValues) throws { number = try values.required(0) }
    }

    /// What a request carries: its gates, its loader, and a log of the resolvers that were called.
    final class Context: ExecutionContext, @unchecked Sendable {
        let gates = Gates()
        private let calls = Mutex<[String]>([])
        private(set) var names: DataLoader<Int32, String>!

        override init(host: ExecutionHost) {
            super.init(host: host)
            names = DataLoader(queue: loaderQueue) { [unowned self] keys in
                log("batch of \(keys.count)")
                return Dictionary(uniqueKeysWithValues: keys.map { ($0, "loaded \($0)") })
            }
        }

        var log: [String] { calls.withLock { $0 } }

        func log(_ call: String) { calls.withLock { $0.append(call) } }
    }

    // Random operations nest lists more than a limit of costs would allow.
    private static let made = Result {
        try Engine(
            schema: GraphQLSchema.build(from: sdl), resolvers: resolvers(),
            configuration: EngineConfiguration(cost: nil))
    }

    static func engine() throws -> Engine { try made.get() }

    static func resolvers() -> ResolverTable {
        var table = ResolverTable()
        addNode(to: &table)
        addLists(to: &table)
        table.set("Leaf", "id", .stored { (leaf: Leaf) in leaf.number })
        table.set("Leaf", "name", .stored { (leaf: Leaf) -> String? in "leaf \(leaf.number)" })
        table.set(
            "Query", "node", .rootObjects { (_: NoArguments, _) -> Objects<Node.Object> in .one(Node(number: 1)) })
        table.set(
            "Query", "nodes",
            .rootObjects { (_: NoArguments, _) -> Objects<Node.Object> in
                Objects(lists: [[Node(number: 1), Node(number: 2), Node(number: 3)]])
            })
        table.set(
            "Mutation", "touch",
            .rootObjects { (arguments: Number, call) -> Objects<Node.Object> in
                call.stage.log("touch \(arguments.number)")
                return .one(Node(number: arguments.number))
            })
        table.set(
            "Subscription", "ticks",
            .subscription { (_: NoArguments, _) -> TypedSourceStream<Node.Object> in
                TypedSourceStream { .one(Node(number: 1)) }
            })
        return table
    }

    private static func addNode(to table: inout ResolverTable) {
        table.set("Node", "id", .stored { (node: Node) in node.number })
        table.set("Node", "name", .stored { (node: Node) -> String? in "node \(node.number)" })
        table.set("Node", "tags", .stored { (node: Node) in ["a", "b", "c"] })
        table.set(
            "Node", "gated",
            .loaded { (nodes: [Node], arguments: GateName, call) -> Leaves<String?> in
                call.stage.log("gated \(arguments.name) of \(nodes.map(\.number))")
                try await call.stage.gates.wait(arguments.name)
                return Leaves(nodes.map { "\(arguments.name) \($0.number)" })
            })
        table.set(
            "Node", "loaded",
            .loaded { (nodes: [Node], _: NoArguments, call) -> Leaves<String?> in
                call.stage.log("loaded of \(nodes.map(\.number))")
                return Leaves(try await call.stage.names.load(nodes.map(\.number)))
            })
        table.set(
            "Node", "hard",
            .loaded { (nodes: [Node], _: NoArguments, _) -> Leaves<String> in
                Leaves(
                    results: nodes.map {
                        [2, 9].contains($0.number) ? .failure(FieldError("hard", code: .forbidden)) : .success("ok")
                    })
            })
        table.set(
            "Node", "soft",
            .loaded { (nodes: [Node], _: NoArguments, _) -> Leaves<String?> in
                Leaves(
                    results: nodes.map {
                        $0.number % 2 == 0
                            ? .failure(FieldError("soft", code: .notFound)) : .success("soft \($0.number)")
                    })
            })
    }

    private static func addLists(to table: inout ResolverTable) {
        table.set(
            "Node", "child",
            .storedObjects { (nodes: [Node]) -> Objects<Node.Object> in
                Objects(nodes.map { $0.number % 5 == 4 ? nil : $0.below(1) })
            })
        table.set(
            "Node", "hardChild",
            .storedObjects { (nodes: [Node]) -> Objects<Node.Object> in Objects(nodes.map { $0.below(1) }) })
        table.set(
            "Node", "children",
            .loadedObjects { (nodes: [Node], _: NoArguments, call) -> Objects<Node.Object> in
                call.stage.log("children of \(nodes.map(\.number))")
                return Objects(lists: nodes.map { node in (0..<node.number % 4).map { node.below($0) } })
            })
        table.set(
            "Node", "sparse",
            .storedObjects { (nodes: [Node]) -> Objects<Node.Object> in
                Objects(optionalLists: nodes.map { $0.number % 6 == 5 ? nil : [$0.below(1), nil, $0.below(2)] })
            })
        table.set(
            "Node", "grid",
            .storedObjects { (nodes: [Node]) -> Objects<Node.Object> in
                // Per node [[a, null], [], [b]].
                let tokens = nodes.indices.flatMap { node -> [Int32] in
                    [-2, 3, -2, 2, Int32(2 * node), -1, -2, 0, -2, 1, Int32(2 * node + 1)]
                }
                return Objects(
                    column: ObjectsColumn(
                        batches: [("Node", ObjectBatch(nodes.flatMap { [$0.below(1), $0.below(2)] }))],
                        shape: .tokens(tokens, starts: nodes.indices.map { Int32(11 * $0) }), parentCount: nodes.count))
            })
        table.set(
            "Node", "things",
            .storedObjects { (nodes: [Node]) -> Objects<ThingTag> in
                var things = AbstractObjects<ThingTag>()
                for node in nodes {
                    things.appendList { list in
                        list.append(Leaf(number: node.number))
                        list.append(node.below(1))
                        list.append(failure: FieldError("lost", code: .notFound))
                        list.append(node.below(2))
                    }
                }
                return things.finish()
            })
    }
}

/// Named gates: who waits at one goes on when a test opens it, or is cancelled.
final class Gates: Sendable {
    private struct State {
        var opened: Set<String> = []
        var waiters: [String: [CheckedContinuation<Void, Never>]] = [:]
        var isCancelled = false
        var arrivals: [String: CheckedContinuation<Void, Never>] = [:]
        var cancellation: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func wait(_ name: String) async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (mayPass, arrival) = state.withLock { state in
                    let arrival = state.arrivals.removeValue(forKey: name)
                    if state.opened.contains(name) || state.isCancelled { return (true, arrival) }
                    state.waiters[name, default: []].append(continuation)
                    return (false, arrival)
                }
                arrival?.resume()
                if mayPass { continuation.resume() }
            }
        } onCancel: {
            let waiters = state.withLock { state in
                state.isCancelled = true
                defer {
                    state.waiters = [:]
                    state.cancellation = nil
                }
                return state.waiters.values.flatMap { $0 } + (state.cancellation.map { [$0] } ?? [])
            }
            for waiter in waiters { waiter.resume() }
        }
        try Task.checkCancellation()
    }

    /// Waits until somebody waits at a gate.
    func arrival(at name: String) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.waiters[name] != nil || state.isCancelled { return true }
                state.arrivals[name] = continuation
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Waits until somebody at a gate is cancelled.
    func cancellation() async {
        await withCheckedContinuation { continuation in
            let isCancelled = state.withLock { state in
                if !state.isCancelled { state.cancellation = continuation }
                return state.isCancelled
            }
            if isCancelled { continuation.resume() }
        }
    }

    func open(_ name: String) {
        let waiters = state.withLock { state in
            state.opened.insert(name)
            return state.waiters.removeValue(forKey: name) ?? []
        }
        for waiter in waiters { waiter.resume() }
    }
}

extension FieldCall {
    /// The test's context: this world makes no other.
    fileprivate var stage: Stage.Context {
        guard let context = context as? Stage.Context else { preconditionFailure("another context") }
        return context
    }
}
