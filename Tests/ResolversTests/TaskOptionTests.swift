import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

/// What becomes of tasks and projects when a status or a priority goes.
@Suite("Statuses and priorities that go", .timeLimit(.minutes(15)))
struct TaskOptionTests {
    private func mutate(_ api: API, _ field: String, _ input: String, _ selection: String) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }")
    }

    private func choose(_ statuses: [String], project: Int, _ api: API) async throws {
        let list = statuses.map { "\"\($0)\"" }.joined(separator: ", ")
        let response = try await mutate(
            api, "setProjectCandidates", "projectId: \"\(Key.project(project).id)\", taskStatusIds: [\(list)]",
            "project { id }")
        #expect(response.problems("setProjectCandidates") == [])
    }

    private func delete(_ status: String, for replacement: String? = nil, _ api: API) async throws -> [String] {
        let more = replacement.map { ", replacementId: \"\($0)\"" } ?? ""
        return try await mutate(api, "deleteTaskStatus", "taskStatusId: \"\(status)\"\(more)", "deletedTaskStatusId")
            .problems("deleteTaskStatus")
    }

    /// What tasks of a project can choose from, and the statuses that its tasks have.
    private func statuses(ofProject number: Int, _ api: API) async throws -> (admitted: [String], held: Set<String>) {
        let response = try await api.execute(
            """
            { project(id: "\(Key.project(number).id)") {
              taskStatuses { id } tasks(first: 100) { edges { node { status { id } } } }
            } }
            """)
        let tasks = response["project.tasks.edges"]?.array ?? []
        return (
            (response["project.taskStatuses"]?.array ?? []).compactMap { $0["id"]?.string },
            Set(tasks.compactMap { $0["node"]?["status"]?["id"]?.string })
        )
    }

    @Test("rule 6: a status that goes leaves no task with one that its project has not chosen")
    func replacement() async throws {
        try await API.run { api in
            let made = try await mutate(
                api, "createTaskStatus", "organizationId: \"\(Key.organization(1).id)\", name: \"third\"",
                "taskStatus { id }")
            let third = try #require(made["createTaskStatus.taskStatus.id"]?.string)
            let (todo, done) = (Key.status(11).id, Key.status(12).id)
            try await choose([todo], project: 1, api)
            // Its task keeps what it has.
            try await choose([done], project: 2, api)
            #expect(try await delete(todo, for: third, api) == [])
            let first = try await statuses(ofProject: 1, api)
            #expect(first.admitted == [third])
            #expect(first.held == [third])
            let second = try await statuses(ofProject: 2, api)
            #expect(second.admitted == [done])
            #expect(second.held == [done])
            // Nobody has it, but without it the project would choose from everything.
            try await api.sql("delete from tasks where project_id = \(Key.project(1).sql)")
            #expect(try await delete(third, api) == ["input.replacementId REQUIRED"])
            #expect(try await delete(third, for: done, api) == [])
            #expect(try await statuses(ofProject: 1, api).admitted == [done])
        }
    }

    @Test("a priority that goes is replaced in the same way, where nothing was chosen by what the admin says")
    func priority() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "deleteTaskPriority",
                "taskPriorityId: \"\(Key.priority(12).id)\", replacementId: \"\(Key.priority(11).id)\"",
                "deletedTaskPriorityId")
            #expect(response["deleteTaskPriority.deletedTaskPriorityId"] == .string(Key.priority(12).id))
            #expect(try await api.number("select count(*) from tasks where priority_id = \(Key.priority(11).sql)") == 4)
        }
    }

    @Test("the watchers of every task are told, also of more than are locked one by one")
    func manyTasks() async throws {
        try await API.run { api in
            let watch = try await Watch(
                api, "subscription($id: ID!) { boardChanged(projectId: $id) { task { status { id } } change } }",
                .project(2))
            try await api.sql(
                """
                insert into tasks (project_id, status_id, priority_id, name)
                select \(Key.project(2).sql), \(Key.status(11).sql), \(Key.priority(11).sql), 'Task ' || number
                from generate_series(1, 1200) as number
                """)
            #expect(try await delete(Key.status(11).id, for: Key.status(12).id, api) == [])
            let tasks = try await api.number("select count(*) from tasks where status_id = \(Key.status(12).sql)")
            for topic in ["'task:' || (payload ->> 'taskId')", "'project-tasks:' || project_id"] {
                let told = try await api.number(
                    """
                    select count(distinct tasks.id)
                    from events
                    join tasks on tasks.id = (payload ->> 'taskId')::uuid
                    where kind = 'task-changed'
                    and topic = \(topic)
                    """)
                try #require(told == tasks)
            }
            #expect(
                try await watch.next()?["boardChanged"]
                    == ["task": ["status": ["id": .string(Key.status(12).id)]], "change": "UPDATED"])
            watch.cancel()
        }
    }
}
