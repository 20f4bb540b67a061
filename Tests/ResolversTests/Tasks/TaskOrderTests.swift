import Database
import Foundation
import JSON
import Schema
import Testing

@testable import Resolvers

@Suite("Orders of tasks", .timeLimit(.minutes(15)))
struct TaskOrderTests {
    /// Tasks that lie differently in every order, with ties and without dates.
    private static let rows: [(name: String, created: Int, updated: Int, due: Int?, rank: String)] = [
        ("c", 1, 9, nil, "2.5"), ("a", 2, 8, 30, "-1750000000.000001"), ("b", 3, 9, 10, "2.25"),
        ("あ", 4, 7, nil, "2.5"),
        ("a", 5, 6, 30, "10"),
    ]

    /// None of the fixture's.
    private static func key(_ place: Int) -> Key { .task(100 + place) }

    private func fill(_ api: API) async throws {
        try await api.sql("delete from tasks where project_id = \(Key.project(1).sql)")
        for (index, row) in Self.rows.enumerated() {
            try await api.pool.query(
                """
                insert into tasks (
                    id, project_id, status_id, priority_id, name, created_at, updated_at, due_at, board_rank
                )
                values (
                    \(Self.key(index + 1).uuid), \(Key.project(1).uuid), \(Key.status(index == 4 ? 12 : 11).uuid),
                    \(Key.priority(index.isMultiple(of: 2) && index < 4 ? 12 : 11).uuid), \(row.name), timestamptz 'epoch' + make_interval(days => \(Int32(row.created))),
                    timestamptz 'epoch' + make_interval(days => \(Int32(row.updated))),
                    timestamptz 'epoch' + make_interval(days => \(row.due.map { Int32($0) })), \(row.rank)::numeric
                )
                """)
        }
    }

    static let expected: [(field: String, places: [Int])] = [
        ("CREATED_AT", [1, 2, 3, 4, 5]), ("UPDATED_AT", [5, 4, 2, 1, 3]), ("DUE_AT", [3, 2, 5, 1, 4]),
        ("NAME", [2, 5, 3, 1, 4]), ("BOARD", [2, 3, 1, 4, 5]),
        ("STATUS", [1, 2, 3, 4, 5]), ("PRIORITY", [2, 4, 5, 1, 3]), ("TID", [1, 2, 3, 4, 5]),
    ]

    @Test("tasks come in every order from both ends, page by page", arguments: expected)
    func order(field: String, places: [Int]) async throws {
        try await API.run { api in
            try await fill(api)
            for direction in ["ASCENDING", "DESCENDING"] {
                let wanted = (direction == "ASCENDING" ? places : places.reversed()).map { Self.key($0).id }
                func page(_ arguments: String) async throws -> Response {
                    let response = try await api.execute(
                        """
                        { project(id: "\(Key.project(1).id)") {
                          tasks(orderBy: { field: \(field), direction: \(direction) }, \(arguments)) {
                            edges { node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
                          }
                        } }
                        """)
                    #expect(response.messages == [])
                    return response
                }
                #expect(try await page("first: 100").ids("project.tasks") == wanted)
                var forwards: [String] = []
                var more = "first: 2"
                for _ in 1...3 {
                    let response = try await page(more)
                    forwards += response.ids("project.tasks")
                    more = "first: 2, after: \"\(response["project.tasks.pageInfo.endCursor"]?.string ?? "")\""
                }
                #expect(forwards == wanted)
                var backwards: [String] = []
                more = "last: 2"
                for _ in 1...3 {
                    let response = try await page(more)
                    backwards = response.ids("project.tasks") + backwards
                    more = "last: 2, before: \"\(response["project.tasks.pageInfo.startCursor"]?.string ?? "")\""
                }
                #expect(backwards == wanted)
            }
        }
    }

    @Test(
        "the tasks before and behind one are its neighbors in the list with the same order and filter",
        arguments: expected)
    func neighbors(field: String, places: [Int]) async throws {
        try await API.run { api in
            try await fill(api)
            let first = try #require(Key.status(11).id as String?)
            for (filter, kept) in [
                ("", places), (", filter: { statusIds: [\"\(first)\"] }", places.filter { $0 != 5 }),
            ] {
                for direction in ["ASCENDING", "DESCENDING"] {
                    let arguments = "orderBy: { field: \(field), direction: \(direction) }\(filter)"
                    let response = try await api.execute(
                        """
                        { project(id: "\(Key.project(1).id)") { tasks(\(arguments)) { edges { node {
                          id previous(\(arguments)) { id } next(\(arguments)) { id }
                        } } } } }
                        """)
                    #expect(response.messages == [])
                    let ids = (direction == "ASCENDING" ? kept : kept.reversed()).map { Self.key($0).id }
                    let nodes = (response["project.tasks.edges"]?.array ?? []).compactMap { $0["node"] }
                    #expect(nodes.map { $0["id"]?.string } == ids)
                    #expect(nodes.map { $0["previous"]?["id"]?.string } == [nil] + ids.dropLast().map(Optional.some))
                    #expect(nodes.map { $0["next"]?["id"]?.string } == ids.dropFirst().map(Optional.some) + [nil])
                }
            }
        }
    }

    @Test(
        "tasks follow when the organisation puts its statuses and priorities in another order, and are not changed by it"
    )
    func otherOrderOfOptions() async throws {
        try await API.run { api in
            try await fill(api)
            let state =
                "select max(updated_at)::text, (select count(*) from audit_entries where entity_type = 'TASK') from tasks"
            let before = try await api.sql(state)
            for type in ["TaskStatus", "TaskPriority"] {
                let id = type == "TaskStatus" ? Key.status(12).id : Key.priority(12).id
                let name = type.prefix(1).lowercased() + type.dropFirst()
                let response = try await api.execute(
                    "mutation { update\(type)(input: { \(name)Id: \"\(id)\", position: 1 }) { userErrors { code } } }")
                #expect(response.messages == [] && response["update\(type).userErrors"] == [])
            }
            for (field, places) in [("STATUS", [5, 1, 2, 3, 4]), ("PRIORITY", [1, 3, 2, 4, 5])] {
                let response = try await api.execute(
                    "{ project(id: \"\(Key.project(1).id)\") { tasks(orderBy: { field: \(field) }) { edges { node { id } } } } }"
                )
                #expect(response.ids("project.tasks") == places.map { Self.key($0).id }, "\(field)")
            }
            let after = try await api.sql(state)
            #expect(after[0].string(0) == before[0].string(0) && after[0].int(1) == before[0].int(1))
        }
    }

    @Test("a cursor of another order is refused, and so is one with a number that is none")
    func foreignCursors() async throws {
        try await API.run { api in
            func codes(_ field: String, _ cursor: Cursor) async throws -> [String] {
                try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      tasks(orderBy: { field: \(field) }, after: "\(cursor.text)") { edges { node { id } } }
                    } }
                    """
                ).codes
            }
            let key = Cursor.Part.uuid(UUIDScalar(Key.task(1).uuid))
            var foreign: [(String, Cursor.Part)] = [("NAME", .integer(1)), ("NAME", .text("a\u{0}"))]
            for text in ["", "-", "1e9", "NaN", "1.", ".5", "1.2.3", "1;", String(repeating: "9", count: 1001)] {
                foreign.append(("BOARD", .text(text)))
            }
            for (field, part) in foreign {
                let found = try await codes(field, Cursor([part, key]))
                #expect(found == ["BAD_USER_INPUT"], "\(field) \(part)")
            }
            let own = try await codes("BOARD", Cursor([.text("-12.75"), key]))
            #expect(own == [])
        }
    }
}
