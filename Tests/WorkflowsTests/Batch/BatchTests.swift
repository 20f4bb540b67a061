import Clients
import Database
import EventLoop
import FoundationEssentials
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite("Batch jobs", .timeLimit(.minutes(15)))
struct BatchTests {
    @Test("rule 28: every item ends once, at most four run at once, and the counters always add up")
    func allItems() async throws {
        try await withBatch(pictures: 7) { stage in
            let job = try await stage.start()
            let status = try await stage.working { try await stage.end(of: job) }
            #expect(status == "COMPLETED")
            #expect(stage.mostAtOnce <= BatchStore.itemsAtOnce)
            #expect(try await stage.items(of: job) == Array(repeating: "SUCCEEDED 1", count: 7))
            let counts = try await stage.counts(of: job)
            #expect(counts.first == [7, 0, 0, 0] && counts.last == [7, 7, 0, 0])
            #expect(counts.map { $0[1] } == [0, 1, 2, 3, 4, 5, 6, 7])
            #expect(try await stage.world.count("select count(*) from reviews") == 7)
            #expect(try await stage.told() == ["BATCH_JOB_ENDED \(job.text)"])
        }
    }

    @Test("rule 28: a job survives the death of its workers at any point, and reviews nothing twice")
    func restart() async throws {
        try await withBatch(pictures: 5) { stage in
            let job = try await stage.start()
            // The first worker takes the starts of all four items and dies in the middle of one of them.
            let store = JobStore(pool: stage.world.pool)
            let claimed = try await store.claim(kinds: [.batchItem], worker: "dead/1", lease: .zero, limit: 4)
            #expect(claimed.count == 4)
            try await BatchItemRun(pool: stage.world.pool).run(try #require(claimed.first))
            // The second one dies with the review.
            _ = try await store.claim(kinds: [.review], worker: "dead/2", lease: .zero, limit: 1)
            #expect(try await stage.items(of: job).filter { $0 == "RUNNING 1" }.count == 4)
            let status = try await stage.working { try await stage.end(of: job) }
            #expect(status == "COMPLETED")
            #expect(try await stage.world.count("select count(*) from reviews") == 5)
            #expect(try await stage.counts(of: job).last == [5, 5, 0, 0])
        }
    }

    @Test("rule 28: failed items are started anew, the others stay as they are")
    func retry() async throws {
        try await withBatch(pictures: 3) { stage in
            // The file of the second picture is gone, and the third one is being reviewed already.
            let pictures = try await stage.objects.list(prefix: "pictures/", after: nil, limit: 9)
            let bytes = try await stage.objects.get(pictures[1].key)
            try await stage.objects.delete(pictures[1].key)
            let other = try await ReviewStore(pool: stage.world.pool).start(
                viewer: stage.world.member, subtaskID: stage.subtaskIDs[2], selection: .rpds(stage.rpdIDs),
                mode: "SPEED"
            ).reviewID
            let job = try await stage.start()
            let starts = try await JobStore(pool: stage.world.pool).claim(
                kinds: [.batchItem], worker: "test/1", lease: .seconds(60), limit: 4)
            for start in starts { try await BatchItemRun(pool: stage.world.pool).run(start) }
            try await ReviewStore(pool: stage.world.pool).cancel(viewer: stage.world.member, reviewID: other)
            try await stage.working {
                #expect(try await stage.end(of: job) == "PARTIAL")
                #expect(
                    try await stage.items(of: job) == [
                        "SUCCEEDED 1", "FAILED 1 REVIEW_FAILED", "FAILED 1 REVIEW_ACTIVE",
                    ])
                try await stage.objects.put(.bytes(bytes), at: pictures[1].key)
                try await BatchStore(pool: stage.world.pool).retry(viewer: stage.world.member, jobID: job)
                #expect(try await stage.end(of: job) == "COMPLETED")
            }
            // Once for each end, and never for a review of the job that failed.
            #expect(try await stage.told() == Array(repeating: "BATCH_JOB_ENDED \(job.text)", count: 2))
            #expect(try await stage.items(of: job) == ["SUCCEEDED 1", "SUCCEEDED 2", "SUCCEEDED 2"])
            for count in try await stage.counts(of: job) { #expect(count[1] + count[2] + count[3] <= count[0]) }
        }
    }

    @Test("a cancelled job starts nothing more, ends what runs, and does what is left when it is begun anew")
    func cancel() async throws {
        try await withBatch(pictures: 6) { stage in
            let job = try await stage.start()
            let store = JobStore(pool: stage.world.pool)
            let starts = try await store.claim(kinds: [.batchItem], worker: "test/1", lease: .seconds(60), limit: 4)
            for start in starts.prefix(2) { try await BatchItemRun(pool: stage.world.pool).run(start) }
            let batches = BatchStore(pool: stage.world.pool)
            #expect(await code { try await batches.cancel(viewer: stage.world.stranger, jobID: job) } == .notFound)
            for _ in 0..<2 { try await batches.cancel(viewer: stage.world.member, jobID: job) }
            #expect(try await stage.status(of: job) == "CANCELLED")
            // The starts that were under way find nothing to do.
            for start in starts.suffix(2) { try await BatchItemRun(pool: stage.world.pool).run(start) }
            #expect(try await stage.items(of: job) == Array(repeating: "CANCELLED 1", count: 6))
            #expect(try await stage.world.count("select count(*) from reviews where status <> 'CANCELLED'") == 0)
            #expect(try await stage.counts(of: job).last == [6, 0, 0, 6])
            #expect(try await stage.told() == [])
            // Begun anew it does all that was cancelled; the starts of the first time do nothing of it.
            try await batches.retry(viewer: stage.world.member, jobID: job)
            let run = BatchItemRun(pool: stage.world.pool)
            for start in starts {
                try await run.run(start)
                try await run.bury(start, reason: "test")
            }
            #expect(try await Array(stage.items(of: job).prefix(4)) == Array(repeating: "RUNNING 2", count: 4))
            #expect(try await stage.world.count("select count(*) from reviews where status = 'PENDING'") == 0)
            let status = try await stage.working { try await stage.end(of: job) }
            #expect(status == "COMPLETED")
            #expect(try await stage.items(of: job) == Array(repeating: "SUCCEEDED 2", count: 6))
        }
    }

    @Test("tasks stand for their materials of every kind, sets for their review points, and each is there once")
    func selection() async throws {
        try await withBatch(pictures: 2) { stage in
            let sets = ReviewSetStore(pool: stage.world.pool)
            let set = try await sets.create(
                viewer: stage.world.member, projectID: stage.world.projectID,
                .init(name: "All", rpdIDs: stage.rpdIDs + [try await stage.world.rpd("Off", isActive: false)]))
            let first = try await sets.create(
                viewer: stage.world.member, projectID: stage.world.projectID,
                .init(name: "Before", rpdIDs: stage.rpdIDs))
            let task = try await stage.world.pool.query(
                "update subtasks set kind = 'TEXT' where id = \(stage.subtaskIDs[0]) returning task_id")
            let key = UUID()
            var jobs: Swift.Set<UUID> = []
            for _ in 0..<2 {
                jobs.insert(
                    try await BatchStore(pool: stage.world.pool).start(
                        viewer: stage.world.member, projectID: stage.world.projectID,
                        materials: .init(taskIDs: [task[0].uuid(0)], subtaskIDs: [stage.subtaskIDs[1]]),
                        selection: .reviewSets([first, set]), mode: "SPEED", requestKey: key))
            }
            #expect(jobs.count == 1)
            #expect(try await stage.world.count("select count(*) from batch_job_items") == 2)
            #expect(try await stage.world.count("select count(*) from batch_job_rpds") == stage.rpdIDs.count)
            // The job knows its sets, and so do its reviews, whatever becomes of the sets.
            for chosen in [set, first] {
                try await sets.delete(viewer: stage.world.member, reviewSetID: chosen)
            }
            let status = try await stage.working { try await stage.end(of: try #require(jobs.first)) }
            #expect(status == "COMPLETED")
            for table in ["batch_jobs", "reviews"] {
                let kept = try await stage.world.text(
                    "select string_agg(distinct review_set_ids::text || review_set_names::text, ' ') from \(unsafeSQL: table)"
                )
                #expect(kept == "{\(first.text),\(set.text)}{Before,All}", "in the order of choice: \(table)")
            }
        }
    }

    @Test("what is not the project's, what is deleted and too much of it are refused with their place")
    func refusals() async throws {
        try await withBatch(pictures: 1) { stage in
            func start(_ tasks: [UUID], _ subtasks: [UUID], _ selection: ReviewSelection) async -> [String] {
                await problems {
                    _ = try await BatchStore(pool: stage.world.pool).start(
                        viewer: stage.world.member, projectID: stage.world.projectID,
                        materials: .init(taskIDs: tasks, subtaskIDs: subtasks), selection: selection, mode: "SPEED")
                }
            }
            let rpds = ReviewSelection.rpds(stage.rpdIDs)
            #expect(await start([UUID()], [], rpds) == ["taskIds.0: NOT_FOUND"])
            #expect(await start([], [stage.subtaskIDs[0], UUID()], rpds) == ["subtaskIds.1: NOT_FOUND"])
            #expect(await start([], [], rpds) == ["taskIds: REQUIRED"])
            #expect(
                await start([], stage.subtaskIDs, .reviewSets([UUID()])) == ["selection.reviewSetIds.0: NOT_FOUND"])
            _ = try await stage.world.pool.query("update subtasks set deleted_at = now(), position = null")
            #expect(await start([], stage.subtaskIDs, rpds) == ["subtaskIds.0: NOT_FOUND"])
            #expect(try await stage.world.count("select count(*) from batch_jobs") == 0)
        }
    }
}

/// Pictures of a project, each in a task of its own, and review points for them.
private final class BatchStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let listener: EventListener
    let subtaskIDs: [UUID]
    let rpdIDs: [UUID]
    private let atOnce = Mutex((now: 0, most: 0))

    init(world: World, objects: DirectoryObjectStore, listener: EventListener, subtaskIDs: [UUID], rpdIDs: [UUID]) {
        self.world = world
        self.objects = objects
        self.listener = listener
        self.subtaskIDs = subtaskIDs
        self.rpdIDs = rpdIDs
    }

    /// The most reviews that a model was busy with at once.
    var mostAtOnce: Int { atOnce.withLock { $0.most } }

    func start() async throws -> UUID {
        try await BatchStore(pool: world.pool).start(
            viewer: world.member, projectID: world.projectID,
            materials: .init(taskIDs: [], subtaskIDs: subtaskIDs), selection: .rpds(rpdIDs), mode: "SPEED")
    }

    /// Runs `body` beside a worker, then ends the worker and waits for its end.
    func working<T>(_ body: () async throws -> T) async throws -> T {
        let model = ScriptedModel { [self] _ in
            atOnce.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            defer { atOnce.withLock { $0.now -= 1 } }
            _ = try await world.pool.query("select 1")
            return .ok([finding("fine", .safe)])
        }
        let worker = Worker(
            pool: world.pool, listener: listener,
            handlers: [
                BatchItemRun(pool: world.pool),
                ReviewRun(pool: world.pool, objects: objects, model: model, budget: RunBudget(concurrentChecks: 1)),
            ],
            configuration: WorkerConfiguration(
                node: "test", maximumJobs: 8, lease: Lease(duration: .seconds(10_000), heartbeat: .seconds(3600)),
                backoff: Backoff(initial: .milliseconds(1), maximum: .milliseconds(4)),
                pollInterval: .milliseconds(20)), loop: world.pool.loop)
        let running = world.pool.loop.spawn { await worker.run() }
        do {
            let value = try await body()
            running.cancel()
            await running.value
            return value
        } catch {
            running.cancel()
            await running.value
            throw error
        }
    }

    func status(of job: UUID) async throws -> String? {
        try await world.text("select status from batch_jobs where id = \(job)")
    }

    /// Waits until the job has ended; by asking, as this is not about events.
    func end(of job: UUID) async throws -> String? {
        while try await status(of: job) == "RUNNING" { try await world.pool.loop.sleep(for: .milliseconds(2)) }
        return try await status(of: job)
    }

    /// Status, attempts and error code of each item, in order.
    func items(of job: UUID) async throws -> [String] {
        try await world.pool.query(
            """
            select concat_ws(' ', status, attempts, error_code)
            from batch_job_items
            where batch_job_id = \(job)
            order by position
            """
        ).map { $0.string(0) }
    }

    /// What the person who starts the jobs was told, with the batch jobs that it was about.
    func told() async throws -> [String] {
        try await world.pool.query(
            "select concat_ws(' ', kind, batch_job_id) from notifications where user_id = \(world.member)"
        ).map { $0.string(0) }
    }

    /// Total, succeeded, failed and cancelled as they were told, one after the other.
    func counts(of job: UUID) async throws -> [[Int]] {
        try await EventStore(pool: world.pool).read(.batch(job), after: 0).map { event in
            ["total", "succeeded", "failed", "cancelled"].map { Int(event.payload[$0]?.int ?? -1) }
        }
    }
}

private func withBatch(
    pictures: Int, _ body: @escaping @Sendable (BatchStage) async throws -> Void
) async throws {
    try await withListener { pool, listener in
        try await withObjects { objects in
            let world = try await World.make(pool)
            var subtaskIDs: [UUID] = []
            for number in 0..<pictures {
                let key = "pictures/\(number)"
                try await objects.put(.bytes(try pngBytes()), at: try ObjectKey(key))
                subtaskIDs.append(try await world.subtask(key: key))
            }
            try await body(
                BatchStage(
                    world: world, objects: objects, listener: listener, subtaskIDs: subtaskIDs,
                    rpdIDs: [try await world.rpd("One"), try await world.rpd("Two")]))
        }
    }
}
