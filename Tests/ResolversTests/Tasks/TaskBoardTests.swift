import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("The board", .timeLimit(.minutes(15)))
struct TaskBoardTests {
    private func move(_ api: API, _ task: Int, _ place: String, as person: Person = .supervisor) async throws
        -> Response
    {
        try await api.execute(
            """
            mutation { moveTask(input: { taskId: "\(Key.task(task).id)"\(place.isEmpty ? "" : ", ")\(place) }) {
              task { id status { id } } userErrors { field code }
            } }
            """, as: person)
    }

    private func column(_ api: API, status: Int = 11) async throws -> [String] {
        try await api.execute(
            """
            { project(id: "\(Key.project(1).id)") {
              tasks(first: 100, filter: { statusIds: ["\(Key.status(status).id)"] }, orderBy: { field: BOARD }) {
                edges { node { id } }
              }
            } }
            """
        ).ids("project.tasks")
    }

    private func ids(_ numbers: [Int]) -> [String] { numbers.map { Key.task($0).id } }

    @Test("who may not see a task waits for nobody who moves tasks of its project")
    func strangersDoNotWait() async throws {
        try await API.run { api in
            // The lock of the board of project 3, which the supervisor does not see.
            try await api.pool.withTransaction { transaction in
                _ = try await transaction.query(
                    "select pg_advisory_xact_lock(hashtextextended(\(Key.project(3).uuid)::text, 20817))")
                let isFree = try await api.pool.queryFirst(
                    "select pg_try_advisory_xact_lock(hashtextextended(\(Key.project(3).uuid)::text, 20817))")
                #expect(isFree?.bool(0) == false)
                let response = try await move(api, 5, "")
                #expect(response.codes == ["NOT_FOUND"])
            }
        }
    }

    @Test("a task goes to the top, behind or before another, in its column or the next, and the others stay")
    func places() async throws {
        try await API.run { api in
            #expect(try await column(api) == ids([3, 2, 1]))
            _ = try await move(api, 1, "")
            #expect(try await column(api) == ids([1, 3, 2]))
            _ = try await move(api, 1, "afterTaskId: \"\(Key.task(3).id)\"")
            #expect(try await column(api) == ids([3, 1, 2]))
            _ = try await move(api, 2, "beforeTaskId: \"\(Key.task(1).id)\"")
            #expect(try await column(api) == ids([3, 2, 1]))
            _ = try await move(api, 3, "afterTaskId: \"\(Key.task(1).id)\"")
            #expect(try await column(api) == ids([2, 1, 3]))
            _ = try await move(api, 3, "beforeTaskId: \"\(Key.task(2).id)\"")
            #expect(try await column(api) == ids([3, 2, 1]))
            let moved = try await move(api, 2, "statusId: \"\(Key.status(12).id)\"", as: .partner)
            #expect(moved["moveTask.task.status.id"]?.string == Key.status(12).id)
            #expect(try await column(api) == ids([3, 1]))
            _ = try await move(
                api, 3, "statusId: \"\(Key.status(12).id)\", afterTaskId: \"\(Key.task(2).id)\"")
            #expect(try await column(api, status: 12) == ids([2, 3]))
            #expect(try await column(api) == ids([1]))
        }
    }

    @Test("a neighbor that is not in the column any more, a foreign status and an old state change nothing")
    func refused() async throws {
        try await API.run { api in
            let before = try await column(api)
            let cases = [
                ("afterTaskId: \"\(Key.task(5).id)\"", "input.afterTaskId CONFLICT"),
                ("beforeTaskId: \"\(Key.task(1).id)\"", "input.beforeTaskId CONFLICT"),
                (
                    "statusId: \"\(Key.status(12).id)\", afterTaskId: \"\(Key.task(2).id)\"",
                    "input.afterTaskId CONFLICT"
                ),
                ("statusId: \"\(Key.status(31).id)\"", "input.statusId NOT_FOUND"),
                (
                    "beforeTaskId: \"\(Key.task(2).id)\", afterTaskId: \"\(Key.task(3).id)\"",
                    "input.beforeTaskId INVALID"
                ),
                ("expectedUpdatedAt: \"2020-01-01T00:00:00Z\"", "input.expectedUpdatedAt CONFLICT"),
            ]
            for (place, problem) in cases {
                let response = try await move(api, 1, place)
                #expect(response.problems("moveTask") == [problem], "\(place)")
                #expect(response["moveTask.task.id"]?.string == Key.task(1).id)
            }
            #expect(try await column(api) == before)
        }
    }

    @Test("a gap that is halved until it is used up makes room, which nobody's state notices")
    func tightGap() async throws {
        try await API.run { api in
            let state =
                "select string_agg(updated_at::text, ' ') from tasks where id in (\(Key.task(1).sql), \(Key.task(4).sql))"
            try await api.sql("update tasks set board_rank = 1 where id in (\(Key.task(1).sql), \(Key.task(2).sql))")
            let before = try #require(try await api.sql(state).first).string(0)
            // Equal ranks, which a change of the status can make: there is no gap at all.
            _ = try await move(api, 3, "afterTaskId: \"\(Key.task(1).id)\"")
            #expect(try await column(api) == ids([1, 3, 2]))
            for turn in 0..<150 {
                let (moved, anchor) = turn.isMultiple(of: 2) ? (2, 3) : (3, 2)
                _ = try await move(api, moved, "beforeTaskId: \"\(Key.task(anchor).id)\"")
            }
            #expect(try await column(api) == ids([1, 3, 2]))
            #expect(try await api.number("select max(scale(board_rank)) from tasks") <= 61)
            let after = try #require(try await api.sql(state).first).string(0)
            #expect(after == before)
        }
    }

    @Test("boardChanged tells of tasks, and of nothing in them")
    func live() async throws {
        try await API.run { api in
            let watch = try await Watch(
                api, "subscription($id: ID!) { boardChanged(projectId: $id) { task { id } change } }", .project(1))
            _ = try await api.execute(
                """
                mutation { createAnnotation(input: { subtaskId: "\(Key.subtask(1).id)", text: "x" }) { userErrors { code } } }
                """)
            _ = try await move(api, 2, "")
            let event = try await watch.next()?["boardChanged"]
            #expect(event == ["task": ["id": .string(Key.task(2).id)], "change": "UPDATED"])
            watch.cancel()
        }
    }
}
