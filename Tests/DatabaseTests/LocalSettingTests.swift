import Database
import EventLoop
import TestSupport
import Testing

@Suite("Local setting")
struct LocalSettingTests {
    private static func who(_ database: some Queryable) async throws -> String {
        try await database.query("select coalesce(current_setting('tests.who', true), '')")[0].string(0)
    }

    @Test("Single statements and transactions of the task have it, and nothing else on the same connection")
    func reach() async throws {
        try await withPool(configure: { $0.sharedConnections = 1 }) { pool in
            try await LocalSetting.with("tests.who", "ann") {
                #expect(try await Self.who(pool) == "ann")
                // Prepared by now: the setting travels with every execution.
                #expect(try await Self.who(pool) == "ann")
                let inside = try await pool.withTransaction { transaction in
                    [try await Self.who(transaction), try await Self.who(transaction)]
                }
                #expect(inside == ["ann", "ann"])
                async let child = Self.who(pool)
                #expect(try await child == "ann")
            }
            #expect(try await Self.who(pool) == "")
            let later = try await pool.withTransaction { transaction in try await Self.who(transaction) }
            #expect(later == "")
        }
    }

    @Test("Statements of two tasks on one connection, sent at once, have each their own")
    func sharedConnection() async throws {
        try await withPool(configure: { $0.sharedConnections = 1 }) { pool in
            try await withThrowingTaskGroup(of: (String, String).self) { group in
                for number in 0..<40 {
                    let name = number.isMultiple(of: 3) ? "" : "person \(number)"
                    group.addTask {
                        if name.isEmpty { return (name, try await Self.who(pool)) }
                        return (name, try await LocalSetting.with("tests.who", name) { try await Self.who(pool) })
                    }
                }
                for try await (expected, found) in group { #expect(found == expected) }
            }
        }
    }

    @Test("A statement that fails takes the setting with it, and the next one has it anew")
    func failure() async throws {
        try await withPool(configure: { $0.sharedConnections = 1 }) { pool in
            await #expect(throws: DatabaseError.self) {
                try await LocalSetting.with("tests.who", "ann") { try await pool.query("select 1 / 0") }
            }
            #expect(try await Self.who(pool) == "")
            let after = try await LocalSetting.with("tests.who", "ben") { try await Self.who(pool) }
            #expect(after == "ben")
        }
    }
}
