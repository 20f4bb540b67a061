import Clients
import Foundation
import JSON
import Testing

@testable import Resolvers

/// What is deleted, as those find it who may bring it back.
@Suite("Deleted rows", .timeLimit(.minutes(15)))
struct DeletedRowsTests {
    /// A list with deleted rows, and what deletes some of the fixture.
    struct Case: Sendable, CustomTestStringConvertible {
        let parent: Key?
        let field: String
        let key: @Sendable (Int) -> Key
        /// The rows that are deleted, in the order of their moments.
        let rows: [Int]
        let deletion: String
        let restore: String
        /// Who may bring them back.
        let people: Set<Person>

        var testDescription: String { "\(parent?.typeName ?? "Query").\(field)" }
    }

    private static let participants: Set<Person> = [.supervisor, .owner, .partner, .studio]

    static let cases = [
        Case(
            parent: nil, field: "projects", key: { .project($0) }, rows: [2, 1],
            deletion: "update projects set deleted_at = MOMENT where id = KEY", restore: "restoreProject",
            people: [.supervisor]),
        Case(
            parent: .organization(1), field: "projects", key: { .project($0) }, rows: [2, 1],
            deletion: "update projects set deleted_at = MOMENT where id = KEY", restore: "restoreProject",
            people: [.supervisor]),
        Case(
            parent: .project(1), field: "tasks", key: { .task($0) }, rows: [3, 1],
            deletion: "update tasks set deleted_at = MOMENT where id = KEY", restore: "restoreTask",
            people: participants),
        Case(
            parent: .task(1), field: "subtasks", key: { .subtask($0) }, rows: [2, 1],
            deletion: "update subtasks set deleted_at = MOMENT, position = null where id = KEY",
            restore: "restoreSubtask", people: participants),
        Case(
            parent: .project(1), field: "rpds", key: { .rpd($0) }, rows: [3, 1],
            deletion: "update rpds set deleted_at = MOMENT where id = KEY", restore: "restoreRpd",
            people: participants),
        Case(
            parent: .project(1), field: "ips", key: { .ip($0) }, rows: [2, 1],
            deletion: "update ips set deleted_at = MOMENT where id = KEY", restore: "restoreIp",
            people: [.supervisor, .owner]),
        Case(
            parent: .project(1), field: "documents", key: { .document($0) }, rows: [2, 1],
            deletion: "update documents set deleted_at = MOMENT where id = KEY", restore: "restoreDocument",
            people: participants),
        Case(
            parent: .project(1), field: "characters", key: { .character($0) }, rows: [2, 1],
            deletion: "update characters set deleted_at = MOMENT where id = KEY", restore: "restoreCharacter",
            people: participants),
        Case(
            parent: .project(1), field: "items", key: { .item($0) }, rows: [2, 1],
            deletion: "update items set deleted_at = MOMENT where id = KEY", restore: "restoreItem",
            people: [.supervisor]),
        Case(
            parent: .project(1), field: "reviewSets", key: { .reviewSet($0) }, rows: [2, 1],
            deletion: "update review_sets set deleted_at = MOMENT where id = KEY", restore: "restoreReviewSet",
            people: participants),
        // As if the supervisor had written both.
        Case(
            parent: .subtask(1), field: "annotations", key: { .annotation($0) }, rows: [3, 1],
            deletion: """
                update annotations
                set deleted_at = MOMENT, is_by_ai = false, finding_id = null, created_by = \(Key.user(1).sql)
                where id = KEY
                """, restore: "restoreAnnotation", people: [.supervisor]),
    ]

    private func page(
        _ api: API, _ list: Case, _ arguments: String, as person: Person
    ) async throws -> JSONValue? {
        let page = """
            list: \(list.field)(\(arguments)) {
              edges { cursor node { id deletedAt } } pageInfo { hasNextPage } totalCount
            }
            """
        let query =
            list.parent.map { "{ parent: node(id: \"\($0.id)\") { ... on \($0.typeName) { \(page) } } }" }
            ?? "{ \(page) }"
        let response = try await api.execute(query, as: person)
        #expect(response.messages == (person == .nobody ? response.messages : []), "\(list) as \(person)")
        return list.parent == nil ? response["list"] : response["parent.list"]
    }

    private func ids(_ page: JSONValue?) -> [String] {
        (page?["edges"]?.array ?? []).compactMap { $0["node"]?["id"]?.string }
    }

    private func delete(_ api: API, _ list: Case) async throws -> [String] {
        for (place, row) in list.rows.enumerated() {
            try await api.sql(
                list.deletion.replacing("MOMENT", with: Fixture.at(800 + place))
                    .replacing("KEY", with: list.key(row).sql))
        }
        return list.rows.reversed().map { list.key($0).id }
    }

    @Test("what is deleted is listed for those who may bring it back, and for nobody else", arguments: cases)
    func access(list: Case) async throws {
        try await API.run { api in
            let before = ids(try await page(api, list, "filter: { deleted: ONLY }", as: .supervisor))
            #expect(before == [])
            let deleted = try await delete(api, list)
            for person in Person.allCases {
                let found = ids(try await page(api, list, "filter: { deleted: ONLY }", as: person))
                #expect(found == (list.people.contains(person) ? deleted : []), "\(person)")
                for filter in ["", "filter: { deleted: EXCLUDED }, "] {
                    let live = ids(try await page(api, list, "\(filter)first: 100", as: person))
                    #expect(Set(live).isDisjoint(with: deleted), "\(person)")
                }
            }
            // Those who find it are those who restore it.
            for person in Person.allCases where person != .nobody && person != .admin {
                let name = list.restore.prefix(1).uppercased() + list.restore.dropFirst() + "Input"
                let argument = [
                    "restoreProject": "projectId", "restoreTask": "taskId", "restoreSubtask": "subtaskId",
                    "restoreRpd": "rpdId", "restoreIp": "ipId", "restoreDocument": "documentId",
                    "restoreCharacter": "characterId", "restoreItem": "itemId", "restoreReviewSet": "reviewSetId",
                    "restoreAnnotation": "annotationId",
                ][list.restore]
                let response = try await api.execute(
                    "mutation($input: \(name)!) { \(list.restore)(input: $input) { userErrors { code } } }",
                    as: person, ["input": [try #require(argument): .string(deleted[1])]])
                #expect(response.codes.isEmpty == list.people.contains(person), "\(person)")
            }
        }
    }

    @Test("deleted rows say when they were deleted, and come in pages and in every order", arguments: cases)
    func pages(list: Case) async throws {
        try await API.run { api in
            let deleted = try await delete(api, list)
            let whole = try await page(api, list, "filter: { deleted: ONLY }", as: .supervisor)
            #expect(whole?["totalCount"] == 2)
            #expect(whole?["edges"]?[0]?["node"]?["deletedAt"] == "2026-01-01T13:21:00.000000Z")
            let first = try await page(api, list, "filter: { deleted: ONLY }, first: 1", as: .supervisor)
            #expect(ids(first) == [deleted[0]] && first?["pageInfo"]?["hasNextPage"] == true)
            let cursor = first?["edges"]?[0]?["cursor"]?.string ?? ""
            let rest = try await page(
                api, list, "filter: { deleted: ONLY }, first: 1, after: \"\(cursor)\"", as: .supervisor)
            #expect(ids(rest) == [deleted[1]] && rest?["pageInfo"]?["hasNextPage"] == false)
            let type = list.key(1).typeName
            let orders = try await orders(api, type, list)
            #expect(orders.count > 1)
            for order in orders {
                let ordered = try await page(
                    api, list, "filter: { deleted: ONLY }, orderBy: { field: \(order) }", as: .supervisor)
                #expect(Set(ids(ordered)) == Set(deleted), "\(order)")
            }
        }
    }

    @Test("what is deleted has every field that it had, and what lies in it, without an error", arguments: cases)
    func everyField(list: Case) async throws {
        try await API.run { api in
            // Parts of a picture are measured when they are asked for.
            try await api.services.objects.put(.bytes(try API.picture()), at: try ObjectKey("files/2"))
            _ = try await delete(api, list)
            let schema = try await SchemaWalk(api)
            for (name, type) in schema.fieldTypes(of: list.key(1).typeName) {
                guard let type else { continue }
                var reached: Set<String> = []
                let selection = "id \(name) { \(schema.selection(of: type, depth: 2, reached: &reached)) }"
                let field = "list: \(list.field)(filter: { deleted: ONLY }) { edges { node { \(selection) } } }"
                let response = try await api.execute(
                    list.parent.map { "{ parent: node(id: \"\($0.id)\") { ... on \($0.typeName) { \(field) } } }" }
                        ?? "{ \(field) }")
                #expect(response.errors == [], "\(name)")
                #expect(ids(list.parent == nil ? response["list"] : response["parent.list"]).count == 2, "\(name)")
            }
        }
    }

    /// The fields by which the list can be ordered.
    private func orders(_ api: API, _ type: String, _ list: Case) async throws -> [String] {
        let parent = list.parent?.typeName ?? "Query"
        let response = try await api.execute(
            """
            { __type(name: "\(parent)") { fields { name args { name type { inputFields { name type { ofType {
              enumValues { name }
            } } } } } } } }
            """)
        let field = response["__type.fields"]?.array?.first { $0["name"]?.string == list.field }
        let order = field?["args"]?.array?.first { $0["name"] == "orderBy" }
        let by = order?["type"]?["inputFields"]?.array?.first { $0["name"] == "field" }
        return (by?["type"]?["ofType"]?["enumValues"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    @Test(
        "what has begun to go for good is no longer listed",
        arguments: cases.filter { ["projects", "tasks", "subtasks", "documents"].contains($0.field) })
    func purged(list: Case) async throws {
        try await API.run { api in
            let deleted = try await delete(api, list)
            let table = try #require(list.deletion.split(separator: " ").dropFirst().first)
            try await api.sql(
                "update \(table) set purge_started_at = now() where id = \(list.key(list.rows[1]).sql)")
            let found = ids(try await page(api, list, "filter: { deleted: ONLY }", as: .supervisor))
            #expect(found == [deleted[1]])
        }
    }

    @Test("other filters, facets and neighbors go with it")
    func together() async throws {
        try await API.run { api in
            try await api.sql("update tasks set deleted_at = \(Fixture.at(800)) where id = \(Key.task(1).sql)")
            let found = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") {
                  fits: tasks(filter: { deleted: ONLY, text: "task 1" }) { edges { node { id name subtasks { totalCount } } } }
                  none: tasks(filter: { deleted: ONLY, text: "task 2" }) { totalCount }
                  taskFacets(filter: { deleted: ONLY }) {
                    statuses { node { id } count } taskTags { node { id } count }
                  }
                  tasks(filter: { deleted: EXCLUDED }) { totalCount }
                } }
                """)
            #expect(found.messages == [])
            #expect(found.ids("project.fits") == [Key.task(1).id])
            #expect(found["project.fits.edges.0.node.subtasks.totalCount"] == 2)
            #expect(found["project.none.totalCount"] == 0)
            #expect(found["project.tasks.totalCount"] == 2)
            #expect(
                found["project.taskFacets.statuses"] == [["node": ["id": .string(Key.status(11).id)], "count": 1]])
            #expect(found["project.taskFacets.taskTags"]?.array?.count == 2)
            // By key it is gone, as before.
            #expect(try await api.execute("{ task(id: \"\(Key.task(1).id)\") { id } }")["task"] == .null)
        }
    }
}
