import Clients
import Database
import EventLoop
import FoundationEssentials
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Workflows

/// Reviews and the worker together: what a person sees from start to end.
@Suite struct ReviewWorkerTests {
    @Test func aStartedReviewIsTakenUpAndCompleted() async throws {
        try await withWorker(ScriptedModel { _ in .ok([finding("fine", .safe)]) }) { world, _, start in
            let reviewID = try await start()
            #expect(try await end(of: reviewID, in: world.pool) == "COMPLETED")
            try await job(of: reviewID, becomes: "COMPLETED", in: world.pool)
        }
    }

    @Test("rule 23: cancelling stops the model and the job")
    func cancellingStopsTheModelAndTheJob() async throws {
        let asked = AsyncStream.makeStream(of: Void.self)
        let stopped = AsyncStream.makeStream(of: Void.self)
        let model = ScriptedModel { _ in
            asked.continuation.yield()
            defer { stopped.continuation.yield() }
            try await Swift.Task.sleep(for: .seconds(3600))
            return .ok([finding("never", .risk)])
        }
        try await withWorker(model) { world, reviews, start in
            let reviewID = try await start()
            for await _ in asked.stream { break }
            try await reviews.cancel(viewer: world.member, reviewID: reviewID)
            #expect(try await end(of: reviewID, in: world.pool) == "CANCELLED")
            for await _ in stopped.stream { break }
            try await job(of: reviewID, becomes: "CANCELLED", in: world.pool)
            #expect(try await world.count("select count(*) from findings") == 0)
        }
    }

    @Test func aDatabaseFaultInTheMiddleIsTriedAgainAndNothingIsLostOrDoubled() async throws {
        let asked = Mutex(0)
        try await withListener { pool, listener in
            let model = ScriptedModel { _ in
                let number = asked.withLock { count in
                    count += 1
                    return count
                }
                // All sessions of transactions are ended while the run is in the middle of its checks.
                if number == 2 {
                    _ = try await pool.query(
                        """
                        select pg_terminate_backend(pid)
                        from pg_stat_activity
                        where datname = current_database()
                        and pid <> pg_backend_pid()
                        and query not ilike 'listen%'
                        """)
                }
                return .ok([finding("one", .risk), finding("two", .safe)])
            }
            try await withWorker(model, pool, listener) { world, _, start in
                let reviewID = try await start()
                #expect(try await end(of: reviewID, in: world.pool) == "COMPLETED")
                #expect(try await world.count("select count(*) from findings") == 6)
                let events = try await EventStore(pool: pool).read(.review(reviewID), after: 0)
                #expect(events.filter { $0.kind == .reviewFindingStored }.count == 6)
            }
        }
    }

    // MARK: what the tests stand on

    /// Waits until a review has ended; by asking, as this is not about events.
    private func end(of reviewID: UUID, in pool: ConnectionPool) async throws -> String {
        while true {
            do {
                let rows = try await pool.query("select status from reviews where id = \(reviewID)")
                if let text = rows.first?.string(0), RunStatus(rawValue: text)?.isEnd == true { return text }
            } catch let error as DatabaseError where error.code == .connectionLost {
                // A test ends all sessions, and this one with them if it is asking just then.
            }
            try await pool.loop.sleep(for: .milliseconds(2))
        }
    }

    private func job(of reviewID: UUID, becomes status: String, in pool: ConnectionPool) async throws {
        while try await pool.query("select 1 from jobs where key = \(reviewID.text) and status = \(status)").isEmpty {
            try await pool.loop.sleep(for: .milliseconds(2))
        }
    }

    private func withWorker(
        _ model: ScriptedModel,
        _ body: @escaping @Sendable (World, ReviewStore, () async throws -> UUID) async throws -> Void
    ) async throws {
        try await withListener { pool, listener in try await withWorker(model, pool, listener, body) }
    }

    private func withWorker(
        _ model: ScriptedModel, _ pool: ConnectionPool, _ listener: EventListener,
        _ body: @Sendable (World, ReviewStore, () async throws -> UUID) async throws -> Void
    ) async throws {
        try await withObjects { objects in
            let world = try await World.make(pool)
            let reviews = ReviewStore(pool: pool)
            try await objects.put(.bytes(try pngBytes()), at: try ObjectKey("pictures/a"))
            let subtaskID = try await world.subtask(key: "pictures/a")
            let rpdIDs = [try await world.rpd("One"), try await world.rpd("Two"), try await world.rpd("Three")]
            let worker = Worker(
                pool: pool, listener: listener,
                handlers: [
                    ReviewRun(
                        pool: pool, objects: objects, model: model, budget: RunBudget(concurrentChecks: 1))
                ],
                configuration: WorkerConfiguration(
                    node: "test", lease: Lease(duration: .seconds(3), heartbeat: .seconds(1)),
                    backoff: Backoff(initial: .milliseconds(5), maximum: .milliseconds(50))), loop: pool.loop)
            let running = pool.loop.spawn { await worker.run() }
            do {
                try await body(world, reviews) {
                    try await reviews.start(
                        viewer: world.member, subtaskID: subtaskID, selection: .rpds(rpdIDs), mode: "SPEED"
                    ).reviewID
                }
            } catch {
                running.cancel()
                await running.value
                throw error
            }
            running.cancel()
            await running.value
        }
    }
}
