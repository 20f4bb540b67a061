import Foundation
import JSON
import Testing

@testable import Resolvers

/// What people are told.
@Suite("Notifications", .timeLimit(.minutes(15)))
struct NotificationTests {
    private func mutate(
        _ api: API, _ field: String, _ input: String, as person: Person = .supervisor
    ) async throws {
        let response = try await api.execute(
            "mutation { \(field)(input: { \(input) }) { userErrors { code } } }", as: person)
        #expect(response.messages == [])
        #expect(response.problems(field) == [])
    }

    private func told(_ api: API, _ person: Person) async throws -> [String] {
        let response = try await api.execute(
            "{ viewer { notifications(filter: { isRead: false }) { edges { node { kind } } totalCount } } }", as: person
        )
        let kinds = (response["viewer.notifications.edges"]?.array ?? []).compactMap { $0["node"]?["kind"]?.string }
        #expect(response["viewer.notifications.totalCount"] == .int(Int64(kinds.count)))
        return kinds
    }

    @Test(
        "people hear of work for them, answers to them and decisions about theirs, but not of what they did themselves")
    func kinds() async throws {
        try await API.run { api in
            let task = "taskId: \"\(Key.task(2).id)\""
            for _ in 1...2 { try await mutate(api, "updateTask", "\(task), assigneeId: \"\(Key.user(2).id)\"") }
            try await mutate(api, "updateTask", "\(task), assigneeId: \"\(Key.user(1).id)\"")
            #expect(try await told(api, .owner) == ["TASK_ASSIGNED"])
            try await mutate(
                api, "createAnnotation",
                "subtaskId: \"\(Key.subtask(1).id)\", parentId: \"\(Key.annotation(1).id)\", text: \"Yes\"",
                as: .partner)
            try await mutate(
                api, "decideSubtask", "subtaskId: \"\(Key.subtask(2).id)\", status: ACCEPTED", as: .studio)
            #expect(try await told(api, .supervisor) == ["SUBTASK_DECIDED", "ANNOTATION_ANSWERED"])
            #expect(try await told(api, .stranger) == [])
        }
    }

    @Test("a notification arrives live, leads to what it is about while that is in sight, and is read once")
    func live() async throws {
        try await API.run { api in
            let watch = try await Watch(
                api,
                "subscription { notificationReceived { notification { id kind task { name } createdBy { name } } } }",
                id: "", as: .partner)
            try await mutate(
                api, "updateTask", "taskId: \"\(Key.task(2).id)\", assigneeId: \"\(Key.user(3).id)\"")
            let event = try await watch.next()?["notificationReceived"]?["notification"]
            #expect(event?["kind"] == "TASK_ASSIGNED")
            #expect(event?["task"] == ["name": "Task 2"])
            #expect(event?["createdBy"] == ["name": "Supervisor"])
            watch.cancel()
            let id = try #require(event?["id"]?.string)
            try await mutate(api, "markNotificationsRead", "notificationIds: [\"\(id)\"]", as: .owner)
            #expect(try await told(api, .partner) == ["TASK_ASSIGNED"])
            try await api.sql("delete from project_members")
            let gone = try await api.execute(
                "query($id: ID!) { node(id: $id) { ... on Notification { task { id } project { id } } } }",
                as: .partner,
                ["id": .string(id)])
            #expect(gone["node"] == ["task": nil, "project": nil])
            try await mutate(api, "markNotificationsRead", "", as: .partner)
            #expect(try await told(api, .partner) == [])
        }
    }

    @Test("the end of a batch job, an import or an export leads to it, without a task")
    func runs() async throws {
        try await API.run { api in
            try await api.sql(
                """
                update notifications
                set kind = 'BATCH_JOB_ENDED', task_id = null, subtask_id = null, batch_job_id = \(Key.batchJob(1).sql),
                    import_id = \(Key.import(1).sql), export_id = \(Key.export(1).sql)
                where id = \(Key.notification(1).sql)
                """)
            let response = try await api.execute(
                """
                query($id: ID!) {
                    node(id: $id) {
                        ... on Notification { kind task { id } batchJob { id } import { id } export { id } }
                    }
                }
                """, ["id": .string(Key.notification(1).id)])
            #expect(
                response["node"] == [
                    "kind": "BATCH_JOB_ENDED", "task": nil, "batchJob": ["id": .string(Key.batchJob(1).id)],
                    "import": ["id": .string(Key.import(1).id)], "export": ["id": .string(Key.export(1).id)],
                ])
        }
    }

    @Test("who takes no part in a project any more is told nothing of it")
    func outsiders() async throws {
        try await API.run { api in
            try await api.sql("update subtasks set created_by = \(Key.user(5).sql) where id = \(Key.subtask(3).sql)")
            try await mutate(api, "decideSubtask", "subtaskId: \"\(Key.subtask(3).id)\", status: DENIED")
            #expect(try await told(api, .stranger) == [])
        }
    }
}
