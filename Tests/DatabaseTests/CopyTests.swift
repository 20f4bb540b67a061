import Database
import EventLoop
import FoundationEssentials
import TestSupport
import Testing

@Suite("Copy")
struct CopyTests {
    /// Lends a connection with the table `t`; afterwards the connection must still be good.
    private static func withTable(
        _ columns: String, _ body: @escaping @Sendable (Connection) async throws -> Void
    ) async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                try await connection.runScript("create table t (\(columns))")
                try await body(connection)
                let sum = try await connection.query("select \(41) + 1")[0].int(0)
                #expect(sum == 42)
            }
        }
    }

    private static func expect(_ count: Int, in connection: Connection) async throws {
        let found = try await connection.query("select count(*) from t")[0].int(0)
        #expect(found == count)
    }

    @Test("Values of all kinds arrive as they were given")
    func values() async throws {
        let columns = "a uuid, b text, c int, d double precision, e boolean, f text[], g timestamptz, h text"
        try await Self.withTable(columns) { connection in
            let id = UUID()
            let text = "a\tb\nc\\N 「月」 \u{1F319}"
            let moment = Timestamp(microseconds: 812_345_678_901_234)
            let count = try await connection.copy(into: "t", ["a", "b", "c", "d", "e", "f", "g", "h"]) { rows in
                rows.append(id, text, 7 as Int32, 0.25, true, ["x", ""], moment, String?.none)
                return false
            }
            #expect(count == 1)
            let row = try await connection.query("select a, b, c, d, e, f = array['x', ''], g, h is null from t")[0]
            #expect(row.uuid(0) == id)
            #expect(row.string(1) == text)
            #expect(row.int(2) == 7)
            #expect(row.double(3) == 0.25)
            #expect(row.bool(4) && row.bool(5) && row.bool(7))
            #expect(row.timestamp(6) == moment)
        }
    }

    @Test("More than the socket holds arrives, each row once")
    func manyRows() async throws {
        try await Self.withTable("n int, filling text") { connection in
            var next: Int32 = 0
            let filling = String(repeating: "x", count: 200)
            let count = try await connection.copy(into: "t", ["n", "filling"]) { rows in
                rows.append(next, filling)
                next += 1
                return next < 100_000
            }
            #expect(count == 100_000)
            let sums = try await connection.query("select count(*), count(distinct n), sum(n)::int8 from t")[0]
            #expect(sums.int(0) == 100_000 && sums.int(1) == 100_000 && sums.int(2) == 4_999_950_000)
        }
    }

    @Test("No rows at all")
    func noRows() async throws {
        try await Self.withTable("n int") { connection in
            let count = try await connection.copy(into: "t", ["n"]) { _ in false }
            #expect(count == 0)
            try await Self.expect(0, in: connection)
        }
    }

    @Test("What the server refuses is an error with its state, and no row stays")
    func refusals() async throws {
        try await Self.withTable("n int primary key") { connection in
            await #expect {
                try await connection.copy(into: "t", ["n"]) { rows in
                    for _ in 0..<2 { rows.append(1 as Int32) }
                    return false
                }
            } throws: {
                ($0 as? DatabaseError)?.sqlState == .uniqueViolation
            }
            await #expect(throws: DatabaseError.self) {
                try await connection.copy(into: "nothing", ["n"]) { _ in false }
            }
            await #expect(throws: DatabaseError.self) {
                try await connection.copy(into: "t", ["n"]) { rows in
                    rows.append("of another type")
                    return false
                }
            }
            try await Self.expect(0, in: connection)
        }
    }

    @Test("A source that throws in the middle undoes all, and its error comes out")
    func failingSource() async throws {
        try await Self.withTable("n int, filling text") { connection in
            var next: Int32 = 0
            await #expect(throws: Refused.self) {
                try await connection.copy(into: "t", ["n", "filling"]) { rows in
                    rows.append(next, String(repeating: "x", count: 1000))
                    next += 1
                    if next == 2000 { throw Refused() }
                    return true
                }
            }
            try await Self.expect(0, in: connection)
        }
    }

    @Test("A cancelled task writes nothing")
    func cancellation() async throws {
        try await Self.withTable("n int") { connection in
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    group.addTask {
                        try await connection.copy(into: "t", ["n"]) { rows in
                            rows.append(1 as Int32)
                            withUnsafeCurrentTask { $0?.cancel() }
                            return true
                        }
                    }
                    _ = try await group.next()
                }
            }
            try await Self.expect(0, in: connection)
        }
    }

    @Test("In a transaction it is undone with it")
    func transactions() async throws {
        try await Self.withTable("n int") { connection in
            try await connection.query("begin")
            try await connection.copy(into: "t", ["n"]) { rows in
                rows.append(1 as Int32)
                return false
            }
            try await Self.expect(1, in: connection)
            try await connection.query("rollback")
            try await Self.expect(0, in: connection)
        }
    }

    @Test("A script that copies is refused, and nothing hangs")
    func scripts() async throws {
        try await Self.withTable("n int") { connection in
            await #expect(throws: DatabaseError.self) { try await connection.runScript("copy t from stdin") }
        }
    }
}
