import Database
import EventLoop
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@Suite("Pool")
struct PoolTests {
    @Test("A statement returns its rows")
    func statementReturnsRows() async throws {
        try await withPool { pool in
            let rows = try await pool.query("select \(1) + \(41) as answer")
            #expect(rows.count == 1)
            #expect(rows[0].int("answer") == 42)
        }
    }

    @Test("A thousand concurrent statements each get their own answer")
    func thousandConcurrentStatements() async throws {
        try await withPool { pool in
            let sum = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<1000 {
                    group.addTask(executorPreference: pool.loop) {
                        try await pool.query("select \(number) as n, repeat('x', \(number % 50))")[0].int(0) == number
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(sum == 1000)
            #expect(pool.statistics.openConnections <= 4)
            #expect(pool.statistics.statementsUnderWay == 0)
        }
    }
}
