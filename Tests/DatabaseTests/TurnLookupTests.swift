import EventLoop
import TestSupport
import Testing

@testable import Database

@Suite("Lookups of one turn")
struct TurnLookupTests {
    /// Squares of even numbers, asked of Postgres.
    private func squares(_ pool: ConnectionPool) -> TurnLookup<Int, Int> {
        TurnLookup(pool: pool) { numbers in
            let rows = try await pool.query(
                "select n::bigint as n, (n * n)::bigint as square from unnest(\(numbers)) as n where n % 2 = 0")
            return Dictionary(rows.map { ($0.int("n"), $0.int("square")) }, uniquingKeysWith: { first, _ in first })
        }
    }

    @Test("A hundred callers of one turn get their own answers from one statement, the next turn's from another")
    func oneStatement() async throws {
        try await withPool { pool in
            let lookup = squares(pool)
            nonisolated(unsafe) var statements = 0  // Reason: counted and read on the pool's loop.
            pool.onStatement = { _, _ in statements += 1 }
            for turn in 1...2 {
                let right = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<100 {
                        group.addTask(executorPreference: pool.loop) {
                            try await lookup.value(of: number / 2)
                                == (number / 2 % 2 == 0 ? number / 2 * (number / 2) : nil)
                        }
                    }
                    return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(right == 100)
                #expect(statements == turn)
            }
        }
    }

    @Test("Who asks while a statement is under way gets the answer of the next one, nothing older than the question")
    func underWay() async throws {
        try await withPool { pool in
            let loop = pool.loop
            nonisolated(unsafe) var batches: [[Int]] = []  // Reason: read and written on the pool's loop.
            nonisolated(unsafe) var late: Task<Int?, any Error>?  // Reason: as above.
            nonisolated(unsafe) var lookup: TurnLookup<Int, Int>?  // Reason: as above.
            lookup = TurnLookup(pool: pool) { numbers in
                batches.append(numbers)
                let number = batches.count
                if number == 1 {
                    late = Task(executorPreference: loop) { try await lookup?.value(of: 2) ?? nil }
                    try await loop.sleep(for: .milliseconds(20))
                }
                return [2: number]
            }
            let first = try await lookup?.value(of: 2)
            let second = try await late?.value
            #expect(first == 1 && second == 2)
            #expect(batches == [[2], [2]])
        }
    }

    @Test("A first caller that is cancelled takes nobody's answer away")
    func cancelledFirst() async throws {
        try await withPool { pool in
            let lookup = squares(pool)
            let first = Task(executorPreference: pool.loop) { try await lookup.value(of: 2) }
            let second = Task(executorPreference: pool.loop) { try await lookup.value(of: 4) }
            await Task.yield()
            first.cancel()
            let answer = try await second.value
            #expect(answer == 16)
            _ = try? await first.value
        }
    }

    @Test("A statement that fails fails for all who share it, and for nobody after them")
    func failure() async throws {
        try await withPool { pool in
            let lookup = TurnLookup<Int, Int>(pool: pool) { numbers in
                let rows = try await pool.query("select n::bigint, (100 / n)::bigint from unnest(\(numbers)) as n")
                return Dictionary(rows.map { ($0.int(0), $0.int(1)) }, uniquingKeysWith: { first, _ in first })
            }
            let failed = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<3 {
                    group.addTask(executorPreference: pool.loop) {
                        do { return try await lookup.value(of: number) == nil } catch {
                            return (error as? DatabaseError)?.sqlState?.rawValue == "22012"
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failed == 3)
            let answer = try await lookup.value(of: 7)
            #expect(answer == 14)
        }
    }
}
