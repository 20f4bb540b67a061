import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

/// Every order of every list, found by introspection and read on the fixture after its moments and names were mixed.
@Suite("Orders of every list", .timeLimit(.minutes(15)))
struct ListOrderTests {
    /// Where a row says what it is sorted by, as fields inside each other; empty where no row says it.
    private static let places: [String: [String]] = [
        "CREATED_AT": ["createdAt"], "UPDATED_AT": ["updatedAt"], "FINISHED_AT": ["finishedAt"],
        "FILE_NAME": ["fileName"], "BYTE_COUNT": ["byteCount"],
        "EXPIRES_AT": ["expiresAt"], "EMAIL": ["email"], "NAME": ["name"], "POSITION": ["position"],
        "SEVERITY": ["severity"], "TITLE": ["activeVersion", "title"], "DUE_AT": ["dueAt"],
        "STATUS": ["status", "position"], "PRIORITY": ["priority", "position"],
        "TID": ["tid"], "ItemOrder.NAME": ["asset", "fileName"],
        "RpdOrder.STATUS": ["isActive"], "RpdOrder.VERSION": ["activeVersion", "versionNumber"],
        "ProjectCooperationOrder.NAME": ["organizationName"], "ProjectCooperationOrder.JOINED_AT": ["createdAt"],
        // When somebody joined is the list's own order; TaskOrderTests has the board.
        "JOINED_AT": [], "BOARD": [],
    ]

    /// Gives all rows other moments of change and other names than those in whose order they were made.
    private func mix(_ api: API) async throws {
        let tables = try await api.sql(
            """
            select columns.table_name::text, bool_or(column_name = 'name'), bool_or(column_name = 'updated_at')
            from information_schema.columns
            join information_schema.tables using (table_schema, table_name)
            where table_schema = current_schema()
            and table_type = 'BASE TABLE'
            group by columns.table_name
            having bool_or(column_name = 'id')
            and bool_or(column_name = 'created_at')
            """)
        for table in tables.map({ (name: $0.string(0), isNamed: $0.bool(1), isTouched: $0.bool(2)) }) {
            if table.isNamed { try await api.sql("update \(table.name) set name = substr(md5(id::text), 1, 6)") }
            guard table.isTouched else { continue }
            // The trigger would have the last word.
            try await api.sql("alter table \(table.name) disable trigger user")
            let seconds = "('x' || substr(md5(id::text || 1), 1, 4))::bit(16)::int"
            try await api.sql(
                "update \(table.name) set updated_at = timestamptz '2026-01-01' + \(seconds) * interval '1 second'")
            try await api.sql("alter table \(table.name) enable trigger user")
        }
    }

    @Test("every order of every list gives each row once and sorted, from both ends and in both directions")
    func everyOrder() async throws {
        try await API.run { api in
            try await ListChoice.addRows(api)
            try await mix(api)
            var fields: Set<String> = []
            var sorted: Set<String> = []
            for choice in try await ListChoice.all(api, argument: "orderBy") {
                for field in choice.fields.first(where: { $0.name == "field" })?.values ?? [] {
                    let differs = try await check(api, choice.list, choice.type, field)
                    fields.insert("\(choice.type).\(field)")
                    if differs { sorted.insert("\(choice.type).\(field)") }
                }
            }
            #expect(fields.count > 40)
            // Rows that are all alike show no order: every field has to sort some list.
            let unseen = fields.subtracting(sorted).filter { !$0.hasSuffix(".BOARD") && $0 != "MemberOrder.JOINED_AT" }
            #expect(unseen == [])
        }
    }

    /// Reads a list in an order; whether its rows differ in what they are sorted by.
    private func check(_ api: API, _ list: PaginationTests.List, _ type: String, _ field: String) async throws -> Bool {
        let what = "\(list.name) by \(field)"
        let place = try #require(
            Self.places["\(type).\(field)"] ?? Self.places[field], "\(what): where do rows say it?")
        let pagination = PaginationTests()
        let own = try await pagination.walk(api, list, 50, isForward: true)
        var whole: [String] = []
        for direction in ["ASCENDING", "DESCENDING"] {
            var ordered = list
            ordered.choice = "orderBy: { field: \(field), direction: \(direction) }, "
            let forward = try await pagination.walk(api, ordered, 50, isForward: true)
            if direction == "ASCENDING" { whole = forward }
            #expect(forward == (direction == "ASCENDING" ? whole : whole.reversed()), "\(what) \(direction)")
            for size in [1, 2] {
                for isForward in [true, false] {
                    let walked = try await pagination.walk(api, ordered, size, isForward: isForward)
                    #expect(walked == forward, "\(what) \(direction) in pages of \(size), forwards: \(isForward)")
                }
            }
        }
        #expect(whole.sorted() == own.sorted(), "\(what): the same rows")
        if field == "JOINED_AT" { #expect(whole == own, "\(what)") }
        guard !place.isEmpty else { return false }
        let values = try await values(api, list, whole, place)
        #expect(values == values.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }, "\(what)")
        return Set(values).count > 1
    }

    /// What rows say at a place, as texts that compare like it; what says nothing comes last.
    private func values(
        _ api: API, _ list: PaginationTests.List, _ ids: [String], _ place: [String]
    ) async throws -> [String] {
        var values: [String] = []
        for id in ids {
            let type = id.split(separator: "_")[0]
            let response = try await api.execute(
                "{ node(id: \"\(id)\") { ... on \(type) { \(RowValue.selection([place])) } } }",
                as: list.person)
            #expect(response.messages == [])
            let value = RowValue.at(place, of: response["node"])
            let ranks = ["SAFE": "1", "ALERT": "2", "RISK": "3"]
            if let text = value?.string {
                values.append(place == ["severity"] ? ranks[text] ?? "" : text)
            } else if let number = value?.int {
                values.append(String(repeating: "0", count: max(0, 10 - "\(number)".count)) + "\(number)")
            } else if let flag = value?.bool {
                values.append(flag ? "1" : "0")
            } else {
                values.append("\u{7f}")
            }
        }
        return values
    }
}
