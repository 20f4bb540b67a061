import Database
import EventLoop
import TestSupport
import Testing

@Suite("Cancellation")
struct CancellationTests {
    /// Waits until the server says that as many sessions of this database run a `pg_sleep`.
    private static func waitForSleepers(_ count: Int, _ pool: ConnectionPool) async throws {
        let sql: SQL = """
            select count(*) from pg_stat_activity where datname = current_database() and state = 'active'
                and query like '%pg_sleep%' and pid <> pg_backend_pid()
            """
        while try await pool.query(sql)[0].int(0) != count { try await pool.loop.sleep(for: .milliseconds(2)) }
    }

    /// Runs `body` as a task on the pool's loop, cancels it when the server sleeps, and expects a cancellation.
    private static func cancelWhileSleeping(
        _ pool: ConnectionPool, watchedBy watcher: ConnectionPool, _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let task = Task(executorPreference: pool.loop) { try await body() }
        try await waitForSleepers(1, watcher)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    private static func withTwoPools(
        _ configure: @escaping @Sendable (inout PoolConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (_ pool: ConnectionPool, _ watcher: ConnectionPool) async throws -> Void
    ) async throws {
        let database = try await TestDatabase.create()
        try await withPool(database, configure: configure) { pool in
            let watcher = ConnectionPool(loop: pool.loop, configuration: PoolConfiguration(connection: database))
            try await watcher.start()
            do {
                try await body(pool, watcher)
            } catch {
                await watcher.stop()
                throw error
            }
            await watcher.stop()
        }
    }

    @Test("A cancelled statement ends at once, and the server stops it")
    func sharedStatement() async throws {
        try await Self.withTwoPools { pool, watcher in
            try await Self.cancelWhileSleeping(pool, watchedBy: watcher) {
                try await pool.query("select pg_sleep(100)")
            }
            try await Self.waitForSleepers(0, watcher)
            try await pool.query("select 1")
        }
    }

    @Test("Neighbours of a cancelled statement on the same connection get their answers")
    func neighbours() async throws {
        try await Self.withTwoPools({ $0.sharedConnections = 1 }) { pool, watcher in
            let sleeper = Task(executorPreference: pool.loop) { try await pool.query("select pg_sleep(100)") }
            try await Self.waitForSleepers(1, watcher)
            let neighbours = (0..<50).map { number in
                Task(executorPreference: pool.loop) { try await pool.query("select \(number)")[0].int(0) }
            }
            while pool.statistics.statementsUnderWay < 51 { try await pool.loop.sleep(for: .milliseconds(1)) }
            sleeper.cancel()
            await #expect(throws: CancellationError.self) { try await sleeper.value }
            for (number, neighbour) in neighbours.enumerated() { #expect(try await neighbour.value == number) }
        }
    }

    @Test("A statement that comes while a cancel request is on its way is not its victim")
    func laterStatements() async throws {
        try await Self.withTwoPools({ $0.sharedConnections = 1 }) { pool, watcher in
            for _ in 0..<10 {
                let sleeper = Task(executorPreference: pool.loop) { try await pool.query("select pg_sleep(100)") }
                try await Self.waitForSleepers(1, watcher)
                sleeper.cancel()
                for number in 0..<20 {
                    let row = try await pool.query("select \(number), pg_sleep(0.001)")[0]
                    #expect(row.int(0) == number)
                }
            }
        }
    }

    @Test("A cancelled task sends nothing")
    func cancelledBefore() async throws {
        try await withPool { pool in
            try await pool.query("create table t (n int)")
            let task = Task(executorPreference: pool.loop) {
                while !Task.isCancelled { await Task.yield() }
                try await pool.query("insert into t values (1)")
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let inTransaction = Task(executorPreference: pool.loop) {
                while !Task.isCancelled { await Task.yield() }
                try await pool.withTransaction { try await $0.query("insert into t values (1)") }
            }
            inTransaction.cancel()
            await #expect(throws: CancellationError.self) { try await inTransaction.value }
            let rows = try await pool.query("select * from t")
            #expect(rows.isEmpty)
        }
    }

    @Test("Cancelled while waiting for a connection: the place in line is given up")
    func waitingForConnection() async throws {
        try await withPool(configure: { $0.exclusiveConnections = 1 }) { pool in
            try await pool.withConnection { _ in
                let waiting = Task(executorPreference: pool.loop) {
                    try await pool.withTransaction { try await $0.query("select 1") }
                }
                while pool.statistics.waiting == 0 { try await pool.loop.sleep(for: .milliseconds(1)) }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
                #expect(pool.statistics.waiting == 0)
            }
            try await pool.withTransaction { try await $0.query("select 1") }
        }
    }

    @Test("Cancelled in the first statement, with begin on the way: rolled back, connection good")
    func firstStatement() async throws {
        try await Self.transactionCancelled { transaction in
            try await transaction.query("with i as (insert into t values (1) returning n) select pg_sleep(100) from i")
        }
    }

    @Test("Cancelled in a later statement: rolled back, connection good")
    func laterStatement() async throws {
        try await Self.transactionCancelled { transaction in
            try await transaction.query("insert into t values (1)")
            try await transaction.query("select pg_sleep(100)")
        }
    }

    @Test("Cancelled with several statements of the transaction under way: rolled back, connection good")
    func concurrentStatements() async throws {
        try await Self.transactionCancelled { transaction in
            try await transaction.query("insert into t values (1)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<5 {
                    group.addTask { try await transaction.query("select pg_sleep(100 + \(Double(number)))") }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("Cancelled between two statements: the second is not sent, everything is rolled back")
    func betweenStatements() async throws {
        try await Self.afterTransaction { pool in
            let task = Task(executorPreference: pool.loop) {
                try await pool.withTransaction { transaction in
                    try await transaction.query("insert into t values (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                    try await transaction.query("insert into t values (2)")
                }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("Cancelled while the closure waits for something else: rolled back, connection good")
    func elsewhere() async throws {
        try await Self.afterTransaction { pool in
            let task = Task(executorPreference: pool.loop) {
                try await pool.withTransaction { transaction in
                    try await transaction.query("insert into t values (1)")
                    try await pool.loop.sleep(for: .seconds(100))
                }
            }
            while pool.statistics.leasedConnections == 0 { try await pool.loop.sleep(for: .milliseconds(1)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("Cancelled before the commit: the commit is not interrupted, and its outcome comes back")
    func beforeCommit() async throws {
        try await Self.afterTransaction(rows: 1) { pool in
            let task = Task(executorPreference: pool.loop) {
                try await pool.withTransaction { transaction in
                    try await transaction.query("insert into t values (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                    return 7
                }
            }
            let outcome = try await task.value
            #expect(outcome == 7)
        }
    }

    @Test("Cancelled during a slow commit: it ends, and its outcome comes back")
    func duringCommit() async throws {
        try await Self.withTwoPools({ $0.exclusiveConnections = 1 }) { pool, watcher in
            try await pool.withConnection { connection in
                try await connection.runScript(
                    """
                    create table t (n int);
                    create function slow() returns trigger language plpgsql
                        as 'begin perform pg_sleep(0.2); return null; end';
                    create constraint trigger late after insert on t deferrable initially deferred
                        for each row execute function slow();
                    """)
            }
            let task = Task(executorPreference: pool.loop) {
                try await pool.withTransaction { try await $0.query("insert into t values (1)") }.affectedRows
            }
            let committing: SQL = "select 1 from pg_stat_activity where query = 'commit' and state = 'active'"
            while try await watcher.query(committing).isEmpty {}
            task.cancel()
            #expect(try await task.value == 1)
            #expect(try await pool.query("select * from t").count == 1)
        }
    }

    @Test("Cancelled during the rollback: it ends, and the connection is good")
    func duringRollback() async throws {
        try await Self.afterTransaction { pool in
            let task = Task(executorPreference: pool.loop) {
                try await pool.withTransaction { transaction in
                    try await transaction.query("insert into t values (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                    throw Refused()
                }
            }
            await #expect(throws: Refused.self) { try await task.value }
        }
    }

    @Test("Cancelled while it waits to repeat after a conflict")
    func beforeRetry() async throws {
        try await Self.afterTransaction { pool in
            let task = Task(executorPreference: pool.loop) {
                try await pool.withTransaction { _ in
                    withUnsafeCurrentTask { $0?.cancel() }
                    var conflict = DatabaseError(.server, "made up")
                    conflict.sqlState = .serializationFailure
                    throw conflict
                }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("A transaction's statement that is cancelled as soon as it is sent is stopped all the same")
    func cancelledAtOnce() async throws {
        try await withPool(configure: { $0.exclusiveConnections = 1 }) { pool in
            for _ in 0..<20 {
                let task = Task(executorPreference: pool.loop) {
                    try await pool.withTransaction { try await $0.query("select pg_sleep(100)") }
                }
                while pool.statistics.leasedConnections == 0 { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(pool.statistics.leasedConnections == 0)
            }
        }
    }

    @Test("A statement timeout of the server is its own error, not a cancellation")
    func statementTimeout() async throws {
        try await withPool(configure: { $0.connection.statementTimeout = .milliseconds(20) }) { pool in
            await #expect {
                try await pool.query("select pg_sleep(100)")
            } throws: {
                ($0 as? DatabaseError)?.sqlState == .queryCanceled
            }
            try await pool.query("select 1")
        }
    }

    @Test("A hundred statements cancelled at once leave the pool as it was")
    func manyAtOnce() async throws {
        try await withPool { pool in
            let tasks = (0..<100).map { _ in
                // None ends by itself before all are under way, however slow the machine is.
                Task(executorPreference: pool.loop) { try await pool.query("select pg_sleep(100)") }
            }
            while pool.statistics.statementsUnderWay < 100 { try await pool.loop.sleep(for: .milliseconds(1)) }
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
            for number in 0..<100 {
                let row = try await pool.query("select \(number)")[0]
                #expect(row.int(0) == number)
            }
            while pool.statistics.statementsUnderWay > 0 { try await pool.loop.sleep(for: .milliseconds(1)) }
        }
    }

    /// A transaction that is cancelled while the server sleeps in it.
    private static func transactionCancelled(
        _ body: @escaping @Sendable (Transaction) async throws -> Void
    ) async throws {
        try await withTwoPools({ $0.exclusiveConnections = 1 }) { pool, watcher in
            try await pool.query("create table t (n int)")
            try await cancelWhileSleeping(pool, watchedBy: watcher) {
                try await pool.withTransaction { try await body($0) }
            }
            try await expectUntouched(pool, rows: 0)
        }
    }

    private static func afterTransaction(
        rows: Int = 0, _ body: @escaping @Sendable (ConnectionPool) async throws -> Void
    ) async throws {
        try await withPool(configure: { $0.exclusiveConnections = 1 }) { pool in
            try await pool.query("create table t (n int)")
            try await body(pool)
            try await expectUntouched(pool, rows: rows)
        }
    }

    /// The only exclusive connection is back, outside any transaction, and works.
    private static func expectUntouched(_ pool: ConnectionPool, rows: Int) async throws {
        #expect(pool.statistics.leasedConnections == 0)
        try await pool.withTransaction { transaction in
            let found = try await transaction.query("select * from t")
            #expect(found.count == rows)
            try await transaction.query("insert into t values (9)")
        }
        let found = try await pool.query("select * from t where n = 9")
        #expect(found.count == 1)
    }
}
