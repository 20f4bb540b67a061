import Database
import FoundationEssentials
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
    /// These tests make tables and types of different names, so that one database is enough.
    private static let database = Task { try await TestDatabase.create() }

    private static func withPool(_ body: @escaping @Sendable (ConnectionPool) async throws -> Void) async throws {
        try await TestSupport.withPool(try await database.value) { try await body($0) }
    }

    @Test("Every type survives the way to the server and back, at its limits too")
    func roundTrip() async throws {
        try await Self.withPool { pool in
            let id = UUID()
            let moment = Timestamp("2026-08-20T10:11:12.131415Z")
            let row = try await pool.query(
                """
                select \(Int16.min) as a, \(Int32.max) as b, \(Int64.min) as c, \(Int.max) as d, \(true) as e,
                    \(-0.1) as f, \(Float(1.5)) as g, \("Grüße 世界 🎌") as h, \([0, 1, 255] as [UInt8]) as i, \(id) as j,
                    \(moment) as k, \(JSONB(#"{"a": [1, null]}"#)) as l, \(Double.infinity) as m, \("") as n,
                    \([] as [UInt8]) as o, \(Timestamp.negativeInfinity) as p
                """)[0]
            #expect(row.int("a") == Int(Int16.min) && row.int("b") == Int(Int32.max))
            #expect(row.int("c") == .min && row.int("d") == .max)
            #expect(row.bool("e") && row.double("f") == -0.1 && row.double("g") == 1.5)
            #expect(row.string("h") == "Grüße 世界 🎌" && row.text("h") == "Grüße 世界 🎌")
            #expect(row.bytes("i") == [0, 1, 255] && row.uuid("j") == id && row.timestamp("k") == moment)
            #expect(row.jsonb("l").string == #"{"a": [1, null]}"#)
            #expect(row.double("m") == .infinity && row.string("n") == "" && row.bytes("o") == [])
            #expect(row.timestamp("p") == .negativeInfinity)
        }
    }

    @Test("The server and this side agree on every value's text")
    func sameText() async throws {
        try await Self.withPool { pool in
            let id = UUID()
            let row = try await pool.query(
                """
                select \(id)::text as a, \(12345)::text as b, \(Timestamp("2001-02-03T04:05:06.070809Z"))::text as c,
                    \([1, 2] as [Int])::text as d, \([nil, "x y", ""] as [String?])::text as e, \(2.5)::text as f
                """)[0]
            #expect(row.string("a") == id.uuidString.lowercased())
            #expect(row.string("b") == "12345")
            #expect(row.string("c") == "2001-02-03 04:05:06.070809+00")
            #expect(row.string("d") == "{1,2}")
            #expect(row.string("e") == "{NULL,\"x y\",\"\"}")
            #expect(row.string("f") == "2.5")
        }
    }

    @Test("Nulls of every type are nil, and isNull says so")
    func nulls() async throws {
        try await Self.withPool { pool in
            let row = try await pool.query(
                """
                select \(nil as UUID?) as a, \(nil as String?) as b, \(nil as Int?) as c, \(nil as Bool?) as d,
                    \(nil as Double?) as e, \(nil as Timestamp?) as f, \(nil as [UInt8]?) as g, \(nil as JSONB?) as h,
                    \(nil as [UUID]?) as i, \("x" as String?) as j
                """)[0]
            #expect(row.optionalUUID("a") == nil && row.optionalString("b") == nil && row.optionalText("b") == nil)
            #expect(row.optionalInt("c") == nil && row.optionalBool("d") == nil && row.optionalDouble("e") == nil)
            #expect(row.optionalTimestamp("f") == nil && row.optionalBytes("g") == nil && row.optionalJSONB("h") == nil)
            #expect(row.optionalArray(8, of: UUID.self) == nil && row.arrayWithNulls(8, of: UUID.self).isEmpty)
            #expect(row.isNull("a") && !row.isNull("j") && row.optionalString("j") == "x")
        }
    }

    @Test("Arrays of every element type go there and back, empty ones and nulls too")
    func arrays() async throws {
        try await Self.withPool { pool in
            let ids = [UUID(), UUID()]
            let moments = [Timestamp(microseconds: 1), .infinity]
            let row = try await pool.query(
                """
                select \(ids), \(["a", "", "ü"]), \([1, -2, 3]), \([0.5, .nan]), \([true, false]), \(moments),
                    \([nil, "b", nil] as [String?]), \([] as [UUID]), \([nil] as [Int?])
                """)[0]
            #expect(row.array(0, of: UUID.self) == ids)
            #expect(row.array(1, of: String.self) == ["a", "", "ü"])
            #expect(row.array(2, of: Int.self) == [1, -2, 3])
            let doubles = row.array(3, of: Double.self)
            #expect(doubles.count == 2 && doubles[0] == 0.5 && doubles[1].isNaN)
            #expect(row.array(4, of: Bool.self) == [true, false])
            #expect(row.array(5, of: Timestamp.self) == moments)
            #expect(row.arrayWithNulls(6, of: String.self) == [nil, "b", nil])
            #expect(row.array(7, of: UUID.self).isEmpty)
            #expect(row.arrayWithNulls(8, of: Int.self) == [nil])
        }
    }

    @Test("An array parameter selects by key")
    func anyOfArray() async throws {
        try await Self.withPool { pool in
            try await pool.query("create table keyed (id uuid primary key, n int)")
            let ids = (0..<100).map { _ in UUID() }
            let numbers = Array(0..<100)
            try await pool.query("insert into keyed select * from unnest(\(ids), \(numbers)::int[])")
            let wanted = [ids[3], ids[50], UUID()]
            let rows = try await pool.query("select id, n from keyed where id = any(\(wanted)) order by n")
            #expect(rows.map { $0.int(1) } == [3, 50])
            #expect(rows.map { $0.uuid(0) } == [ids[3], ids[50]])
        }
    }

    @Test(
        "A numeric becomes the nearest double",
        arguments: [
            "0", "1", "-1", "0.1", "-0.0001", "12345678.9", "1e20", "99999999999999999999.5", "1e-30", "10000",
            "0.00010002",
        ])
    func numeric(text: String) async throws {
        try await Self.withPool { pool in
            let row = try await pool.query("select \(unsafeSQL: "'\(text)'::numeric") as n")[0]
            #expect(row.double("n") == Double(text))
        }
    }

    @Test("Enums, citext-like domains and names are read as text; raw values are bound as their type")
    func texts() async throws {
        try await Self.withPool { pool in
            try await pool.query("create type mood as enum ('happy', 'sad')")
            try await pool.query("create domain short as varchar(10)")
            let row = try await pool.query(
                "select \(Mood.sad)::mood as a, 'x'::short as b, current_database() as c, 'j'::char(3) as d, '{}'::json as e"
            )[0]
            #expect(row.string("a") == "sad" && row.string("b") == "x" && row.string("d") == "j  ")
            #expect(row.string("c").hasPrefix("test_") && row.jsonb("e").string == "{}" && row.string("e") == "{}")
        }
    }

    @Test("A text keeps its row set alive")
    func textKeepsRows() async throws {
        try await Self.withPool { pool in
            let texts = try await pool.query("select 'value ' || n as t from generate_series(1, 1000) as n").map {
                $0.text(0)
            }
            for round in 0..<50 { _ = try await pool.query("select repeat('z', \(Int32(round * 1000)))") }
            #expect(texts.enumerated().allSatisfy { $1.string == "value \($0 + 1)" })
            #expect(Set(texts).count == 1000)
        }
    }

    @Test("Affected rows, command tags and column names are there")
    func metadata() async throws {
        try await Self.withPool { pool in
            try await pool.query("create table counted (n int)")
            let insert = try await pool.query("insert into counted select generate_series(1, 5)")
            #expect(insert.affectedRows == 5 && insert.isEmpty && insert.commandTag == "INSERT 0 5")
            let rows = try await pool.query("select n, n as \"Double N\" from counted")
            #expect(rows.columnIndex(of: "Double N") == 1 && rows.columnIndex(of: "double n") == nil)
            #expect(rows.columnName(0) == "n" && rows.columnType(0) == .int4 && rows.affectedRows == 5)
            #expect(try await pool.queryFirst("select n from counted where n > \(9)") == nil)
        }
    }
}

private enum Mood: String, PostgresEncodable {
    case happy, sad
}
