import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

/// The numbers by which people call tasks.
@Suite("Numbers of tasks", .timeLimit(.minutes(15)))
struct TaskNumberTests {
    private func create(_ api: API, _ name: String, in project: Key = .project(1)) async throws -> Response {
        try await api.execute(
            """
            mutation { createTask(input: { projectId: "\(project.id)", name: "\(name)" }) {
              task { id tid } userErrors { field code message }
            } }
            """)
    }

    @Test("tasks made at once are numbered without gaps or doubles, each project by itself")
    func concurrent() async throws {
        try await API.run { api in
            try await withThrowingTaskGroup(of: [String].self) { group in
                for number in 1...32 {
                    group.addTask {
                        try await create(api, "New \(number)", in: number % 4 == 0 ? .project(2) : .project(1)).messages
                    }
                }
                for try await messages in group { #expect(messages == []) }
            }
            for (project, count) in [(1, 3 + 24), (2, 1 + 8)] {
                let rows = try await api.sql(
                    "select number from tasks where project_id = \(Key.project(project).sql) order by number")
                #expect(rows.map { $0.int(0) } == Array(1...count), "project \(project)")
            }
        }
    }

    @Test("a task that is not made takes no number, and one that is gone gives none back")
    func rolledBack() async throws {
        try await API.run { api in
            #expect(try await create(api, "First")["createTask.task.tid"] == "T4")
            await #expect(throws: (any Error).self) {
                try await api.pool.withTransaction { transaction in
                    _ = try await transaction.query(
                        """
                        insert into tasks (project_id, status_id, priority_id, name)
                        select project_id, status_id, priority_id, name from tasks where id = \(Key.task(1).uuid)
                        """)
                    throw CancellationError()
                }
            }
            let second = try await create(api, "Second")
            #expect(second["createTask.task.tid"] == "T5")
            let id = second["createTask.task.id"]?.string ?? ""
            _ = try await api.execute("mutation { deleteTask(input: { taskId: \"\(id)\" }) { deletedTaskId } }")
            #expect(try await create(api, "Third")["createTask.task.tid"] == "T6")
            try await api.sql("delete from tasks where number = 6")
            #expect(try await create(api, "Fourth")["createTask.task.tid"] == "T7")
        }
    }

    @Test("tasks are found by their numbers, and led through in the order of them")
    func found() async throws {
        try await API.run { api in
            // Made last, but numbered first.
            try await api.sql("update tasks set created_at = \(Fixture.at(900)) where id = \(Key.task(1).sql)")
            let order = "orderBy: { field: TID }"
            let list = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") {
                    found: tasks(filter: { text: "t2" }) { edges { node { id tid } } }
                    tasks(\(order)) { edges { node { id previous(\(order)) { tid } next(\(order)) { tid } } } }
                } }
                """)
            #expect(list.messages == [])
            #expect(list["project.found.edges"] == [["node": ["id": .string(Key.task(2).id), "tid": "T2"]]])
            #expect(list.ids("project.tasks") == [1, 2, 3].map { Key.task($0).id })
            #expect(list["project.tasks.edges.1.node.previous.tid"] == "T1")
            #expect(list["project.tasks.edges.1.node.next.tid"] == "T3")
        }
    }
}
