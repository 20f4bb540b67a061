import Foundation
import JSON
import Schema
import Testing

@testable import Resolvers

@Suite("Pages of every connection", .timeLimit(.minutes(15)))
struct PaginationTests {
    /// A connection: where it hangs, and SQL that adds rows in front, in the middle and behind.
    struct List: Sendable, CustomTestStringConvertible {
        let name: String
        /// The selection of the parent around `PAGE`; empty for lists of the root.
        let parent: Key?
        let field: String
        /// Statements that add a row at a place in the order that does not touch the others; nil if new rows come at one
        /// end only by the rules of the domain.
        var insertions: [String] = []
        var person = Person.supervisor
        /// Arguments about which rows and in which order, each with a comma behind; empty for all in the list's own order.
        var choice = ""

        var testDescription: String { name }

        func query(_ arguments: String) -> String {
            let page = """
                list: \(field)(\(choice)\(arguments)) {
                  edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
                }
                """
            guard let parent else { return "{ \(page) }" }
            return #"{ parent: node(id: "\#(parent.id)") { ... on \#(parent.typeName) { \#(page) } } }"#
        }

        func connection(_ response: Response) -> JSONValue? {
            parent == nil ? response["list"] : response["parent.list"]
        }
    }

    private static func task(at minutes: Int) -> String {
        """
        insert into tasks (project_id, status_id, priority_id, name, created_at)
        values (\(Key.project(1).sql), \(Key.status(11).sql), \(Key.priority(11).sql), 'new', \(Fixture.at(minutes)))
        """
    }

    private static func version(_ number: Int) -> String {
        """
        insert into rpd_versions (project_id, rpd_id, version_number, is_active, title)
        values (\(Key.project(1).sql), \(Key.rpd(1).sql), \(number), false, 'new')
        """
    }

    private static func finding(_ ordinal: Int, at minutes: Int) -> String {
        """
        insert into findings (
            project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity, created_at
        )
        values (
            \(Key.project(1).sql), \(Key.review(2).sql), \(Key.outcome(21).sql), \(Key.version(11).sql), \(ordinal),
            'new', 'RISK', \(Fixture.at(minutes))
        )
        """
    }

    private static func decision(at minutes: Int) -> String {
        """
        insert into subtask_decisions (project_id, subtask_id, content_id, from_status, to_status, created_at)
        values (
            \(Key.project(1).sql), \(Key.subtask(1).sql), \(Key.content(11).sql), 'PENDING', 'DENIED',
            \(Fixture.at(minutes))
        )
        """
    }

    private static func annotation(at minutes: Int, parent: Key? = nil) -> String {
        """
        insert into annotations (project_id, subtask_id, content_id, parent_id, body, created_at)
        values (
            \(Key.project(1).sql), \(Key.subtask(1).sql), \(Key.content(11).sql), \(parent?.sql ?? "null"), 'new',
            \(Fixture.at(minutes))
        )
        """
    }

    private static func project(at minutes: Int) -> String {
        """
        insert into projects (organization_id, name, created_at)
        values (\(Key.organization(1).sql), 'new', \(Fixture.at(minutes)))
        """
    }

    static let lists: [List] = [
        List(name: "projects", parent: nil, field: "projects", insertions: [project(at: 0), project(at: 500)]),
        List(name: "organizations", parent: nil, field: "organizations"),
        List(
            name: "projects of an organisation", parent: .organization(1), field: "projects",
            insertions: [project(at: 0), project(at: 500)]),
        List(
            name: "members", parent: .organization(1), field: "members",
            insertions: [
                """
                with person as (insert into users (email, name) values ('new@demo.example', 'New') returning id)
                insert into organization_members (organization_id, user_id, created_at)
                select \(Key.organization(1).sql), id, \(Fixture.at(0)) from person
                """
            ]),
        List(name: "people of a project", parent: .project(1), field: "people"),
        List(name: "individuals", parent: .project(1), field: "members"),
        List(name: "cooperations", parent: .project(1), field: "cooperations"),
        List(
            name: "labels", parent: .project(1), field: "taskTags",
            insertions: [0, 500].map { minutes in
                """
                insert into task_tags (project_id, name, created_at)
                values (\(Key.project(1).sql), '\(minutes)', \(Fixture.at(minutes)))
                """
            }),
        List(name: "revisions", parent: .finding(2), field: "revisions"),
        List(name: "held findings", parent: .subtask(1), field: "heldFindings"),
        List(name: "promoted findings", parent: .project(1), field: "promotedFindings"),
        List(name: "characters", parent: .project(1), field: "characters"),
        List(name: "items", parent: .project(1), field: "items"),
        List(name: "review sets", parent: .project(1), field: "reviewSets"),
        List(name: "notifications", parent: .user(1), field: "notifications"),
        List(name: "works", parent: .project(1), field: "ips"),
        List(name: "documents", parent: .project(1), field: "documents"),
        List(name: "tries of review points", parent: .project(1), field: "rpdTests"),
        List(name: "tries of a review point", parent: .rpd(1), field: "tests"),
        List(name: "generated pictures", parent: .project(1), field: "generatedReferences"),
        List(name: "batch jobs", parent: .project(1), field: "batchJobs"),
        List(name: "items of a batch job", parent: .batchJob(1), field: "items"),
        List(name: "imports", parent: .project(1), field: "imports"),
        List(name: "files of an import", parent: .import(1), field: "items"),
        List(
            name: "pages of a document", parent: .document(1), field: "pages",
            insertions: [3, 4].map { number in
                """
                insert into document_pages (project_id, document_id, number, text)
                values (\(Key.project(1).sql), \(Key.document(1).sql), \(number), 'new')
                """
            }),
        List(
            name: "pictures of a document", parent: .document(1), field: "pictures",
            insertions: [(3, 3), (5, 5)].map { position, asset in
                """
                insert into document_pictures (
                    project_id, document_id, page_number, position, name, asset_id, sha256
                )
                values (
                    \(Key.project(1).sql), \(Key.document(1).sql), 1, \(position), 'new', \(Key.asset(asset).sql),
                    'new \(position)'
                )
                """
            }),
        List(
            name: "scenes of a video", parent: .content(11), field: "scenes",
            insertions: [3, 5].map { number in
                """
                insert into video_scenes (
                    project_id, asset_id, number, start_seconds, end_seconds, start_frame, end_frame, middle_seconds,
                    frame_key, thumbnail_key
                )
                values (\(Key.project(1).sql), \(Key.asset(2).sql), \(number), 1, 2, 3, 4, 1.5, 'new', 'new')
                """
            }),
        List(name: "admins", parent: .organization(1), field: "admins"),
        List(
            name: "invitations", parent: .organization(1), field: "invitations",
            insertions: [0, 500].map { minutes in
                """
                insert into organization_invitations (organization_id, email, hash, created_at, expires_at)
                values (
                    \(Key.organization(1).sql), '\(minutes)@demo.example', sha256('\(minutes)'), \(Fixture.at(minutes)), now()
                )
                """
            }),
        List(
            name: "audit log", parent: .organization(1), field: "auditLog",
            insertions: [0, 500].map { minutes in
                """
                insert into audit_entries (organization_id, action, entity_type, entity_id, created_at)
                values (\(Key.organization(1).sql), 'CREATED', 'TASK_STATUS', gen_random_uuid(), \(Fixture.at(minutes)))
                """
            }),
        List(
            name: "audit log of all", parent: nil, field: "auditLog",
            insertions: [0, 500].map { minutes in
                """
                insert into audit_entries (action, entity_type, entity_id, created_at)
                values ('CREATED', 'USER', gen_random_uuid(), \(Fixture.at(minutes)))
                """
            }, person: .admin),
        List(
            name: "activity", parent: .project(1), field: "activity",
            insertions: [0, 500].map { minutes in
                """
                insert into audit_entries (project_id, action, entity_type, entity_id, activity, created_at)
                values (
                    \(Key.project(1).sql), 'CREATED', 'TASK', gen_random_uuid(), 'TASK_CREATED', \(Fixture.at(minutes))
                )
                """
            }),
        List(
            name: "audit log of a project", parent: .project(1), field: "auditLog",
            insertions: [0, 100, 200, 500].map { minutes in
                """
                insert into audit_entries (organization_id, project_id, action, entity_type, entity_id, created_at)
                values (
                    \(Key.organization(1).sql), \(Key.project(1).sql), 'CREATED', 'TASK', gen_random_uuid(),
                    \(Fixture.at(minutes))
                )
                """
            }),
        List(
            name: "users", parent: nil, field: "users",
            insertions: [0, 500].map { minutes in
                """
                with person as (
                    insert into users (email, name, created_at)
                    values ('\(minutes)@demo.example', 'New', \(Fixture.at(minutes)) + interval '30 seconds')
                    returning id
                )
                insert into organization_members (organization_id, user_id)
                select \(Key.organization(1).sql), id from person
                """
            }),
        List(
            name: "likes", parent: .user(1), field: "likes",
            insertions: [(3, 0), (4, 500)].map { asset, minutes in
                """
                insert into likes (user_id, asset_id, created_at)
                values (\(Key.user(1).sql), \(Key.asset(asset).sql), \(Fixture.at(minutes)))
                """
            }),
        List(name: "organisations of a person", parent: .user(1), field: "organizations"),
        List(name: "rpds", parent: .project(1), field: "rpds"),
        List(name: "versions", parent: .rpd(1), field: "versions", insertions: [version(3), version(4)]),
        List(
            name: "tasks", parent: .project(1), field: "tasks", insertions: [task(at: 0), task(at: 500), task(at: 1)]),
        List(name: "reviews of a project", parent: .project(1), field: "reviews"),
        List(name: "subtasks", parent: .task(1), field: "subtasks"),
        List(name: "exports", parent: .task(1), field: "exports"),
        List(name: "contents", parent: .subtask(1), field: "contents"),
        List(
            name: "decisions", parent: .subtask(1), field: "decisions",
            insertions: [decision(at: 0), decision(at: 500)]),
        List(
            name: "annotations", parent: .subtask(1), field: "annotations",
            insertions: [annotation(at: 0), annotation(at: 500)]),
        List(
            name: "replies", parent: .annotation(1), field: "replies",
            insertions: [annotation(at: 0, parent: .annotation(1)), annotation(at: 500, parent: .annotation(1))]),
        List(name: "reviews of a subtask", parent: .subtask(1), field: "reviews"),
        List(name: "outcomes", parent: .review(2), field: "outcomes"),
        List(
            name: "findings of a review", parent: .review(2), field: "findings",
            insertions: [finding(11, at: 0), finding(12, at: 500), finding(13, at: 1)]),
        List(
            name: "findings of an outcome", parent: .outcome(21), field: "findings",
            insertions: [finding(21, at: 0), finding(22, at: 500)]),
    ]

    @Test("every connection of the schema is in the list of this suite")
    func complete() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                { __schema { types { name kind fields { name type { name ofType { name } } } } } }
                """)
            var found: Set<String> = []
            for type in response["__schema.types"]?.array ?? [] {
                for field in type["fields"]?.array ?? [] {
                    let name = field["type"]?["name"]?.string ?? field["type"]?["ofType"]?["name"]?.string ?? ""
                    guard name.hasSuffix("Connection") else { continue }
                    found.insert("\(type["name"]?.string ?? "").\(field["name"]?.string ?? "")")
                }
            }
            // What a search finds has no list to compare with: SearchTests page through it.
            found.remove("Query.search")
            #expect(found == Set(Self.lists.map { "\($0.parent?.typeName ?? "Query").\($0.field)" }))
        }
    }

    @Test("pages of any size, forwards and backwards, give each row once and in order")
    func everyRowOnce() async throws {
        try await API.run { api in
            for list in Self.lists {
                let whole = try await Page(api, list, "first: 100")
                #expect(!whole.ids.isEmpty && !whole.hasNext && !whole.hasPrevious, "\(list.name)")
                #expect(whole.total == whole.ids.count, "\(list.name)")
                for size in 1...3 {
                    let forward = try await walk(api, list, size, isForward: true)
                    #expect(forward == whole.ids, "\(list.name), first: \(size)")
                    let backward = try await walk(api, list, size, isForward: false)
                    #expect(backward == whole.ids, "\(list.name), last: \(size)")
                }
            }
        }
    }

    @Test(
        "rows that come while somebody pages neither repeat nor hide the others",
        arguments: lists.filter { !$0.insertions.isEmpty })
    func insertions(list: List) async throws {
        for isForward in [true, false] {
            try await API.run { api in
                let whole = try await Page(api, list, "first: 100").ids
                let left = Mutexed(list.insertions)
                let seen = try await walk(api, list, 1, isForward: isForward) {
                    guard let next = left.value.first else { return }
                    left.change { $0.removeFirst() }
                    try await api.sql(next)
                }
                let old = Set(whole)
                #expect(seen.filter { old.contains($0) } == whole)
                #expect(Set(seen).count == seen.count)
            }
        }
    }

    @Test("rows that go while somebody pages leave the others where they were")
    func deletions() async throws {
        try await API.run { api in
            let list = try #require(Self.lists.first { $0.name == "findings of a review" })
            let whole = try await Page(api, list, "first: 100").ids
            // The row under the cursor is gone; the cursor still says where.
            let first = try await Page(api, list, "first: 1")
            try await api.sql("delete from findings where id = \(Key.finding(2).sql)")
            let rest = try await Page(api, list, "first: 100, after: \"\(first.endCursor ?? "")\"")
            #expect(rest.ids == Array(whole.dropFirst()))
        }
    }

    @Test("rows of the same moment have an order too")
    func ties() async throws {
        try await API.run { api in
            try await api.sql("update tasks set created_at = \(Fixture.at(70))")
            let list = try #require(Self.lists.first { $0.name == "tasks" })
            let whole = try await Page(api, list, "first: 100").ids
            #expect(whole.count == 3)
            #expect(try await walk(api, list, 1, isForward: true) == whole)
            #expect(try await walk(api, list, 1, isForward: false) == whole)
        }
    }

    @Test("both cursors together cut a piece out")
    func between() async throws {
        try await API.run { api in
            let list = try #require(Self.lists.first { $0.name == "outcomes" })
            let whole = try await Page(api, list, "first: 100")
            let cut = "after: \"\(whole.cursors[0])\", before: \"\(whole.cursors[4])\""
            let forward = try await Page(api, list, "first: 2, \(cut)")
            #expect(forward.ids == Array(whole.ids[1...2]))
            #expect(forward.hasNext)
            let backward = try await Page(api, list, "last: 2, \(cut)")
            #expect(backward.ids == Array(whole.ids[2...3]))
            #expect(backward.hasPrevious)
            #expect(try await Page(api, list, cut).ids == Array(whole.ids[1...3]))
            let nothing = try await Page(
                api, list, "after: \"\(whole.cursors[4])\", before: \"\(whole.cursors[0])\"")
            #expect(nothing.ids == [])
            #expect(nothing.endCursor == nil)
        }
    }

    @Test("a page of none tells whether there is any", arguments: ["first: 0", "last: 0"])
    func none(arguments: String) async throws {
        try await API.run { api in
            let list = try #require(Self.lists.first { $0.name == "tasks" })
            let page = try await Page(api, list, arguments)
            #expect(page.ids == [])
            #expect(page.total == 3)
            #expect(page.hasNext == arguments.hasPrefix("first"))
            #expect(page.hasPrevious == arguments.hasPrefix("last"))
        }
    }

    @Test("without a count a page has twenty rows")
    func defaultCount() async throws {
        try await API.run { api in
            for minute in 200..<230 { try await api.sql(Self.task(at: minute)) }
            let list = try #require(Self.lists.first { $0.name == "tasks" })
            let response = try await api.execute(list.query("after: null"))
            #expect(list.connection(response)?["edges"]?.array?.count == ConnectionArguments.defaultCount)
            #expect(ConnectionArguments.defaultCount == 20)
        }
    }

    /// Wrong arguments and which of them is at fault.
    private static let wrongArguments: [(arguments: String, name: String)] = [
        ("first: -1", "first"), ("last: -1", "last"), ("first: 101", "first"), ("last: 101", "last"),
        ("first: 1, last: 1", "last"), (#"after: "nonsense""#, "after"), (#"before: """#, "before"),
        ("after: \"\(Cursor([.text("x")]).text)\"", "after"),
        ("before: \"\(Cursor([.integer(1)]).text)\"", "before"),
        ("after: \"\(Cursor([.uuid(UUIDScalar(high: 1, low: 1)), .integer(1)]).text)\"", "after"),
        // Moments that Postgres does not have.
        ("after: \"\(Cursor([.integer(.max - 1), .uuid(UUIDScalar(high: 1, low: 1))]).text)\"", "after"),
        ("before: \"\(Cursor([.integer(.min + 1), .uuid(UUIDScalar(high: 1, low: 1))]).text)\"", "before"),
    ]

    @Test("wrong arguments are the client's fault, and say which one")
    func wrongArguments() async throws {
        try await API.run { api in
            for (arguments, name) in Self.wrongArguments {
                for list in Self.lists where ["projects", "tasks"].contains(list.name) {
                    let response = try await api.execute(list.query(arguments))
                    #expect(response.codes == ["BAD_USER_INPUT"], "\(arguments)")
                    #expect(response.errors.first?["extensions"]?["argument"] == .string(name), "\(arguments)")
                }
            }
            #expect(api.log.entries.isEmpty)
        }
    }

    @Test("a cursor of any number in an order by numbers leads to its place, without an error")
    func farCursor() async throws {
        try await API.run { api in
            let list = try #require(Self.lists.first { $0.name == "outcomes" })
            for number in [Int64.max, .min, -1] {
                let page = try await Page(api, list, "first: 10, after: \"\(Cursor([.integer(number)]).text)\"")
                #expect(page.ids.count == (number > 0 ? 0 : 5))
            }
        }
    }

    @Test("totalCount is counted when asked, by one statement for all parents, and not otherwise")
    func totalCount() async throws {
        try await API.run { api in
            func counts(_ selection: String) async throws -> [String] {
                let statements = try await api.countStatements {
                    let response = try await api.execute(
                        "{ projects { edges { node { tasks { edges { node { subtasks { \(selection) } } } } } } } }")
                    #expect(response.messages == [])
                }
                return statements.filter { $0.contains("count(*)") }
            }
            let unasked = try await counts("edges { node { id } } pageInfo { hasNextPage }")
            #expect(unasked == [])
            let asked = try await counts("totalCount")
            #expect(asked.count == 1)
        }
    }

    @Test("a deleted review point has vanished from lists and counts, but is found by its identifier")
    func deletedRpd() async throws {
        try await API.run { api in
            try await api.sql("update rpds set deleted_at = now() where id = \(Key.rpd(2).sql)")
            let list = try #require(Self.lists.first { $0.name == "rpds" })
            let page = try await Page(api, list, "first: 100")
            #expect(!page.ids.contains(Key.rpd(2).id))
            #expect(page.ids.count == 5)
            #expect(page.total == 5)
            let response = try await api.execute(#"{ rpd(id: "\#(Key.rpd(2).id)") { activeVersion { title } } }"#)
            #expect(response["rpd.activeVersion.title"] == "Point 2 v1")
        }
    }

    /// Pages through a whole list; the rows in the list's order.
    func walk(
        _ api: API, _ list: List, _ size: Int, isForward: Bool, between: () async throws -> Void = {}
    ) async throws -> [String] {
        var ids: [String] = []
        var cursor: String?
        for _ in 0..<50 {
            let count = isForward ? "first: \(size)" : "last: \(size)"
            let place = cursor.map { ", \(isForward ? "after" : "before"): \"\($0)\"" } ?? ""
            let page = try await Page(api, list, count + place)
            ids = isForward ? ids + page.ids : page.ids + ids
            #expect(isForward ? page.hasPrevious == (cursor != nil) : page.hasNext == (cursor != nil))
            guard isForward ? page.hasNext : page.hasPrevious else { return ids }
            cursor = isForward ? page.endCursor : page.startCursor
            try await between()
        }
        Issue.record("paging does not end")
        return ids
    }

    /// A page as a client reads it.
    private struct Page {
        let ids: [String]
        let cursors: [String]
        let hasNext: Bool
        let hasPrevious: Bool
        let startCursor: String?
        let endCursor: String?
        let total: Int?

        init(_ api: API, _ list: List, _ arguments: String) async throws {
            let response = try await api.execute(list.query(arguments), as: list.person)
            #expect(response.messages == [])
            let connection = try #require(list.connection(response))
            let edges = connection["edges"]?.array ?? []
            ids = edges.compactMap { $0["node"]?["id"]?.string }
            cursors = edges.compactMap { $0["cursor"]?.string }
            let info = connection["pageInfo"]
            hasNext = info?["hasNextPage"] == true
            hasPrevious = info?["hasPreviousPage"] == true
            startCursor = info?["startCursor"]?.string
            endCursor = info?["endCursor"]?.string
            total = connection["totalCount"]?.int.map { Int($0) }
            #expect(startCursor == cursors.first)
            #expect(endCursor == cursors.last)
        }
    }
}
