import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

@Suite struct TaskStoreTests {
    @Test func aTaskStartsWithTheFirstStatusAndPriorityOfTheOwner() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let taskID = try await TaskStore(pool: pool).create(
                viewer: world.member, projectID: world.projectID, task: .init(name: " Poster "))
            let text = try await world.text(
                """
                select concat_ws('|', tasks.name, statuses.name, priorities.name)
                from tasks
                join task_statuses as statuses on statuses.id = tasks.status_id
                join task_priorities as priorities on priorities.id = tasks.priority_id
                where tasks.id = \(taskID)
                """)
            #expect(text == "Poster|todo|low")
        }
    }

    @Test func statusesOfOthersAndAssigneesWithoutAccessAreRefused() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let foreign = try await pool.query(
                """
                select task_statuses.id
                from task_statuses
                where organization_id <> \(world.organizationID)
                """)
            let statusID = try #require(foreign.first).uuid(0)
            let found = await problems {
                _ = try await TaskStore(pool: pool).create(
                    viewer: world.member, projectID: world.projectID,
                    task: .init(name: "Poster", statusID: statusID, assigneeID: world.stranger))
            }
            #expect(found == ["statusId: NOT_FOUND", "assigneeId: NOT_FOUND"])
        }
    }

    @Test func subtasksMadeByManyAtOnceHavePositionsWithoutGaps() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = TaskStore(pool: pool)
            let taskID = try await store.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Poster"))
            let assetID = try await world.picture()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        _ = try await store.createSubtask(
                            viewer: world.member, taskID: taskID, name: "Page \(index)", description: "",
                            assetID: assetID)
                    }
                }
                try await group.waitForAll()
            }
            let positions = try await pool.query(
                "select position from subtasks where task_id = \(taskID) order by position")
            #expect(positions.map { $0.int(0) } == Array(1...10))
        }
    }

    @Test func aPictureOfAnotherProjectIsNotFound() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = TaskStore(pool: pool)
            let taskID = try await store.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Poster"))
            let assetID = try await world.picture()
            _ = try await pool.query("update assets set project_id = \(world.otherProjectID) where id = \(assetID)")
            let found = await problems {
                _ = try await store.createSubtask(
                    viewer: world.member, taskID: taskID, name: "Page", description: "", assetID: assetID)
            }
            #expect(found == ["assetId: NOT_FOUND"])
        }
    }

    @Test func aStrangerFindsNeitherProjectNorTask() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = TaskStore(pool: pool)
            let taskID = try await store.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Poster"))
            let assetID = try await world.picture()
            #expect(
                await code {
                    _ = try await store.create(
                        viewer: world.stranger, projectID: world.projectID, task: .init(name: "Poster"))
                } == .notFound)
            #expect(
                await code {
                    _ = try await store.createSubtask(
                        viewer: world.stranger, taskID: taskID, name: "Page", description: "", assetID: assetID)
                } == .notFound)
        }
    }
}
