import Clients
import Database
import EventLoop
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite("Readiness of review points", .timeLimit(.minutes(15)))
struct PreparationTests {
    @Test(
        "rule 14: kinds without preparation are ready at once, and so is what has nothing to prepare",
        arguments: RpdStore.kinds)
    func readyAtOnce(kind: String) async throws {
        try await withPreparation { stage in
            let isPrepared = ["GENERAL_NG_REVIEW", "VISUAL_REVIEW"].contains(kind)
            let plain = try await stage.version(kind: kind)
            let instructed = try await stage.version(kind: kind, instruction: "青い目。")
            let pictured = try await stage.version(kind: kind, pictures: 1)
            #expect(try await stage.readiness(plain) == "READY")
            for version in [instructed, pictured] {
                #expect(try await stage.readiness(version) == (isPrepared ? "PENDING" : "READY"))
            }
            let jobs = try await stage.world.count("select count(*) from jobs where kind = 'preparation'")
            #expect(jobs == (isPrepared ? 2 : 0))
        }
    }

    @Test("a preparation reads the pictures, splits the instruction, sorts the check, and tells of each step")
    func prepares() async throws {
        try await withPreparation { stage in
            let version = try await stage.version(instruction: "瞳は青い。\n・指の数は5本。", pictures: 2)
            try await stage.work()
            let row = try #require(
                try await stage.world.pool.queryFirst(
                    """
                    select readiness, visual_check, instruction_parts, prepared_at is not null, run_token is null
                    from rpd_versions
                    where id = \(version)
                    """))
            #expect(row.string(0) == "READY")
            #expect(row.string(1) == "NUMERICAL")
            #expect(row.array(2, of: String.self) == ["瞳は青い。", "指の数は5本。"])
            #expect(row.bool(3) && row.bool(4))
            #expect(try await stage.events(version) == ["PENDING", "RUNNING", "READY"])
        }
    }

    @Test("rule 14: a preparation that fails says why, stays failed, and is done again when somebody asks for it")
    func failsVisibly() async throws {
        try await withPreparation { stage in
            let store = RpdStore(pool: stage.world.pool)
            let damaged = try await stage.version(instruction: "青い目。", pictures: 1, bytes: [0x89, 0x50, 0x4E, 0x47])
            let gone = try await stage.version(instruction: "青い目。", pictures: 1, bytes: nil)
            try await stage.work()
            for (version, code) in [(damaged, "REFERENCE_UNREADABLE"), (gone, "REFERENCE_MISSING")] {
                #expect(try await stage.readiness(version) == "FAILED")
                let reason = try await stage.world.text(
                    "select error_code || ' ' || error_message from rpd_versions where id = \(version)")
                #expect(reason?.hasPrefix("\(code) Reference picture 1 (a.png)") == true)
            }
            #expect(
                await code { try await store.retryPreparation(viewer: stage.world.stranger, versionID: gone) }
                    == .notFound)
            // Still damaged: another attempt ends the same way.
            try await store.retryPreparation(viewer: stage.world.member, versionID: gone)
            #expect(try await stage.readiness(gone) == "PENDING")
            try await stage.work()
            #expect(try await stage.readiness(gone) == "FAILED")
            try await stage.repair(gone)
            for _ in 0..<2 { try await store.retryPreparation(viewer: stage.world.member, versionID: gone) }
            try await stage.work()
            #expect(try await stage.readiness(gone) == "READY")
            // Nobody asks for one that is ready.
            try await store.retryPreparation(viewer: stage.world.member, versionID: gone)
            #expect(try await stage.readiness(gone) == "READY")
            #expect(
                try await stage.events(gone)
                    == ["PENDING", "RUNNING", "FAILED", "PENDING", "RUNNING", "FAILED", "PENDING", "RUNNING", "READY"])
        }
    }

    @Test("rule 14: a preparation is always of the version that it was started for, whichever is active by then")
    func rightVersion() async throws {
        try await withPreparation { stage in
            let first = try await stage.version(instruction: "青い目。", pictures: 1, bytes: nil)
            let rpd = try #require(
                try await stage.world.pool.queryFirst("select rpd_id from rpd_versions where id = \(first)"))
            let second = try await RpdStore(pool: stage.world.pool).createVersion(
                viewer: stage.world.member, rpdID: rpd.uuid(0), content: RpdContent(title: "v2", instruction: "赤い目。")
            ).versionID
            try await stage.work()
            #expect(try await stage.readiness(first) == "FAILED")
            #expect(try await stage.readiness(second) == "READY")
        }
    }

    @Test("a job of an earlier attempt, or of a worker that was replaced, writes nothing")
    func staleJobs() async throws {
        try await withPreparation { stage in
            let version = try await stage.version(instruction: "青い目。")
            let job = try #require(try await stage.claim(lease: .zero).first)
            let store = PreparationStore(pool: stage.world.pool)
            let plan = try #require(try await store.begin(job))
            let successor = try #require(try await stage.claim().first)
            _ = try #require(try await store.begin(successor))
            #expect(await code { try await store.complete(plan, parts: [], visualCheck: nil) } == .runLost)
            #expect(try await stage.readiness(version) == "RUNNING")
            try await store.fail(successor, .tooOften)
            #expect(try await stage.readiness(version) == "FAILED")
            try await RpdStore(pool: stage.world.pool).retryPreparation(viewer: stage.world.member, versionID: version)
            #expect(try await store.begin(successor) == nil)
            #expect(try await stage.readiness(version) == "PENDING")
        }
    }

    // MARK: Reviews

    @Test("a review waits for its review point to be prepared, and knows then what sort of check it is")
    func reviewWaits() async throws {
        try await withPreparation { stage in
            let version = try await stage.version(instruction: "指の数は5本。", pictures: 1)
            let asked = Asked()
            async let review: Void = stage.review(version, asked: asked)
            while try await stage.world.count("select count(*) from review_outcomes where status = 'RUNNING'") == 0 {
                try await stage.world.pool.loop.sleep(for: .milliseconds(5))
            }
            #expect(asked.checks == [])
            try await stage.work()
            try await review
            #expect(asked.checks == [.numerical])
            #expect(try await stage.outcome() == "OK")
        }
    }

    @Test(
        "rule 14: a review point that could not be prepared is an error of its review, and one that never is a timeout")
    func reviewOfUnprepared() async throws {
        try await withPreparation { stage in
            let failed = try await stage.version(instruction: "青い目。", pictures: 1, bytes: nil)
            try await stage.work()
            let asked = Asked()
            try await stage.review(failed, asked: asked)
            #expect(try await stage.outcome() == "ERROR RPD_NOT_READY")
            let waiting = try await stage.version(instruction: "青い目。")
            try await stage.review(waiting, asked: asked, budget: RunBudget(readinessTimeout: .milliseconds(50)))
            #expect(try await stage.outcome() == "TIMEOUT RPD_NOT_READY")
            #expect(asked.checks == [])
            #expect(try await stage.world.count("select count(*) from findings") == 0)
        }
    }
}

/// The sorts of checks that a model was asked for.
private final class Asked: @unchecked Sendable {  // Reason: confined to the loop of its test.
    var checks: [VisualCheck?] = []
}

private struct PreparationStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore

    /// Makes a review point, and gives its first version.
    func version(
        kind: String = "VISUAL_REVIEW", instruction: String = "", pictures: Int = 0, bytes: [UInt8]? = try? pngBytes()
    ) async throws -> UUID {
        var assets: [UUID] = []
        for _ in 0..<pictures {
            let key = "pictures/\(UUID().text)"
            if let bytes { try await objects.put(.bytes(bytes), at: try ObjectKey(key)) }
            assets.append(try await world.picture(key: key))
        }
        return try await RpdStore(pool: world.pool).create(
            viewer: world.member, projectID: world.projectID, kind: kind,
            content: RpdContent(
                title: "Title", instruction: instruction,
                ngSubcategory: kind == "GENERAL_NG_REVIEW" ? "CONCRETE_SHAPE" : nil, referenceAssetIDs: assets),
            isActive: true
        ).versionID
    }

    /// Puts the bytes of a version's picture where they are missing.
    func repair(_ version: UUID) async throws {
        let key = try #require(
            try await world.text(
                """
                select assets.object_key
                from rpd_version_assets as entries
                join assets on assets.id = entries.asset_id
                where entries.rpd_version_id = \(version)
                """))
        try await objects.put(.bytes(try pngBytes()), at: try ObjectKey(key))
    }

    func claim(lease: Duration = .seconds(60)) async throws -> [Job] {
        try await JobStore(pool: world.pool).claim(kinds: [.preparation], worker: "test/1", lease: lease, limit: 9)
    }

    /// Does the jobs that wait.
    func work() async throws {
        for job in try await claim() {
            try await PreparationRun(pool: world.pool, objects: objects).run(job)
            try await JobStore(pool: world.pool).end(job, as: .completed)
        }
    }

    /// Reviews a picture of its own with the version's review point.
    func review(_ version: UUID, asked: Asked, budget: RunBudget = RunBudget()) async throws {
        let key = "pictures/\(UUID().text)"
        try await objects.put(.bytes(try pngBytes()), at: try ObjectKey(key))
        let rpd = try #require(try await world.pool.queryFirst("select rpd_id from rpd_versions where id = \(version)"))
        _ = try await ReviewStore(pool: world.pool).start(
            viewer: world.member, subtaskID: try await world.subtask(key: key), selection: .rpds([rpd.uuid(0)]),
            mode: "SPEED")
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.review], worker: "test/1", lease: .seconds(60), limit: 1)
        let job = try #require(jobs.first)
        let model = ScriptedModel { request in
            asked.checks.append(request.visualCheck)
            return .ok([finding("fine", .safe)])
        }
        try await ReviewRun(pool: world.pool, objects: objects, model: model, budget: budget).run(job)
        try await JobStore(pool: world.pool).end(job, as: .completed)
    }

    /// Status and error code of the newest outcome.
    func outcome() async throws -> String? {
        try await world.text(
            "select concat_ws(' ', status, error_code) from review_outcomes order by finished_at desc nulls last limit 1"
        )
    }

    func readiness(_ version: UUID) async throws -> String? {
        try await world.text("select readiness from rpd_versions where id = \(version)")
    }

    func events(_ version: UUID) async throws -> [String] {
        try await EventStore(pool: world.pool).read(.projectRpds(world.projectID), after: 0)
            .filter { $0.uuid("rpdVersionId") == version }
            .compactMap { $0.payload["readiness"]?.string }
    }
}

private func withPreparation(_ body: @escaping @Sendable (PreparationStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await body(PreparationStage(world: try await World.make(pool), objects: objects))
        }
    }
}
