import EventLoop
import TestSupport
import Testing

@testable import Database

@Suite("Reconnect")
struct ReconnectTests {
    private static let endOthers: SQL = """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        """

    /// Ends all sessions of a database but the one that does it.
    private static func endSessions(_ database: ConnectionConfiguration, _ loop: Loop) async throws {
        try await Connection.with(loop: loop, configuration: database) { try await $0.query(endOthers) }
    }

    @Test("After its sessions were ended the pool connects again and goes on")
    func terminated() async throws {
        let database = try await TestDatabase.create()
        try await withPool(database) { pool in
            var last = 0
            for _ in 0..<5 {
                try await Self.endSessions(database, pool.loop)
                var session = last
                while session == last {
                    do {
                        session = try await pool.query("select pg_backend_pid()")[0].int(0)
                        try await pool.withTransaction { try await $0.query("select 1") }
                    } catch let error as DatabaseError where error.code == .connectionLost {
                        // Sent before the end of the connection had arrived.
                        continue
                    }
                }
                last = session
            }
        }
    }

    @Test("A statement whose session is ended fails with the server's reason, and its neighbours fail too")
    func statementLost() async throws {
        let database = try await TestDatabase.create()
        try await withPool(database, configure: { $0.sharedConnections = 1 }) { pool in
            // The neighbour lies unread in the server's socket when the server ends, which leaves an error on ours.
            let sleeper = Task(executorPreference: pool.loop) { try await pool.query("select pg_sleep(100)") }
            while pool.statistics.statementsUnderWay < 1 { try await pool.loop.sleep(for: .milliseconds(1)) }
            let neighbour = Task(executorPreference: pool.loop) { try await pool.query("select 1") }
            while pool.statistics.statementsUnderWay < 2 { try await pool.loop.sleep(for: .milliseconds(1)) }
            try await Self.endSessions(database, pool.loop)
            for task in [sleeper, neighbour] {
                await #expect {
                    try await task.value
                } throws: {
                    ($0 as? DatabaseError)?.code == .connectionLost
                }
            }
            try await pool.query("select 1")
        }
    }

    @Test("A transaction whose session is ended fails, and its connection is replaced")
    func transactionLost() async throws {
        let database = try await TestDatabase.create()
        try await withPool(database, configure: { $0.exclusiveConnections = 1 }) { pool in
            await #expect {
                try await pool.withTransaction { transaction in
                    try await transaction.query("select 1")
                    try await Self.endSessions(database, pool.loop)
                    try await transaction.query("select 2")
                }
            } throws: {
                ($0 as? DatabaseError)?.code == .connectionLost
            }
            try await pool.withTransaction { try await $0.query("select 1") }
        }
    }

    @Test(
        "While the database refuses connections statements wait, fail at the deadline with the reason, and later work")
    func refused() async throws {
        let database = try await TestDatabase.create()
        let administration = try await TestDatabase.administration()
        let name = try #require(database.database)
        try await withPool(
            database,
            configure: {
                $0.waitTimeout = .milliseconds(1500)
                $0.backoff = Backoff(initial: .milliseconds(5), maximum: .milliseconds(20))
            }
        ) { pool in
            try await Connection.with(loop: pool.loop, configuration: administration) { connection in
                try await connection.query("alter database \(identifier: name) allow_connections false")
                try await connection.query(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = \(name)")
                while pool.statistics.openConnections > 0 { try await pool.loop.sleep(for: .milliseconds(1)) }
                await #expect {
                    try await pool.query("select 1")
                } throws: {
                    guard let error = $0 as? DatabaseError, error.code == .poolTimeout else { return false }
                    return error.message.contains("not currently accepting connections")
                }
                let waiting = Task(executorPreference: pool.loop) { try await pool.query("select \(5)")[0].int(0) }
                while pool.statistics.waiting == 0 { try await pool.loop.sleep(for: .milliseconds(1)) }
                try await connection.query("alter database \(identifier: name) allow_connections true")
                let five = try await waiting.value
                #expect(five == 5)
            }
        }
    }
}
