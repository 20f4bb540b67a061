import Clients
import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

/// What people deleted goes for good when nobody can want it back, and nothing else ever does.
@Suite("Purging", .timeLimit(.minutes(15)))
struct PurgeTests {
    @Test("what was deleted longer ago than the retention goes, and neither what was not nor what nobody deleted")
    func age() async throws {
        try await withPurgeStage { stage in
            for kind in PurgeStage.Kind.allCases {
                let (old, young, live) = (
                    try await stage.make(kind), try await stage.make(kind), try await stage.make(kind)
                )
                try await stage.delete(kind, old, days: 31)
                try await stage.delete(kind, young, days: 29)
                #expect(try await stage.run() == ["\(kind.rawValue) 1"])
                #expect(try await !stage.exists(kind, old), "\(kind)")
                #expect(try await stage.exists(kind, young), "\(kind)")
                #expect(try await stage.exists(kind, live), "\(kind)")
                #expect(try await stage.run().isEmpty, "\(kind)")
                try await stage.restore(kind, young)
                #expect(await code { try await stage.restore(kind, old) } == .notFound, "\(kind)")
            }
        }
    }

    @Test("with a task goes all that lies in it; files go afterwards, but for those that something else has")
    func dependants() async throws {
        try await withPurgeStage { stage in
            let subtask = try await stage.subtask(key: "own")
            let task = try await stage.task(of: subtask)
            let shared = try await stage.subtask(key: "shared")
            let live = try await stage.make(.tasks)
            _ = try await SubtaskStore(pool: stage.pool).copy(
                viewer: stage.world.member, subtaskID: shared, taskID: live, name: "Copy")
            try await stage.delete(.tasks, task, days: 31)
            try await stage.delete(.tasks, try await stage.task(of: shared), days: 31)
            #expect(try await stage.run() == ["tasks 2"])
            for gone in [subtask, shared] { #expect(try await !stage.exists(.subtasks, gone)) }
            #expect(try await stage.isStored("own"), "bytes go by a job, not with the row")
            try await stage.work()
            #expect(try await !stage.isStored("own"))
            #expect(try await stage.isStored("shared"))
            #expect(try await stage.exists(.tasks, live))
        }
    }

    @Test("what others refer to stays: review points of findings, works of characters, what knowledge keeps")
    func references() async throws {
        try await withReview(titles: ["Eyes"]) { review in
            let stage = PurgeStage(world: review.world, objects: review.objects)
            try await review.run(ScriptedModel { _ in .ok([finding("too blue", .risk)]) })
            let found = try #require(try await stage.pool.queryFirst("select id from findings")).uuid(0)
            let promoted = try await FindingStore(pool: stage.pool).promote(
                viewer: stage.world.member, findingID: found, notes: "", tags: [])
            let ip = try await stage.make(.ips)
            var character = CharacterStore.CharacterContent()
            character.name = "Star"
            character.ipID = .set(ip)
            let star = try await CharacterStore(pool: stage.pool).create(
                viewer: stage.world.member, projectID: stage.world.projectID, character)
            let planned = try await stage.make(.rpds)
            let other = try await stage.make(.subtasks)
            let job = try await BatchStore(pool: stage.pool).start(
                viewer: stage.world.member, projectID: stage.world.projectID,
                materials: .init(taskIDs: [], subtaskIDs: [other]), selection: .rpds([planned]), mode: "SPEED")
            for rpd in [review.rpdIDs[0], planned] { try await stage.delete(.rpds, rpd, days: 31) }
            try await stage.delete(.ips, ip, days: 31)
            #expect(try await stage.run().isEmpty)
            _ = try await stage.pool.query("delete from batch_jobs where id = \(job)")
            #expect(try await stage.run() == ["rpds 1"], "what a batch job looked for")
            try await stage.delete(.subtasks, review.subtaskID, days: 31)
            _ = try await stage.pool.query("delete from characters where id = \(star)")
            // The findings were what kept the review point.
            #expect(try await stage.run() == ["subtasks 1", "rpds 1", "ips 1"])
            let kept = try #require(
                try await stage.pool.queryFirst(
                    """
                    select promoted.description, assets.object_key
                    from promoted_findings as promoted
                    join assets on assets.id = promoted.asset_id
                    where promoted.id = \(promoted)
                    """))
            #expect(kept.string(0) == "too blue")
            try await stage.work()
            #expect(try await stage.isStored(kept.string(1)))
        }
    }

    @Test("the audit log outlives what it tells of")
    func auditLog() async throws {
        try await withPurgeStage { stage in
            let task = try await stage.make(.tasks)
            try await stage.pool.withTransaction { transaction in
                _ = try await transaction.query("select set_config('aimage.actor', \(stage.world.member.text), true)")
                _ = try await transaction.query("update tasks set name = 'Cover' where id = \(task)")
            }
            let entries = try await stage.world.count("select count(*) from audit_entries")
            #expect(entries > 0)
            try await stage.delete(.tasks, task, days: 31)
            try await stage.delete(.projects, stage.world.projectID, days: 31)
            #expect(try await stage.run() == ["projects 1"])
            #expect(try await stage.world.count("select count(*) from audit_entries") == entries)
        }
    }

    @Test("of a project nothing is left, however small the steps, and of others all")
    func project() async throws {
        try await withPurgeStage { stage in
            let pool = stage.pool
            var seed = DemoSeed(pool: pool, objects: stage.objects, films: nil)
            seed.draw = quickly
            try await seed.seed()
            let project = SeedProject.hoshiyomi.id
            _ = try await pool.query(
                "update projects set deleted_at = now() - interval '31 days' where id = \(project)")
            let tables = try await pool.query(
                """
                select columns.table_name
                from information_schema.columns
                join information_schema.tables using (table_schema, table_name)
                where table_schema = 'public'
                and table_type = 'BASE TABLE'
                and column_name = 'project_id'
                and table_name <> 'audit_entries'
                order by 1
                """
            ).map { $0.string(0) }
            func counts(_ condition: SQL) async throws -> [String: Int] {
                var counts: [String: Int] = [:]
                for table in tables {
                    counts[table] = try await stage.world.count(
                        "select count(*) from \(unsafeSQL: table) where project_id \(condition) \(project)")
                }
                return counts
            }
            let (own, others) = (try await counts("="), try await counts("<>"))
            #expect(own.values.count { $0 > 0 } > 10, "\(own)")
            #expect(try await stage.run(rowsAtOnce: 3, portion: 7) == ["projects 1"])
            #expect(try await counts("=").values.allSatisfy { $0 == 0 })
            #expect(try await counts("<>") == others)
        }
    }
}
