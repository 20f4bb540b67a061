import Database
import EventLoop
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite struct WorkerTests {
    @Test func aJobIsDoneAsSoonAsItIsCommitted() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, _ in }
            try await working(pool, listener, handler, pollInterval: .seconds(3600)) {
                try await enqueue("a", in: pool)
                // Only the notification can have woken the worker: it polls once an hour.
                try await until("completed", "a", in: pool)
            }
            #expect(handler.runs == ["a"])
        }
    }

    @Test func aFailedJobIsTriedAgainAndThenBuriedWithItsReason() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, _ in throw Broken() }
            try await working(pool, listener, handler) {
                try await enqueue("a", attempts: 3, in: pool)
                try await until("dead", "a", in: pool)
            }
            #expect(handler.runs == ["a", "a", "a"])
            #expect(handler.burials == ["a"])
        }
    }

    @Test func aPermanentFailureIsNotTriedAgain() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, _ in throw JobFailure.permanent(reason: "no such file") }
            try await working(pool, listener, handler) {
                try await enqueue("a", in: pool)
                try await until("dead", "a", in: pool)
            }
            #expect(handler.runs == ["a"])
            let reason = try await pool.query("select last_error from jobs")
            #expect(reason.first?.string(0) == "no such file")
        }
    }

    @Test func aCancelledJobStopsItsHandlerByNotification() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, handler in
                handler.started()
                try await pool.loop.sleep(for: .seconds(3600))
            }
            try await working(pool, listener, handler, pollInterval: .seconds(3600)) {
                try await enqueue("a", in: pool)
                await handler.untilStarted()
                try await pool.withTransaction { try await JobStore.requestCancel(kind, key: "a", in: $0) }
                try await until("cancelled", "a", in: pool)
            }
            #expect(handler.runs == ["a"])
        }
    }

    @Test func aCancelledJobStopsItsHandlerByPollingWhenTheNotificationIsLost() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, handler in
                handler.started()
                try await pool.loop.sleep(for: .seconds(3600))
            }
            try await working(pool, listener, handler, pollInterval: .milliseconds(50)) {
                try await enqueue("a", in: pool)
                await handler.untilStarted()
                // Without the function that notifies.
                _ = try await pool.query("update jobs set cancel_requested_at = now()")
                try await until("cancelled", "a", in: pool)
            }
        }
    }

    @Test func aWorkerThatStopsGivesItsJobBackUncounted() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, handler in
                handler.started()
                try await pool.loop.sleep(for: .seconds(3600))
            }
            try await working(pool, listener, handler) {
                try await enqueue("a", in: pool)
                await handler.untilStarted()
            }
            let row = try #require(try await pool.query("select status, attempts from jobs").first)
            #expect(row.string(0) == "QUEUED")
            #expect(row.int(1) == 0)
        }
    }

    @Test func aJobOfADeadWorkerIsTakenWhenItsLeaseIsOver() async throws {
        try await withListener { pool, listener in
            try await enqueue("a", in: pool)
            // A worker that was killed: it holds the job and never comes back.
            _ = try await JobStore(pool: pool).claim(
                kinds: [kind], worker: "dead/1", lease: .milliseconds(100), limit: 1)
            let handler = Handler { _, _ in }
            try await working(pool, listener, handler) { try await until("completed", "a", in: pool) }
            #expect(handler.runs == ["a"])
        }
    }

    @Test func aWorkerThatLostItsLeaseStopsAndWritesNothing() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, handler in
                handler.started()
                defer { handler.ended() }
                try await pool.loop.sleep(for: .seconds(3600))
            }
            let other = UUID()
            try await working(pool, listener, handler) {
                try await enqueue("a", in: pool)
                await handler.untilStarted()
                _ = try await pool.query("update jobs set lease_token = \(other), worker = 'other/1'")
                await handler.untilEnded()
            }
            let row = try #require(try await pool.query("select status, lease_token from jobs").first)
            #expect(row.string(0) == "RUNNING")
            #expect(row.uuid(1) == other)
        }
    }

    @Test func noMoreJobsRunAtOnceThanAllowed() async throws {
        try await withListener { pool, listener in
            let handler = Handler { _, handler in
                handler.started()
                try await pool.loop.sleep(for: .milliseconds(5))
                handler.ended()
            }
            for number in 0..<12 { try await enqueue(String(number), in: pool) }
            try await working(pool, listener, handler, maximumJobs: 3) {
                for number in 0..<12 { try await until("completed", String(number), in: pool) }
            }
            #expect(handler.runs.count == 12)
            #expect(handler.mostAtOnce == 3)
        }
    }

    // MARK: what the tests stand on

    private let kind = JobKind(rawValue: "test")

    private struct Broken: Error {}

    private func enqueue(_ key: String, attempts: Int = 5, in pool: ConnectionPool) async throws {
        try await pool.withTransaction { transaction in
            _ = try await JobStore.enqueue(kind, key: key, maximumAttempts: attempts, in: transaction)
        }
    }

    private func until(_ status: String, _ key: String, in pool: ConnectionPool) async throws {
        while try await pool.query(
            "select 1 from jobs where key = \(key) and status = \(status.uppercased())"
        ).isEmpty {
            try await pool.loop.sleep(for: .milliseconds(2))
        }
    }

    /// Runs `body` beside a worker, then ends the worker and waits for its end.
    private func working(
        _ pool: ConnectionPool, _ listener: EventListener, _ handler: Handler,
        pollInterval: Duration = .milliseconds(20), maximumJobs: Int = 2, _ body: () async throws -> Void
    ) async throws {
        let worker = Worker(
            pool: pool, listener: listener, handlers: [handler],
            configuration: WorkerConfiguration(
                node: "test", maximumJobs: maximumJobs,
                lease: Lease(duration: .seconds(10_000), heartbeat: .seconds(3600)),
                backoff: Backoff(initial: .milliseconds(1), maximum: .milliseconds(4)), pollInterval: pollInterval),
            loop: pool.loop)
        let running = pool.loop.spawn { await worker.run() }
        do {
            try await body()
            running.cancel()
            await running.value
        } catch {
            running.cancel()
            await running.value
            throw error
        }
    }
}

/// A handler that counts and can be waited for.
private final class Handler: JobHandler {
    private struct State {
        var runs: [String] = []
        var burials: [String] = []
        var atOnce = 0
        var mostAtOnce = 0
    }

    let kind = JobKind(rawValue: "test")
    private let state = Mutex(State())
    private let body: @Sendable (Job, Handler) async throws -> Void
    private let startSignal = AsyncStream.makeStream(of: Void.self)
    private let endSignal = AsyncStream.makeStream(of: Void.self)

    init(_ body: @escaping @Sendable (Job, Handler) async throws -> Void) { self.body = body }

    var runs: [String] { state.withLock { $0.runs } }
    var burials: [String] { state.withLock { $0.burials } }
    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    func run(_ job: Job) async throws {
        state.withLock { $0.runs.append(job.key) }
        try await body(job, self)
    }

    func bury(_ job: Job, reason: String) async throws { state.withLock { $0.burials.append(job.key) } }

    func started() {
        state.withLock {
            $0.atOnce += 1
            $0.mostAtOnce = max($0.mostAtOnce, $0.atOnce)
        }
        startSignal.continuation.yield()
    }

    func ended() {
        state.withLock { $0.atOnce -= 1 }
        endSignal.continuation.yield()
    }

    func untilStarted() async { for await _ in startSignal.stream { break } }
    func untilEnded() async { for await _ in endSignal.stream { break } }
}
