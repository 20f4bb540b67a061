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
