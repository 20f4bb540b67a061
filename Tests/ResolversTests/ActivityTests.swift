import Database
import Foundation
import GraphQL
import JSON
import Schema
import Testing

@testable import Resolvers

@Suite("The activity of projects", .timeLimit(.minutes(15)))
struct ActivityTests {
    private static let watched =
        "subscription($id: ID!, $after: ID) { projectActivity(projectId: $id, after: $after) { eventId activity { kind subjectName createdBy { id } } } }"

    private func mutate(
        _ api: API, _ field: String, _ input: JSONObject, as person: Person = .supervisor
    ) async throws {
        let response = try await MutationTests().mutate(api, field, input, "__typename", as: person)
        #expect(response.messages == [], "\(field)")
        #expect(response.problems(field) == [], "\(field)")
    }

    /// What was done since the fixture, oldest first.
    private func activity(
        _ api: API, _ filter: String = "", of project: Key = .project(1), as person: Person = .supervisor
    ) async throws -> [JSONValue] {
        let response = try await api.execute(
            """
            { project(id: "\(project.id)") { activity(filter: { createdFrom: "2026-06-01T00:00:00Z" \(filter) }) {
              totalCount
              edges { node {
                kind subjectName subject { __typename id } task { id } subtask { id } user { id } taskStatus { name }
                createdBy { id } project { id }
              } }
            } } }
            """, as: person)
        #expect(response.messages == [])
        if response["project"] == .null { return [] }
        let nodes = (response["project.activity.edges"]?.array ?? []).compactMap { $0["node"] }
        #expect(response["project.activity.totalCount"] == .int(Int64(nodes.count)))
        return nodes.reversed()
    }

    private func id(_ key: Key) -> JSONValue { .string(key.id) }

    @Test("what people do is told once each, with who, what, where and whom; what is no news to them is not")
    func meaning() async throws {
        try await API.run { api in
            try await mutate(api, "createTask", ["projectId": id(.project(1)), "name": "New"])
            try await mutate(api, "updateTask", ["taskId": id(.task(1)), "statusId": id(.status(12))])
            try await mutate(api, "updateTask", ["taskId": id(.task(2)), "assigneeId": id(.user(3))], as: .partner)
            try await mutate(api, "moveTask", ["taskId": id(.task(3))])
            try await mutate(
                api, "createSubtask", ["taskId": id(.task(1)), "name": "Back", "assetId": id(.asset(1))])
            try await mutate(api, "decideSubtask", ["subtaskId": id(.subtask(5)), "status": "ACCEPTED"])
            try await mutate(api, "updateFinding", ["findingId": id(.finding(2)), "description": "New"])
            try await mutate(
                api, "createRpd", ["projectId": id(.project(1)), "kind": "TEXT_REVIEW", "content": ["title": "New"]])
            try await mutate(api, "deleteTask", ["taskId": id(.task(2))])
            try await mutate(api, "inviteToProject", ["projectId": id(.project(1)), "email": "new@demo.example"])
            try await mutate(api, "likeAsset", ["assetId": id(.asset(3))])
            let entries = try await activity(api)
            let kinds = entries.compactMap { $0["kind"]?.string }
            let told = [
                "TASK_CREATED", "TASK_STATUS_CHANGED", "TASK_ASSIGNED", "SUBTASK_CREATED", "SUBTASK_DECIDED",
                "FINDING_UPDATED", "RPD_CREATED", "TASK_DELETED", "REVIEW_CANCELLED",
            ]
            // A decision may take its task along; a deleted task ends its review.
            #expect(kinds.filter { $0 != "TASK_STATUS_CHANGED" } == told.filter { $0 != "TASK_STATUS_CHANGED" })
            func entry(_ kind: String) throws -> JSONValue {
                try #require(entries.first { $0["kind"]?.string == kind })
            }
            let status = try entry("TASK_STATUS_CHANGED")
            #expect(status["taskStatus"]?["name"] == "done")
            #expect(status["subject"] == ["__typename": "Task", "id": id(.task(1))])
            #expect(status["task"]?["id"] == id(.task(1)))
            #expect(status["project"]?["id"] == id(.project(1)))
            let assigned = try entry("TASK_ASSIGNED")
            #expect(assigned["user"]?["id"] == id(.user(3)))
            #expect(assigned["createdBy"]?["id"] == id(.user(3)))
            #expect(try entry("SUBTASK_CREATED")["subjectName"] == "Back")
            let decided = try entry("SUBTASK_DECIDED")
            #expect(decided["subject"]?["__typename"] == "SubtaskDecision")
            #expect(decided["subtask"]?["id"] == id(.subtask(5)))
            #expect(decided["task"]?["id"] == id(.task(3)))
            #expect(try entry("FINDING_UPDATED")["subtask"]?["id"] == id(.subtask(1)))
            let deleted = try entry("TASK_DELETED")
            #expect(deleted["subjectName"] == "Task 2")
            #expect(deleted["subject"] == .null)
            #expect(deleted["task"] == .null)
        }
    }

    @Test("what people have started ends by itself, and that is told as nobody's doing")
    func ends() async throws {
        try await API.run { api in
            try await api.sql(
                "update reviews set status = 'COMPLETED', finished_at = now() where id = \(Key.review(3).sql)")
            let entries = try await activity(api)
            #expect(entries.map { $0["kind"] } == ["REVIEW_COMPLETED"])
            #expect(entries.first?["createdBy"] == .null)
            #expect(entries.first?["subject"] == ["__typename": "Review", "id": id(.review(3))])
        }
    }

    @Test("it is cut by kind, task, person and time")
    func filter() async throws {
        try await API.run { api in
            try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "New"])
            try await mutate(api, "updateSubtask", ["subtaskId": id(.subtask(1)), "name": "New"], as: .partner)
            try await mutate(api, "updateTask", ["taskId": id(.task(2)), "name": "New"])
            for (filter, count) in [
                ("", 3), ("kinds: [SUBTASK_UPDATED]", 1), ("taskId: \"\(Key.task(1).id)\"", 2),
                ("taskId: \"\(Key.subtask(1).id)\"", 0), ("createdById: \"\(Key.user(3).id)\"", 1),
                ("createdBefore: \"2026-06-02T00:00:00Z\"", 0),
            ] {
                #expect(try await activity(api, filter).count == count, "\(filter)")
            }
        }
    }

    @Test("it is for who takes part, and tells of the own project only")
    func readers() async throws {
        try await API.run { api in
            try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "New"])
            try await mutate(api, "updateTask", ["taskId": id(.task(5)), "name": "New"], as: .stranger)
            for person in [Person.supervisor, .owner, .partner, .studio] {
                #expect(try await activity(api, as: person).count == 1, "\(person)")
            }
            #expect(try await activity(api, as: .stranger).isEmpty)
            #expect(try await activity(api, as: .admin).isEmpty)
            #expect(try await activity(api, of: .project(2)).isEmpty)
            #expect(try await activity(api, of: .project(3), as: .stranger).count == 1)
        }
    }

    @Test("the kinds that triggers write are those of the schema")
    func kinds() async throws {
        try await API.run { api in
            let text = try await api.sql("select prosrc from pg_proc where proname = 'activity_of'")[0].string(0)
            let written = text.matches(of: /(?:then|else) '([A-Z_]+)'/).map { String($0.output.1) }
            #expect(Set(written) == Set(ActivityKind.allCases.map(\.rawValue)))
        }
    }

    @Test("who watches hears of each entry once, in order, also of what was missed")
    func watch() async throws {
        try await API.run { api in
            try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "One"])
            let live = try await Watch(api, Self.watched, .project(1))
            try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "Two"], as: .partner)
            try await mutate(api, "updateTask", ["taskId": id(.task(5)), "name": "Elsewhere"], as: .stranger)
            try await mutate(api, "updateSubtask", ["subtaskId": id(.subtask(1)), "name": "Three"])
            let first = try #require(try await live.next()?["projectActivity"])
            #expect(
                first["activity"] == ["kind": "TASK_UPDATED", "subjectName": "Two", "createdBy": ["id": id(.user(3))]])
            let second = try #require(try await live.next()?["projectActivity"])
            #expect(second["activity"]?["subjectName"] == "Three")
            live.cancel()
            let missed = try await Watch(api, Self.watched, .project(1), after: "0")
            var names: [JSONValue?] = []
            // The fixture has one, too.
            for _ in 0..<4 { names.append(try await missed.next()?["projectActivity"]?["activity"]?["subjectName"]) }
            #expect(names == ["Task 3", "One", "Two", "Three"])
            missed.cancel()
        }
    }

    @Test("who takes part no more hears nothing from then on")
    func removed() async throws {
        try await API.run { api in
            let watch = try await Watch(api, Self.watched, .project(1), as: .partner)
            try await mutate(api, "updateTask", ["taskId": id(.task(2)), "name": "Before"])
            #expect(try await watch.next()?["projectActivity"]?["activity"]?["subjectName"] == "Before")
            try await mutate(api, "removeProjectMember", ["projectId": id(.project(1)), "userId": id(.user(3))])
            try await mutate(api, "updateTask", ["taskId": id(.task(2)), "name": "After"])
            let error = await #expect(throws: RequestError.self) { try await watch.next() }
            #expect(error?.errors.map(\.code) == [.notFound])
        }
    }
}
