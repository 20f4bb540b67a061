import Database
import TestSupport
import Testing

/// What is an error of the program stops it, with the column's name and type in the message.
@Suite("Row traps")
struct RowTrapTests {
    private static func message(of outcome: ExitTest.Result?) -> String {
        String(decoding: outcome?.standardErrorContent ?? [], as: UTF8.self)
    }

    @Test("Asking for another type than the column has")
    func wrongType() async {
        let outcome = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try await withPool { pool in
                _ = try await pool.query("select 'x'::text as label")[0].uuid(0)
            }
        }
        #expect(Self.message(of: outcome).contains("column \"label\" is of type text, which is not read as UUID"))
    }

    @Test("Asking for the value of a null")
    func null() async {
        let outcome = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try await withPool { pool in
                _ = try await pool.query("select null::int as number")[0].int("number")
            }
        }
        #expect(Self.message(of: outcome).contains("column \"number\" (int4) is null"))
    }

    @Test("Asking for a column that is not there")
    func noColumn() async {
        let outcome = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try await withPool { pool in
                _ = try await pool.query("select 1 as a, 2 as b")[0].int("c")
            }
        }
        #expect(Self.message(of: outcome).contains("there is no column \"c\"; there are: a, b"))
    }

    @Test("Using the pool outside its loop")
    func wrongThread() async {
        let outcome = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try await withPool { pool in
                await Task.detached { _ = try? await pool.query("select 1") }.value
            }
        }
        #expect(Self.message(of: outcome).contains("ConnectionPool.query"))
    }
}
