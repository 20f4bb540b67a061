import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

/// Thirty-two clients who work on the same objects at the same time, each doing everything that numbers, orders or counts.
@Suite("One project under many hands", .timeLimit(.minutes(15)))
struct ConcurrencyTests {
    private static let clients = 32

    /// The objects that all of them work on.
    private struct Stage {
        let world: World
        let rpd: UUID
        let tasks: [UUID]
        let subtasks: [UUID]
        let picture: UUID
        let statuses: [UUID]

        init(_ pool: ConnectionPool) async throws {
            world = try await World.make(pool)
            rpd = try await world.rpd()
            picture = try await world.picture()
            let store = TaskStore(pool: pool)
            var tasks: [UUID] = []
            var subtasks: [UUID] = []
            for number in 0..<4 {
                let task = try await store.create(
                    viewer: world.member, projectID: world.projectID, task: .init(name: "Task \(number)"))
                tasks.append(task)
                for _ in 0..<2 {
                    subtasks.append(
                        try await store.createSubtask(
                            viewer: world.member, taskID: task, name: "Front", description: "", assetID: picture))
                }
            }
            self.tasks = tasks
            self.subtasks = subtasks
            statuses = try await pool.query(
                """
                select id
                from task_statuses
                where organization_id = \(world.organizationID)
                order by position
                """
            ).map { $0.uuid(0) }
        }

        /// Everything that one client does, in an order of its own.
        func work(of client: Int) async throws {
            let pool = world.pool
            let viewer = world.member
            let subtask = subtasks[client % subtasks.count]
            let task = tasks[client % tasks.count]
            for step in 0..<6 {
                switch (client + step) % 6 {
                case 0:
                    _ = try await RpdStore(pool: pool).createVersion(
                        viewer: viewer, rpdID: rpd, content: RpdContent(title: "Wording \(client)"))
                case 1:
                    let versions = try await pool.query("select id from rpd_versions where rpd_id = \(rpd) order by id")
                    try await RpdStore(pool: pool).activate(
                        viewer: viewer, versionID: versions[client % versions.count].uuid(0))
                case 2:
                    try await SubtaskStore(pool: pool).move(viewer: viewer, subtaskID: subtask, to: client % 2 + 1)
                    let position: TaskStore.BoardPlace.Position =
                        client.isMultiple(of: 3) ? .top : .behind(tasks[(client + 1) % tasks.count])
                    // The neighbor may have gone to another column.
                    let found = await problems {
                        try await TaskStore(pool: pool).move(
                            viewer: viewer, taskID: task,
                            to: .init(statusID: statuses[client % statuses.count], position: position))
                    }
                    #expect(found.isEmpty || found == ["afterTaskId: CONFLICT"])
                case 3:
                    _ = try await AnnotationStore(pool: pool).create(
                        viewer: viewer, subtaskID: subtask, parentID: nil, content: AnnotationContent(text: "\(client)")
                    )
                case 4:
                    _ = try await SubtaskStore(pool: pool).decide(
                        viewer: viewer, subtaskID: subtask, status: client.isMultiple(of: 2) ? "ACCEPTED" : "DENIED",
                        comment: "")
                default:
                    _ = try await SubtaskStore(pool: pool).addContent(
                        viewer: viewer, subtaskID: subtask, assetID: picture)
                }
            }
        }
    }

    @Test func `nothing is lost, nothing is numbered twice, and no deadlock reaches anybody`() async throws {
        try await withTestDatabase { pool in
            let stage = try await Stage(pool)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<Self.clients { group.addTask { try await stage.work(of: client) } }
                try await group.waitForAll()
            }
            let world = stage.world
            let versions = try await world.text(
                "select string_agg(version_number::text, ',' order by version_number) from rpd_versions where rpd_id = \(stage.rpd)"
            )
            #expect(versions == (1...Self.clients + 1).map(String.init).joined(separator: ","))
            #expect(
                try await world.count("select count(*) from rpd_versions where rpd_id = \(stage.rpd) and is_active")
                    == 1)
            #expect(try await world.count("select count(*) from annotations") == Self.clients)
            #expect(
                try await world.count("select count(*) from subtask_contents") == Self.clients + stage.subtasks.count)
            let gaps = try await world.count(
                """
                select count(*)
                from (
                    select version, row_number() over (partition by subtask_id order by version) as place
                    from subtask_contents
                    union all
                    select position, row_number() over (partition by task_id order by position)
                    from subtasks
                ) as numbered
                where version <> place
                """)
            #expect(gaps == 0)
            let ties = try await world.count(
                "select count(*) - count(distinct (status_id, board_rank)) from tasks where deleted_at is null")
            #expect(ties == 0)
            let broken = try await world.count(
                """
                select count(*)
                from (
                    select from_status, lag(to_status, 1, 'PENDING') over (partition by subtask_id order by created_at, id)
                        as before
                    from subtask_decisions
                ) as entries
                where from_status <> before
                """)
            #expect(broken == 0)
        }
    }

    @Test func `of many who move a task that they saw alike one moves it, and the others are told`() async throws {
        try await withTestDatabase { pool in
            let stage = try await Stage(pool)
            let task = stage.tasks[0]
            let seen = try #require(try await pool.queryFirst("select updated_at from tasks where id = \(task)"))
                .timestamp(0)
            let viewer = stage.world.member
            let outcomes = await withTaskGroup(of: [String].self) { group in
                for _ in 0..<Self.clients {
                    group.addTask {
                        await problems {
                            try await TaskStore(pool: pool).move(
                                viewer: viewer, taskID: task, to: .init(expectedUpdatedAt: seen))
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0.isEmpty } == 1)
            #expect(outcomes.count { $0 == ["expectedUpdatedAt: CONFLICT"] } == Self.clients - 1)
        }
    }

    @Test func `a board that all reorder has every task once, in one order`() async throws {
        try await withTestDatabase { pool in
            let stage = try await Stage(pool)
            let viewer = stage.world.member
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<Self.clients {
                    group.addTask {
                        let task = stage.tasks[client % 4]
                        let anchor = stage.tasks[(client + 1 + client % 3) % 4]
                        for _ in 0..<8 {
                            try await TaskStore(pool: pool).move(
                                viewer: viewer, taskID: task,
                                to: .init(position: client.isMultiple(of: 2) ? .before(anchor) : .behind(anchor)))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let ranks = try await stage.world.count("select count(distinct board_rank) from tasks")
            #expect(ranks == stage.tasks.count)
        }
    }
}
