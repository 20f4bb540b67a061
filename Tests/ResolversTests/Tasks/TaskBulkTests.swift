import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Many tasks at once", .timeLimit(.minutes(15)))
struct TaskBulkTests {
    private func run(
        _ api: API, _ field: String, _ tasks: [Key], _ rest: JSONObject = [:], as person: Person = .supervisor
    ) async throws -> Response {
        var input = rest
        input["taskIds"] = .array(tasks.map { .string($0.id) })
        let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
        return try await api.execute(
            """
            mutation($input: \(type)!) { \(field)(input: $input) {
              results {
                taskId userErrors { field code }
                task { name status { id } priority { id } assignee { id } dueAt tags { id } }
              }
              userErrors { field code }
            } }
            """, as: person, ["input": .object(input)])
    }

    /// The code of each result; nil for success.
    private func codes(_ response: Response, _ field: String) -> [String?] {
        (response["\(field).results"]?.array ?? []).map { $0["userErrors"]?[0]?["code"]?.string }
    }

    @Test("every property of many tasks is changed, set and cleared, each once and in the order asked")
    func update() async throws {
        try await API.run { api in
            let response = try await run(
                api, "updateTasks", [.task(2), .task(1), .task(2)],
                [
                    "statusId": .string(Key.status(12).id), "priorityId": .string(Key.priority(11).id),
                    "assigneeId": .string(Key.user(2).id), "dueAt": "2026-05-01T00:00:00.000000Z",
                    "addTaskTagIds": [.string(Key.tag(1).id)],
                ])
            #expect(response.messages == [])
            let results = response["updateTasks.results"]?.array ?? []
            #expect(results.map { $0["taskId"]?.string } == [Key.task(2).id, Key.task(1).id])
            for result in results {
                let task = result["task"]
                #expect(task?["status"]?["id"]?.string == Key.status(12).id)
                #expect(task?["priority"]?["id"]?.string == Key.priority(11).id)
                #expect(task?["assignee"]?["id"]?.string == Key.user(2).id)
                #expect(task?["dueAt"] == "2026-05-01T00:00:00.000000Z")
                #expect(task?["tags"]?.array?.contains(["id": .string(Key.tag(1).id)]) == true)
            }
            let cleared = try await run(
                api, "updateTasks", [.task(1)],
                ["assigneeId": nil, "dueAt": nil, "removeTaskTagIds": [.string(Key.tag(1).id)]], as: .partner)
            let task = cleared["updateTasks.results.0.task"]
            #expect(task?["assignee"] == .null)
            #expect(task?["dueAt"] == .null)
            #expect(task?["tags"]?.array?.contains(["id": .string(Key.tag(1).id)]) == false)
            #expect(task?["status"]?["id"]?.string == Key.status(12).id)
        }
    }

    @Test("what fails for one fails for no other: foreign, missing and deleted tasks have a result of their own")
    func partial() async throws {
        try await API.run { api in
            try await api.sql("update tasks set deleted_at = now() where id = \(Key.task(3).sql)")
            let keys: [Key] = [.task(1), .task(5), .task(3), .task(99), .project(1), .task(2)]
            let expected: [String?] = [nil, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", nil]
            let updated = try await run(
                api, "updateTasks", keys, ["statusId": .string(Key.status(12).id)])
            #expect(codes(updated, "updateTasks") == expected)
            #expect(updated["updateTasks.results.1.task"] == .null)
            // Of a project that has another status: this task's fault alone.
            let foreign = try await run(api, "updateTasks", [.task(1)], ["statusId": .string(Key.status(31).id)])
            #expect(codes(foreign, "updateTasks") == ["NOT_FOUND"])
            #expect(foreign["updateTasks.results.0.task.status.id"]?.string == Key.status(12).id)
            let deleted = try await run(api, "deleteTasks", keys)
            #expect(codes(deleted, "deleteTasks") == expected)
            let restored = try await run(api, "restoreTasks", [.task(1), .task(3), .task(5)])
            #expect(codes(restored, "restoreTasks") == [nil, nil, "NOT_FOUND"])
            #expect(try await api.number("select count(*) from tasks where deleted_at is not null") == 1)
        }
    }

    @Test(
        "who sees nothing changes nothing, and learns no more than of tasks that do not exist", arguments: Role.allCases
    )
    func access(role: Role) async throws {
        try await role.run { api in
            for field in ["updateTasks", "deleteTasks", "restoreTasks"] {
                let response = try await run(api, field, [.task(1), .task(99)], as: role.person)
                guard role != .anonymous else {
                    #expect(response.codes == ["UNAUTHENTICATED"])
                    continue
                }
                #expect(codes(response, field) == [Role.participants.contains(role) ? nil : "NOT_FOUND", "NOT_FOUND"])
            }
        }
    }

    @Test("more than a hundred tasks, and identifiers that are none, are refused before anything changes")
    func limits() async throws {
        try await API.run { api in
            let many = try await run(api, "deleteTasks", (1...101).map { .task($0) })
            #expect(many.problems("deleteTasks") == ["input.taskIds TOO_LONG"])
            #expect(many["deleteTasks.results"] == [])
            let wrong = try await run(api, "updateTasks", [.task(1)], ["statusId": .string(Key.task(1).id)])
            #expect(wrong.problems("updateTasks") == ["input.statusId NOT_FOUND"])
            #expect(try await api.number("select count(*) from tasks where deleted_at is not null") == 0)
        }
    }

    @Test("a failure of the system is told for the task it hit, and the others are done")
    func failure() async throws {
        try await API.run { api in
            try await api.sql(
                """
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if old.id = \(Key.task(2).sql) then raise exception 'broken'; end if;
                    return new;
                end
                $$
                """)
            try await api.sql("create trigger refuse before update on tasks for each row execute function refuse()")
            let response = try await run(
                api, "updateTasks", [.task(1), .task(2), .task(3)], ["dueAt": "2026-05-01T00:00:00.000000Z"])
            #expect(codes(response, "updateTasks") == [nil, "FAILED", nil])
            #expect(!response.text.contains("broken"))
            #expect(try await api.number("select count(*) from tasks where due_at = '2026-05-01'") == 2)
            #expect(api.log.entries.map(\.message) == ["unexpected error"])
        }
    }
}
