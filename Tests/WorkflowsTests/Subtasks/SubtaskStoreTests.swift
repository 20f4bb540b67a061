import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

/// Thirty-two people at once: nothing is lost, nothing is numbered twice, nobody waits for ever.
@Suite("Materials under many hands", .timeLimit(.minutes(15)))
struct SubtaskStoreTests {
    private static let people = 32

    /// Runs `body` once for each of thirty-two people, all at the same time.
    private func together(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for person in 0..<Self.people { group.addTask { try await body(person) } }
            try await group.waitForAll()
        }
    }

    @Test func `versions have no gaps and no duplicates`() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let subtask = try await world.subtask()
            let picture = try await world.picture()
            let store = SubtaskStore(pool: pool)
            try await together { _ in
                _ = try await store.addContent(viewer: world.member, subtaskID: subtask, assetID: picture)
            }
            let versions = try await world.text(
                "select string_agg(version::text, ',' order by version) from subtask_contents where subtask_id = \(subtask)"
            )
            #expect(versions == (1...Self.people + 1).map(String.init).joined(separator: ","))
        }
    }

    @Test func `a history of decisions is a chain, and its last entry is the status`() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let subtask = try await world.subtask()
            let store = SubtaskStore(pool: pool)
            let statuses = ["ACCEPTED", "DENIED", "PENDING"]
            try await together { person in
                for step in 0..<3 {
                    _ = try await store.decide(
                        viewer: world.member, subtaskID: subtask, status: statuses[(person + step) % 3], comment: "")
                }
            }
            let broken = try await world.count(
                """
                select count(*)
                from (
                    select from_status, lag(to_status, 1, 'PENDING') over (order by created_at, id) as before
                    from subtask_decisions
                    where subtask_id = \(subtask)
                ) as entries
                where from_status <> before
                """)
            #expect(broken == 0)
            let isCurrent = try await world.count(
                """
                select count(*)
                from subtasks
                where id = \(subtask)
                and status = (
                    select to_status
                    from subtask_decisions
                    where subtask_id = subtasks.id
                    order by created_at desc, id desc
                    limit 1
                )
                """)
            #expect(isCurrent == 1)
        }
    }

    @Test func `places stay 1, 2, 3 while people move, copy, delete and restore`() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let tasks = TaskStore(pool: pool)
            let store = SubtaskStore(pool: pool)
            let task = try await tasks.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Poster"))
            let picture = try await world.picture()
            var made: [UUID] = []
            for number in 0..<8 {
                made.append(
                    try await tasks.createSubtask(
                        viewer: world.member, taskID: task, name: "Picture \(number)", description: "", assetID: picture
                    ))
            }
            let subtasks = made
            try await together { person in
                let subtask = subtasks[person % subtasks.count]
                switch person % 4 {
                case 0: try await store.move(viewer: world.member, subtaskID: subtask, to: person % 7 + 1)
                case 1:
                    _ = try await store.copy(viewer: world.member, subtaskID: subtask, taskID: task, name: nil)
                case 2:
                    // Another person may have deleted it before.
                    _ = await code { try await store.delete(viewer: world.member, subtaskID: subtask) }
                default: try await store.restore(viewer: world.member, subtaskID: subtask)
                }
            }
            let places = try await world.text(
                """
                select string_agg(position::text, ',' order by position)
                from subtasks
                where task_id = \(task)
                and deleted_at is null
                """)
            let count = try await world.count(
                "select count(*) from subtasks where task_id = \(task) and deleted_at is null")
            #expect(places == (1...count).map(String.init).joined(separator: ","))
        }
    }

    @Test func `of many who saw the same state one changes it, and the others are told`() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let subtask = try await world.subtask()
            let store = SubtaskStore(pool: pool)
            let row = try await pool.queryFirst("select updated_at from subtasks where id = \(subtask)")
            let seen = try #require(row).timestamp(0)
            let outcomes = try await withThrowingTaskGroup(of: [String].self) { group in
                for person in 0..<Self.people {
                    group.addTask {
                        await problems {
                            try await store.update(
                                viewer: world.member, subtaskID: subtask, name: "By \(person)", description: nil,
                                expectedUpdatedAt: seen)
                        }
                    }
                }
                var outcomes: [[String]] = []
                for try await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
            #expect(outcomes.count { $0.isEmpty } == 1)
            #expect(outcomes.count { $0 == ["expectedUpdatedAt: CONFLICT"] } == Self.people - 1)
        }
    }
}
