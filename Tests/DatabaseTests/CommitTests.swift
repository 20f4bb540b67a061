import EventLoop
import TestSupport
import Testing

@testable import Database

@Suite("Commits")
struct CommitTests {
    @Test("a commit whose answer is lost says that it may have taken place, and is not repeated")
    func lostAnswer() async throws {
        let database = try await TestDatabase.create()
        let cutter = try CommitCutter(before: database, after: "into marks")
        defer { cutter.stop() }
        try await withPool(cutter.configuration) { pool in
            _ = try await pool.query("create table marks (id integer)")
            await #expect {
                try await pool.withTransaction { _ = try await $0.query("insert into marks values (1)") }
            } throws: {
                guard let error = $0 as? DatabaseError else { return false }
                return error.code == .connectionLost && error.isCommitUnknown
            }
            #expect(cutter.cuts == 1)
            #expect(try await pool.query("select count(*) from marks")[0].int(0) == 1)
        }
    }

    @Test("what fails before the commit, or in it by an answer of the server, has not taken place")
    func known() async throws {
        try await withPool { pool in
            _ = try await pool.query(
                "create table marks (id integer primary key, parent integer references marks deferrable initially deferred)"
            )
            await #expect {
                try await pool.withTransaction { _ = try await $0.query("insert into marks values (1, 9)") }
            } throws: {
                guard let error = $0 as? DatabaseError else { return false }
                return error.sqlState == "23503" && !error.isCommitUnknown
            }
            await #expect {
                try await pool.withTransaction { _ = try await $0.query("insert into marks values (1, 'x')") }
            } throws: {
                ($0 as? DatabaseError)?.isCommitUnknown == false
            }
            #expect(try await pool.query("select count(*) from marks")[0].int(0) == 0)
        }
    }
}
