import Foundation
import JSON
import Testing

@testable import Resolvers

/// What people do with materials.
///
/// Rules are those of the domain's acceptance list.
@Suite("Deciding on, versioning, arranging and deleting materials", .timeLimit(.minutes(15)))
struct SubtaskMutationTests {
    private func id(_ key: Key) -> JSONValue { .string(key.id) }

    /// Runs a mutation; `input` is its literal.
    private func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    private func decide(_ api: API, _ subtask: Int, _ status: String) async throws -> Response {
        try await mutate(
            api, "decideSubtask", #"subtaskId: "\#(Key.subtask(subtask).id)", status: \#(status), comment: "Why""#,
            "subtask { status task { status { name } } } decision { fromStatus toStatus comment createdBy { id } content { version } }"
        )
    }

    @Test("rule 7: each real change is one entry with its actor, and the same again is none")
    func history() async throws {
        try await API.run { api in
            for (status, before) in [("ACCEPTED", "PENDING"), ("DENIED", "ACCEPTED"), ("PENDING", "DENIED")] {
                let changed = try await decide(api, 2, status)
                #expect(changed["decideSubtask.subtask.status"] == .string(status))
                #expect(
                    changed["decideSubtask.decision"]
                        == [
                            "fromStatus": .string(before), "toStatus": .string(status), "comment": "Why",
                            "createdBy": ["id": id(.user(1))], "content": ["version": 1],
                        ])
                let again = try await decide(api, 2, status)
                #expect(again["decideSubtask.decision"] == .null)
                #expect(again["decideSubtask.subtask.status"] == .string(status))
            }
            let history = try await api.execute(
                #"{ subtask(id: "\#(Key.subtask(2).id)") { decisions { totalCount edges { node { toStatus createdAt } } } } }"#
            )
            #expect(history["subtask.decisions.totalCount"] == 3)
            let statuses = history["subtask.decisions.edges"]?.array?.compactMap { $0["node"]?["toStatus"]?.string }
            #expect(statuses == ["PENDING", "DENIED", "ACCEPTED"])
        }
    }

    @Test("rule 8: a decision moves the task to the second-to-last status, all accepted to the last one")
    func taskStatus() async throws {
        try await API.run { api in
            try await api.sql(
                """
                insert into task_statuses (organization_id, position, name)
                values (\(Key.organization(1).sql), 3, 'checked'), (\(Key.organization(1).sql), 4, 'closed')
                """)
            func status(_ response: Response) -> JSONValue? { response["decideSubtask.subtask.task.status.name"] }
            #expect(status(try await decide(api, 1, "ACCEPTED")) == "checked")
            #expect(status(try await decide(api, 2, "DENIED")) == "checked")
            #expect(status(try await decide(api, 2, "ACCEPTED")) == "closed")
            #expect(status(try await decide(api, 2, "PENDING")) == "closed", "taking back leaves the task")
            #expect(status(try await decide(api, 2, "DENIED")) == "checked")
        }
    }

    @Test("rule 9: a new version keeps the old one and the status; restoring makes another version")
    func versions() async throws {
        try await API.run { api in
            _ = try await decide(api, 2, "DENIED")
            let added = try await mutate(
                api, "addSubtaskContent",
                #"subtaskId: "\#(Key.subtask(2).id)", assetId: "\#(Key.asset(5).id)""#,
                "content { version asset { id } subtask { status } }")
            #expect(
                added["addSubtaskContent.content"]
                    == ["version": 2, "asset": ["id": id(.asset(5))], "subtask": ["status": "DENIED"]])
            let restored = try await mutate(
                api, "restoreSubtaskContent", #"contentId: "\#(Key.content(2).id)""#,
                "content { version asset { id } subtask { content { version } contents { totalCount } } }")
            #expect(
                restored["restoreSubtaskContent.content"]
                    == [
                        "version": 3, "asset": ["id": id(.asset(2))],
                        "subtask": ["content": ["version": 3], "contents": ["totalCount": 3]],
                    ])
            let current = try await mutate(
                api, "restoreSubtaskContent", #"contentId: "\#(Key.content(3).id)""#, "content { version }")
            #expect(current.problems("restoreSubtaskContent") == ["input.contentId CONFLICT"])
            for asset in [Key.asset(9), .asset(7)] {
                let refused = try await mutate(
                    api, "addSubtaskContent", #"subtaskId: "\#(Key.subtask(2).id)", assetId: "\#(asset.id)""#,
                    "content { version }")
                #expect(refused.problems("addSubtaskContent").count == 1)
            }
        }
    }

    @Test("rule 10: a copy is of the same project, pending and without history")
    func copies() async throws {
        try await API.run { api in
            _ = try await decide(api, 1, "ACCEPTED")
            let copied = try await mutate(
                api, "copySubtask", #"subtaskId: "\#(Key.subtask(1).id)", taskId: "\#(Key.task(2).id)""#,
                """
                subtask { id name status position task { id } content { version asset { id } }
                  contents { totalCount } decisions { totalCount } reviews { totalCount } }
                """)
            let copy = copied["copySubtask.subtask"]
            #expect(copy?["name"] == "Picture 1（コピー）")
            #expect(copy?["status"] == "PENDING")
            #expect(copy?["position"] == 3)
            #expect(copy?["task"]?["id"] == id(.task(2)))
            #expect(copy?["content"] == ["version": 1, "asset": ["id": id(.asset(2))]])
            for list in ["contents", "decisions", "reviews"] {
                #expect(copy?[list]?["totalCount"] == (list == "contents" ? 1 : 0), "\(list)")
            }
            for task in [Key.task(4), .task(5), .task(99)] {
                let refused = try await mutate(
                    api, "copySubtask", #"subtaskId: "\#(Key.subtask(1).id)", taskId: "\#(task.id)""#, "subtask { id }")
                #expect(refused.problems("copySubtask") == ["input.taskId NOT_FOUND"], "\(task.number)")
            }
        }
    }

    @Test("moving closes the gap and makes room; no two subtasks have one place")
    func moving() async throws {
        try await API.run { api in
            for _ in 0..<2 {
                _ = try await mutate(
                    api, "copySubtask", #"subtaskId: "\#(Key.subtask(1).id)", taskId: "\#(Key.task(1).id)", name: "C""#,
                    "subtask { id }")
            }
            func names() async throws -> [String] {
                let response = try await api.execute(
                    #"{ task(id: "\#(Key.task(1).id)") { subtasks { edges { node { name position } } } } }"#)
                let nodes = response["task.subtasks.edges"]?.array?.compactMap { $0["node"] } ?? []
                #expect(nodes.compactMap { $0["position"]?.int } == Array(1...Int64(nodes.count)))
                return nodes.compactMap { $0["name"]?.string }
            }
            for (position, expected) in [
                (3, ["Picture 2", "C", "Picture 1", "C"]), (1, ["Picture 1", "Picture 2", "C", "C"]),
                (99, ["Picture 2", "C", "C", "Picture 1"]), (99, ["Picture 2", "C", "C", "Picture 1"]),
            ] {
                _ = try await mutate(
                    api, "moveSubtask", #"subtaskId: "\#(Key.subtask(1).id)", position: \#(position)"#, "subtask { id }"
                )
                #expect(try await names() == expected)
            }
            let refused = try await mutate(
                api, "moveSubtask", #"subtaskId: "\#(Key.subtask(1).id)", position: 0"#, "subtask { id }")
            #expect(refused.problems("moveSubtask") == ["input.position INVALID"])
        }
    }

    @Test("a deleted material is gone from everywhere, refuses everything, and comes back behind the others")
    func deleting() async throws {
        try await API.run { api in
            let deleted = try await mutate(
                api, "deleteSubtask", #"subtaskId: "\#(Key.subtask(1).id)""#, "deletedSubtaskId")
            #expect(deleted["deleteSubtask.deletedSubtaskId"] == id(.subtask(1)))
            for key in [Key.subtask(1), .content(1), .decision(1), .review(1), .outcome(11), .finding(2)] {
                let response = try await api.execute(#"{ node(id: "\#(key.id)") { id } }"#)
                #expect(response["node"] == .null, "\(key.typeName)")
            }
            let lists = try await api.execute(
                """
                { task(id: "\(Key.task(1).id)") { subtasks { totalCount edges { node { id position } } } }
                  project(id: "\(Key.project(1).id)") { reviews { totalCount edges { node { subtask { id } } } } } }
                """)
            #expect(
                lists["task.subtasks"]
                    == ["totalCount": 1, "edges": [["node": ["id": id(.subtask(2)), "position": 1]]]])
            #expect(lists["project.reviews.totalCount"] == 3)
            #expect(
                try await api.number("select count(*) from reviews where status = 'CANCELLED' and version = 3") == 1)
            for (field, input) in [
                ("updateSubtask", #"name: "x""#), ("decideSubtask", "status: ACCEPTED"), ("moveSubtask", "position: 1"),
                ("addSubtaskContent", #"assetId: "\#(Key.asset(1).id)""#), ("deleteSubtask", ""),
                ("startReview", "selection: { copyrightCheck: true }"),
            ] {
                let refused = try await mutate(
                    api, field, #"subtaskId: "\#(Key.subtask(1).id)", \#(input)"#, "__typename")
                #expect(refused.codes == ["NOT_FOUND"], "\(field)")
            }
            let restored = try await mutate(
                api, "restoreSubtask", #"subtaskId: "\#(Key.subtask(1).id)""#, "subtask { position status }")
            #expect(restored["restoreSubtask.subtask"] == ["position": 2, "status": "PENDING"])
        }
    }

    @Test("rule 6: a deleted task disappears with all that is in it, refuses updates, and can be brought back")
    func deletedTask() async throws {
        try await API.run { api in
            _ = try await mutate(api, "deleteTask", #"taskId: "\#(Key.task(1).id)""#, "deletedTaskId")
            for key in [Key.task(1), .subtask(1), .content(1), .review(1), .outcome(11), .finding(2), .export(1)] {
                let response = try await api.execute(#"{ node(id: "\#(key.id)") { id } }"#)
                #expect(response["node"] == .null, "\(key.typeName)")
            }
            let lists = try await api.execute(
                #"{ project(id: "\#(Key.project(1).id)") { tasks { totalCount edges { node { id } } } reviews { totalCount } } }"#
            )
            #expect(lists.ids("project.tasks") == [Key.task(3).id, Key.task(2).id])
            #expect(lists["project.tasks.totalCount"] == 2)
            #expect(lists["project.reviews.totalCount"] == 2)
            for (field, input) in [
                ("updateTask", #"name: "x""#), ("deleteTask", ""),
                ("createSubtask", #"name: "x", assetId: "\#(Key.asset(1).id)""#),
            ] {
                let refused = try await mutate(api, field, #"taskId: "\#(Key.task(1).id)", \#(input)"#, "__typename")
                #expect(refused.codes == ["NOT_FOUND"], "\(field)")
            }
            let export = try await mutate(api, "startExport", #"taskIds: "\#(Key.task(1).id)""#, "__typename")
            #expect(export.codes == ["NOT_FOUND"])
            let inside = try await mutate(
                api, "decideSubtask", #"subtaskId: "\#(Key.subtask(1).id)", status: ACCEPTED"#, "__typename")
            #expect(inside.codes == ["NOT_FOUND"])
            #expect(try await api.number("select count(*) from exports where status = 'CANCELLED'") == 1)
            let restored = try await mutate(
                api, "restoreTask", #"taskId: "\#(Key.task(1).id)""#, "task { subtasks { totalCount } }")
            #expect(restored["restoreTask.task"] == ["subtasks": ["totalCount": 2]])
        }
    }

    @Test("rule 6: status, priority and assignee of a change belong to the project; null clears, absence keeps")
    func changedTask() async throws {
        try await API.run { api in
            let changed = try await mutate(
                api, "updateTask", #"taskId: "\#(Key.task(1).id)", statusId: "\#(Key.status(12).id)""#,
                "task { name status { name } assignee { id } dueAt }")
            #expect(changed["updateTask.task.status.name"] == "done")
            #expect(changed["updateTask.task.name"] == "Task 1")
            #expect(changed["updateTask.task.assignee.id"] == id(.user(3)))
            #expect(changed["updateTask.task.dueAt"]?.string != nil)
            let cleared = try await mutate(
                api, "updateTask", #"taskId: "\#(Key.task(1).id)", assigneeId: null, dueAt: null"#,
                "task { assignee { id } dueAt }")
            #expect(cleared["updateTask.task"] == ["assignee": nil, "dueAt": nil])
            for (field, key) in [
                ("statusId", Key.status(31)), ("priorityId", .priority(31)), ("assigneeId", .user(5)),
            ] {
                let refused = try await mutate(
                    api, "updateTask", #"taskId: "\#(Key.task(1).id)", \#(field): "\#(key.id)""#, "task { name }")
                #expect(refused.problems("updateTask") == ["input.\(field) NOT_FOUND"])
            }
        }
    }

    @Test("who saw an older state is told so, gets the present one, and changes nothing")
    func optimisticLocking() async throws {
        try await API.run { api in
            for (field, argument, key, object) in [
                ("updateTask", "taskId", Key.task(1), "task"), ("updateSubtask", "subtaskId", .subtask(1), "subtask"),
            ] {
                let seen =
                    try await api.execute(
                        #"{ \#(object)(id: "\#(key.id)") { updatedAt } }"#)["\(object).updatedAt"]?.string ?? ""
                let first = try await mutate(
                    api, field, #"\#(argument): "\#(key.id)", name: "First", expectedUpdatedAt: "\#(seen)""#,
                    "\(object) { name }")
                #expect(first.problems(field) == [])
                let second = try await mutate(
                    api, field, #"\#(argument): "\#(key.id)", name: "Second", expectedUpdatedAt: "\#(seen)""#,
                    "\(object) { name }")
                #expect(second.problems(field) == ["input.expectedUpdatedAt CONFLICT"])
                #expect(second["\(field).\(object).name"] == "First")
            }
        }
    }
}
