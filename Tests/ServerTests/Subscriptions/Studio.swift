import EventLoop
import Foundation
import GraphQL
import JSON
import Logging
import Resolvers
import Testing

@testable import Server

/// A small API in memory whose subscriptions and slow fields the test controls, and which counts what it does.
final class Studio: @unchecked Sendable {  // Reason: confined to its loop.
    static let sdl = """
        type Query { hello: String!, viewer: String, gate(name: String!): String!, fails: String, failsHard: String! }
        type Mutation { touch: Int! }
        type Subscription { replay(topic: String!): Tick!, live(topic: String!): Tick! }
        type Tick { value: Int!, viewer: String, filler: String! }
        """

    let loop: Loop
    let keys: AccessTokenKeys
    private(set) var service: GraphQLService!
    /// Sessions that were signed out.
    var endedSessions: Set<UUID> = []
    /// Whether nobody can be found, as without a database.
    var isBroken = false
    /// How many were looked for in vain since.
    private(set) var failedLookups = 0
    private(set) var sourceStreams = 0
    private(set) var executions = 0
    private(set) var touches: Int32 = 0
    private var faucets: [String: Faucet] = [:]
    private var gates: [String: Gate] = [:]

    private init(loop: Loop, keys: AccessTokenKeys, options: TransportOptions) throws {
        self.loop = loop
        self.keys = keys
        let engine = try Engine(schema: try GraphQLSchema.build(from: Self.sdl), resolvers: resolvers())
        let host = ExecutionHost(executor: loop, whenIdle: { loop.whenIdle($0) })
        let authenticator = Authenticator(
            keys: keys, serviceTokenPrefix: "service_",
            findSession: { [unowned self] session, user in
                if isBroken {
                    failedLookups += 1
                    throw Secret()
                }
                return endedSessions.contains(session) ? nil : SignedIn(user: user, session: session)
            }, findServiceToken: { _ in nil })
        service = GraphQLService(
            engine: engine, loop: loop, authenticator: authenticator, logger: Logger(label: "test"), options: options
        ) { viewer, _, _, _ in StudioContext(host: host, viewer: viewer?.user) }
    }

    /// Runs a test on the loop of a studio of its own.
    static func run(
        _ options: TransportOptions = TransportOptions(), _ body: @escaping @Sendable (Studio) async throws -> Void
    ) async throws {
        let loop = try Loop(name: "studio")
        try loop.start()
        let studio = try Studio(
            loop: loop, keys: try await AccessTokenKeys(secret: Array(repeating: 42, count: 32)), options: options)
        do {
            try await loop.run { try await body(studio) }
        } catch {
            Issue.record(error)
        }
        // Whatever still runs ends here, and may ask the studio until then.
        await loop.stop()
        withExtendedLifetime(studio) {}
        #expect(loop.stoppedCleanly == true)
    }

    func topic(_ name: String) -> Faucet {
        loop.preconditionOnLoop("Studio.topic")
        if let known = faucets[name] { return known }
        let made = Faucet()
        faucets[name] = made
        return made
    }

    func gate(_ name: String) -> Gate {
        loop.preconditionOnLoop("Studio.gate")
        if let known = gates[name] { return known }
        let made = Gate()
        gates[name] = made
        return made
    }

    /// Lets everything run that is ready, and what that makes ready.
    func settle() async {
        for _ in 0..<5 {
            await withCheckedContinuation { continuation in loop.whenIdle { continuation.resume() } }
        }
    }

    private func resolvers() -> ResolverTable {
        var table = ResolverTable()
        table.set("Query", "hello", .root { (_: NoArguments, _) in "world" })
        table.set(
            "Query", "viewer",
            .root { (_: NoArguments, call) -> String? in (call.context as? StudioContext)?.viewer?.uuidString })
        table.set(
            "Query", "gate",
            .root { [unowned self] (arguments: Name, _) -> String in
                await gate(arguments.text).pass()
                return arguments.text
            })
        table.set(
            "Query", "fails", .root { (_: NoArguments, _) -> String? in throw FieldError("no", code: .forbidden) })
        table.set("Query", "failsHard", .root { (_: NoArguments, _) -> String in throw Secret() })
        table.set(
            "Mutation", "touch",
            .root { [unowned self] (_: NoArguments, _) -> Int32 in
                touches += 1
                return touches
            })
        for isLive in [true, false] {
            table.set(
                "Subscription", isLive ? "live" : "replay",
                .subscription { [unowned self] (arguments: Name, _) -> TypedSourceStream<Tick.Object> in
                    sourceStreams += 1
                    if arguments.text == "forbidden" { throw FieldError("Topic not found", code: .notFound) }
                    let reader = topic(arguments.text).reader(isLive: isLive)
                    return TypedSourceStream(isLiveOnly: isLive) {
                        try await reader.next().map { .one(Tick(value: $0)) }
                    }
                })
        }
        table.set("Tick", "value", .stored { (tick: Tick) in tick.value })
        table.set("Tick", "filler", .stored { (_: Tick) in String(repeating: "x", count: 100_000) })
        table.set(
            "Tick", "viewer",
            .loaded { [unowned self] (ticks: [Tick], _: NoArguments, call) -> Leaves<String?> in
                executions += 1
                return Leaves(ticks.map { _ in (call.context as? StudioContext)?.viewer?.uuidString })
            })
        return table
    }
}

/// A failure whose text must never reach a client.
struct Secret: Error {}

private final class StudioContext: ExecutionContext, @unchecked Sendable {  // Reason: as its superclass.
    let viewer: UUID?

    init(host: ExecutionHost, viewer: UUID?) {
        self.viewer = viewer
        super.init(host: host)
    }
}

private struct Name: ArgumentDecodable {
    let text: String

    init(_ values: ArgumentValues) throws { text = try values.required(0) }
}

private struct Tick: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "Tick" } }
    let value: Int32
}

/// A field that waits until the test lets it go on, whether or not it was cancelled in the meantime.
final class Gate: @unchecked Sendable {  // Reason: confined to the studio's loop.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false
    let reached = Signal()

    func pass() async {
        guard !isOpen else { return }
        await withCheckedContinuation {
            waiting.append($0)
            reached.send()
        }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

/// The events of a topic: what was, and what the test lets happen.
final class Faucet: @unchecked Sendable {  // Reason: confined to the studio's loop.
    fileprivate private(set) var past: [Int32] = []
    fileprivate private(set) var isEnded = false
    fileprivate private(set) var failure: FieldError?
    fileprivate var waiters: [CheckedContinuation<Void, Never>] = []
    private let alive = LockedBox(0)
    /// Sent whenever a reader has been freed.
    let freed = Signal()

    /// How many source streams read here.
    var readers: Int { alive.withLock { $0 } }

    func emit(_ value: Int32) {
        past.append(value)
        wake()
    }

    func end() {
        isEnded = true
        wake()
    }

    func fail(_ error: FieldError) {
        failure = error
        wake()
    }

    fileprivate func reader(isLive: Bool) -> Reader {
        alive.withLock { $0 += 1 }
        return Reader(faucet: self, position: isLive ? past.count : 0)
    }

    fileprivate func wake() {
        let woken = waiters
        waiters = []
        for waiter in woken { waiter.resume() }
    }

    fileprivate final class Reader: @unchecked Sendable {  // Reason: used by the one task that reads the stream.
        private let faucet: Faucet
        private var position: Int

        init(faucet: Faucet, position: Int) {
            self.faucet = faucet
            self.position = position
        }

        deinit {
            faucet.alive.withLock { $0 -= 1 }
            faucet.freed.send()
        }

        func next() async throws -> Int32? {
            while true {
                try Task.checkCancellation()
                if position < faucet.past.count {
                    position += 1
                    return faucet.past[position - 1]
                }
                if let failure = faucet.failure { throw failure }
                if faucet.isEnded { return nil }
                await withTaskCancellationHandler {
                    await withCheckedContinuation { continuation in
                        if Task.isCancelled { continuation.resume() } else { faucet.waiters.append(continuation) }
                    }
                } onCancel: {
                    // Cancelled on the studio's loop, by the hub.
                    faucet.wake()
                }
            }
        }
    }
}
