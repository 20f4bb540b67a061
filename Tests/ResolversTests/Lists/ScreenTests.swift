import Foundation
import JSON
import Testing

@testable import Resolvers

/// What the lists of the screens tell beside the rows themselves.
@Suite("Lists of the screens", .timeLimit(.minutes(15)))
struct ScreenTests {
    private func tasks(_ api: API, _ selection: String) async throws -> [JSONValue?] {
        let response = try await api.execute(
            """
            { project(id: "\(Key.project(1).id)") {
              tasks(orderBy: { field: TID }) { edges { node { \(selection) } } }
            } }
            """)
        #expect(response.messages == [])
        return (response["project.tasks.edges"]?.array ?? []).map { $0["node"] }
    }

    private func putAway(_ api: API, _ subtask: Key) async throws {
        try await api.sql("update subtasks set deleted_at = now(), position = null where id = \(subtask.sql)")
    }

    private func summary(_ reviewed: Int, _ severity: JSONValue, _ counts: [Int]) -> JSONValue {
        [
            "reviewSummary": [
                "reviewedSubtasks": .int(Int64(reviewed)), "severity": severity, "risks": .int(Int64(counts[0])),
                "alerts": .int(Int64(counts[1])), "safe": .int(Int64(counts[2])),
            ]
        ]
    }

    @Test("a task tells how many of its materials are decided, without deleted ones")
    func counts() async throws {
        try await API.run { api in
            let selection = "subtaskCounts { total pending accepted denied }"
            try await api.sql("update subtasks set status = 'ACCEPTED' where id = \(Key.subtask(1).sql)")
            try await api.sql("update subtasks set status = 'DENIED' where id = \(Key.subtask(4).sql)")
            try await putAway(api, .subtask(3))
            try await api.sql("delete from subtasks where task_id = \(Key.task(3).sql)")
            let expected: [JSONValue] = [
                ["subtaskCounts": ["total": 2, "pending": 1, "accepted": 1, "denied": 0]],
                ["subtaskCounts": ["total": 1, "pending": 0, "accepted": 0, "denied": 1]],
                ["subtaskCounts": ["total": 0, "pending": 0, "accepted": 0, "denied": 0]],
            ]
            #expect(try await tasks(api, selection) == expected)
        }
    }

    @Test("a task sums up the latest completed review of each material, without what people do not stand by")
    func reviews() async throws {
        try await API.run { api in
            let selection = "reviewSummary { reviewedSubtasks severity risks alerts safe }"
            // The latest of material 1 has two risks, an alert and a safe finding; nothing else has completed.
            let none = summary(0, .null, [0, 0, 0])
            #expect(try await tasks(api, selection) == [summary(1, "RISK", [2, 1, 1]), none, none])
            try await api.sql("update findings set status = 'REJECTED' where id = \(Key.finding(2).sql)")
            #expect(try await tasks(api, selection)[0] == summary(1, "RISK", [1, 1, 1]))
            let overridden = try await api.execute(
                """
                mutation { createFinding(input: {
                  reviewId: "\(Key.review(2).id)", rpdVersionId: "\(Key.version(2).id)",
                  overridesId: "\(Key.finding(5).id)", description: "Fine", severity: SAFE
                }) { userErrors { message } } }
                """)
            #expect(overridden.messages == [])
            #expect(try await tasks(api, selection)[0] == summary(1, "ALERT", [0, 1, 2]))
            try await putAway(api, .subtask(1))
            #expect(try await tasks(api, selection)[0] == none)
        }
    }

    @Test("a task shows its first three pictures, whatever stands between them")
    func pictures() async throws {
        try await API.run { api in
            for place in 3...6 {
                try await api.sql(
                    """
                    insert into subtasks (id, project_id, task_id, position, kind, name)
                    values (\(Key.subtask(100 + place).sql), \(Key.project(1).sql), \(Key.task(1).sql), \(place),
                        '\(place == 3 ? "VIDEO" : "PICTURE")', 'More')
                    """)
            }
            func ids(_ numbers: [Int]) -> JSONValue {
                ["pictures": .array(numbers.map { ["id": .string(Key.subtask($0).id)] })]
            }
            #expect(try await tasks(api, "pictures { id }") == [ids([1, 2, 104]), ids([3, 4]), ids([5, 6])])
            try await putAway(api, .subtask(1))
            #expect(try await tasks(api, "pictures { id }")[0] == ids([2, 104, 105]))
        }
    }

    @Test("what a list of tasks tells costs as many statements for many tasks as for one")
    func statements() async throws {
        try await API.run { api in
            let statements = try await api.countStatements {
                _ = try await tasks(
                    api, "subtaskCounts { total } reviewSummary { risks } pictures { content { asset { state } } }")
            }
            // The project, its tasks, counts, summaries, pictures, their versions, their files.
            #expect(statements.count == 7)
        }
    }

    @Test("a material leads to its neighbors in the order of its task, or in another, among those that fit")
    func neighbors() async throws {
        try await API.run { api in
            for place in 3...4 {
                try await api.sql(
                    """
                    insert into subtasks (id, project_id, task_id, position, kind, status, name)
                    values (\(Key.subtask(100 + place).sql), \(Key.project(1).sql), \(Key.task(1).sql), \(place), 'PICTURE',
                        '\(place == 3 ? "DENIED" : "PENDING")', 'A \(place)')
                    """)
            }
            func beside(_ subtask: Int, _ arguments: String = "") async throws -> [JSONValue?] {
                let response = try await api.execute(
                    """
                    { subtask(id: "\(Key.subtask(subtask).id)") {
                      previous\(arguments) { id } next\(arguments) { id }
                    } }
                    """)
                #expect(response.messages == [])
                return [response["subtask.previous"], response["subtask.next"]]
            }
            func ids(_ previous: Int?, _ next: Int?) -> [JSONValue?] {
                [previous, next].map { $0.map { ["id": .string(Key.subtask($0).id)] } ?? .null }
            }
            #expect(try await beside(1) == ids(nil, 2))
            #expect(try await beside(2) == ids(1, 103))
            #expect(try await beside(104) == ids(103, nil))
            #expect(try await beside(2, "(filter: { statuses: [PENDING] })") == ids(1, 104))
            #expect(try await beside(1, "(orderBy: { field: NAME })") == ids(104, 2))
        }
    }

    @Test("a material tells the characters that people have chosen apart from the predicted ones")
    func selectedCharacters() async throws {
        try await API.run { api in
            try await api.sql("delete from subtask_characters where subtask_id = \(Key.subtask(1).sql)")
            try await api.sql(
                """
                insert into subtask_characters (subtask_id, character_id, is_predicted, project_id)
                values (\(Key.subtask(1).sql), \(Key.character(2).sql), true, \(Key.project(1).sql))
                """)
            let query = """
                { subtask(id: "\(Key.subtask(1).id)") {
                  characters { id } selectedCharacters { id } predictedCharacters { id }
                } }
                """
            let second: JSONValue = [["id": .string(Key.character(2).id)]]
            #expect(
                try await api.execute(query)["subtask"]
                    == ["characters": second, "selectedCharacters": [], "predictedCharacters": second])
            try await api.sql(
                """
                insert into subtask_characters (subtask_id, character_id, is_predicted, project_id)
                values (\(Key.subtask(1).sql), \(Key.character(1).sql), false, \(Key.project(1).sql))
                """)
            let first: JSONValue = [["id": .string(Key.character(1).id)]]
            #expect(
                try await api.execute(query)["subtask"]
                    == ["characters": first, "selectedCharacters": first, "predictedCharacters": second])
        }
    }

    @Test("a new task can have labels of its project, and of no other")
    func labels() async throws {
        try await API.run { api in
            func create(_ tags: [Key]) async throws -> Response {
                let ids = tags.map { "\"\($0.id)\"" }.joined(separator: ",")
                return try await api.execute(
                    """
                    mutation { createTask(input: {
                      projectId: "\(Key.project(1).id)", name: "New", taskTagIds: [\(ids)]
                    }) { task { tags { id } } userErrors { field code } } }
                    """)
            }
            let made = try await create([.tag(2), .tag(1), .tag(2)])
            #expect(made["createTask.task.tags"] == .array([1, 2].map { ["id": .string(Key.tag($0).id)] }))
            let tasks = try await api.number("select count(*) from tasks")
            #expect(try await create([.tag(1), .tag(3)]).problems("createTask") == ["input.taskTagIds.1 NOT_FOUND"])
            let many = try await create(Array(repeating: .tag(1), count: 51))
            #expect(many.problems("createTask") == ["input.taskTagIds TOO_LONG"])
            #expect(try await api.number("select count(*) from tasks") == tasks)
        }
    }

    @Test("batch jobs have names, and are found by them and by the names of what they look at")
    func batchJobs() async throws {
        try await API.run { api in
            let started = try await api.execute(
                """
                mutation { startBatchReview(input: {
                  projectId: "\(Key.project(1).id)", name: " Spring goods ", subtaskIds: ["\(Key.subtask(6).id)"],
                  selection: { rpdIds: ["\(Key.rpd(2).id)"] }
                }) { batchJob { id name } userErrors { field code message } } }
                """)
            #expect(started["startBatchReview.batchJob.name"] == "Spring goods")
            let id = started["startBatchReview.batchJob.id"]?.string ?? ""
            let long = try await api.execute(
                """
                mutation { startBatchReview(input: {
                  projectId: "\(Key.project(1).id)", name: "\(String(repeating: "a", count: 256))",
                  subtaskIds: ["\(Key.subtask(6).id)"], selection: { rpdIds: ["\(Key.rpd(2).id)"] }
                }) { userErrors { field code } } }
                """)
            #expect(long.problems("startBatchReview") == ["input.name TOO_LONG"])
            try await api.sql("update tasks set name = 'Umbrella' where id = \(Key.task(3).sql)")
            func found(_ text: String) async throws -> [String] {
                try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      batchJobs(filter: { text: "\(text)" }) { edges { node { id } } }
                    } }
                    """
                ).ids("project.batchJobs")
            }
            for text in ["spring", "UMBRELLA", "picture 6"] { #expect(try await found(text) == [id], "\(text)") }
            #expect(try await found("no such thing") == [])
            try await api.sql(
                "update subtasks set deleted_at = now(), position = null where id = \(Key.subtask(6).sql)")
            #expect(try await found("picture 6") == [])
            try await api.sql("update subtasks set deleted_at = null, position = 9 where id = \(Key.subtask(6).sql)")
            try await api.sql("update tasks set deleted_at = now() where id = \(Key.task(3).sql)")
            #expect(try await found("umbrella") == [])
        }
    }

    @Test("reference pictures are found by their words and by the name of the document that they are from")
    func items() async throws {
        try await API.run { api in
            try await api.sql("update items set tags = '{umbrella}' where id = \(Key.item(2).sql)")
            try await api.sql("update documents set name = 'Settings of Sora' where id = \(Key.document(1).sql)")
            func found(_ text: String) async throws -> [String] {
                try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      items(filter: { text: "\(text)" }, orderBy: { field: CREATED_AT }) { edges { node { id } } }
                    } }
                    """
                ).ids("project.items")
            }
            #expect(try await found("UMBRELLA") == [Key.item(2).id])
            // Item 1 is what a page shows, item 2 a picture that was found in it.
            #expect(try await found("of sora") == [Key.item(1).id, Key.item(2).id])
            try await api.sql("update documents set deleted_at = now() where id = \(Key.document(1).sql)")
            #expect(try await found("of sora") == [])
        }
    }
}
