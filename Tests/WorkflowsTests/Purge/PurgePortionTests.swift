import Clients
import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

/// However much lies in something, it goes in portions, each a transaction of its own.
@Suite("Purging in portions", .timeLimit(.minutes(15)))
struct PurgePortionTests {
    /// Five findings of a review, two annotations with an answer each, and the task of all, deleted long ago.
    private func withTask(
        _ body: @escaping @Sendable (_ stage: PurgeStage, _ task: UUID, _ subtask: UUID) async throws -> Void
    ) async throws {
        try await withReview(titles: ["Eyes"]) { review in
            let stage = PurgeStage(world: review.world, objects: review.objects)
            try await review.run(
                ScriptedModel { _ in .ok((1...5).map { finding("number \($0)", .risk) }) })
            let annotations = AnnotationStore(pool: stage.pool)
            for text in ["one", "two"] {
                let thread = try await annotations.create(
                    viewer: stage.world.member, subtaskID: review.subtaskID, parentID: nil, content: .init(text: text))
                _ = try await annotations.create(
                    viewer: stage.world.member, subtaskID: review.subtaskID, parentID: thread,
                    content: .init(text: "answer"))
            }
            let task = try await stage.task(of: review.subtaskID)
            try await stage.delete(.tasks, task, days: 31)
            try await body(stage, task, review.subtaskID)
        }
    }

    private func counts(_ stage: PurgeStage) async throws -> [Int] {
        var counts: [Int] = []
        for table in ["tasks", "subtasks", "annotations", "reviews", "findings"] {
            counts.append(try await stage.world.count("select count(*) from \(unsafeSQL: table)"))
        }
        return counts
    }

    @Test("no transaction deletes more than a portion")
    func portions() async throws {
        try await withTask { stage, _, _ in
            let pool = stage.pool
            _ = try await pool.query("create table portions (name text, id xid8, rows integer)")
            _ = try await pool.query(
                """
                create function note_portion() returns trigger language plpgsql as $$
                begin
                    insert into portions select tg_table_name, pg_current_xact_id(), count(*) from gone;
                    return null;
                end
                $$
                """)
            for table in ["findings", "annotations"] {
                _ = try await pool.query(
                    """
                    create trigger note after delete on \(unsafeSQL: table)
                    referencing old table as gone
                    for each statement execute function note_portion()
                    """)
            }
            #expect(try await stage.run(portion: 2) == ["tasks 1"])
            #expect(try await counts(stage) == [0, 0, 0, 0, 0])
            let portions = try await pool.query(
                "select name, sum(rows)::integer from portions group by name, id having sum(rows) > 0 order by 1, 2 desc"
            ).map { "\($0.string(0)) \($0.int(1))" }
            #expect(
                portions == ["annotations 2", "annotations 2", "findings 2", "findings 2", "findings 1"])
        }
    }

    @Test(
        "who is killed between two portions leaves the rest to the next one, and nobody brings back what has begun to go",
        arguments: ["findings", "reviews", "annotations", "subtasks", "tasks"])
    func killed(at table: String) async throws {
        try await withTask { stage, task, subtask in
            let loop = stage.pool.loop
            var worker: Task<[String], any Error>?
            // What goes last of the table: of what lies in it, the portions before have gone.
            _ = try await stage.pool.query(
                """
                create function is_last(id uuid) returns boolean language sql stable as $$
                    select not exists (select 1 from \(unsafeSQL: table) as others where others.id <> $1)
                $$
                """)
            try await stage.holding(table, when: "is_last(old.id)") {
                worker = Task(executorPreference: loop) { try await stage.run(rowsAtOnce: 1, portion: 1) }
                try await stage.untilWaiting(1)
                try await stage.killWaiting()
                await #expect(throws: (any Error).self) { try await worker?.value }
            }
            let left = try await counts(stage)
            #expect(left[0] == 1)
            #expect(await code { try await stage.restore(.tasks, task) } == .notFound)
            #expect(await code { try await stage.restore(.subtasks, subtask) } == .notFound)
            #expect(try await counts(stage) == left)
            #expect(try await stage.run(rowsAtOnce: 1, portion: 1) == ["tasks 1"])
            #expect(try await counts(stage) == [0, 0, 0, 0, 0])
            #expect(try await stage.world.count("select count(*) from assets where purpose = 'SUBTASK_CONTENT'") == 0)
        }
    }

    @Test(
        "what has begun to go is not brought back, and goes on going",
        arguments: [PurgeStage.Kind.tasks, .subtasks, .documents])
    func begun(_ kind: PurgeStage.Kind) async throws {
        try await withPurgeStage { stage in
            let id = try await stage.make(kind)
            try await stage.delete(kind, id, days: 1)
            _ = try await stage.pool.query(
                "update \(unsafeSQL: kind.rawValue) set purge_started_at = now() where id = \(id)")
            #expect(await code { try await stage.restore(kind, id) } == .notFound)
            // However young: what has begun goes on.
            #expect(try await stage.run() == ["\(kind.rawValue) 1"])
            #expect(try await !stage.exists(kind, id))
        }
    }
}
