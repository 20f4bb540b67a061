import EventLoop
import TestSupport
import Testing

@testable import Database

@Suite("Pool")
struct PoolTests {
    @Test("A thousand concurrent statements each get their own answer over at most four connections")
    func thousandConcurrentStatements() async throws {
        try await withPool { pool in
            let right = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<1000 {
                    group.addTask(executorPreference: pool.loop) {
                        let size = Int32(number % 50 * 100)
                        let row = try await pool.query("select \(number) as n, repeat('x', \(size)) as t")[0]
                        return row.int("n") == number && row.text("t").count == Int(size)
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(right == 1000)
            #expect(pool.statistics.openConnections <= 4)
            #expect(pool.statistics.statementsUnderWay == 0)
        }
    }

    @Test("Answers and parameters of several megabytes pass without blocking either side")
    func largeValues() async throws {
        try await withPool { pool in
            let text = String(repeating: "0123456789abcdef", count: 200_000)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask(executorPreference: pool.loop) {
                        try await pool.query("select \(text) || \(text) as t")[0].text("t").count == 6_400_000
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("A failure reaches its own waiter only, whatever runs beside it on the same connection")
    func errorIsolation() async throws {
        try await withPool(configure: { $0.sharedConnections = 1 }) { pool in
            let outcomes = await withTaskGroup(of: (Int, String).self) { group in
                for number in 0..<60 {
                    group.addTask(executorPreference: pool.loop) {
                        do {
                            switch number % 3 {
                            case 0: return (number, try await pool.query("select \(number)")[0].int(0).description)
                            case 1: return (number, try await pool.query("select 1 / \(0)").count.description)
                            default:
                                return (number, try await pool.query("select nothing from nowhere").count.description)
                            }
                        } catch {
                            return (number, (error as? DatabaseError)?.sqlState?.rawValue ?? "\(error)")
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for number in 0..<60 {
                #expect(outcomes[number] == ["\(number)", "22012", "42P01"][number % 3])
            }
        }
    }

    @Test("An error that only the commit brings fails the statement")
    func errorAtCommit() async throws {
        try await withPool { pool in
            try await pool.query("create table parents (id int primary key)")
            try await pool.query(
                "create table children (parent int references parents deferrable initially deferred)")
            await #expect {
                try await pool.query("insert into children values (1)")
            } throws: {
                ($0 as? DatabaseError)?.sqlState == .foreignKeyViolation
            }
            #expect(try await pool.query("select \(1)")[0].int(0) == 1)
            #expect(try await pool.query("select count(*) from children")[0].int(0) == 0)
        }
    }

    @Test("The fields of a server's error are there")
    func errorFields() async throws {
        try await withPool { pool in
            try await pool.query("create table named (email text constraint named_email unique)")
            try await pool.query("insert into named values (\("a"))")
            do {
                try await pool.query("insert into named values (\("a"))")
                Issue.record("no error")
            } catch let error as DatabaseError {
                #expect(error.code == .server)
                #expect(error.isUniqueViolation(of: "named_email"))
                #expect(error.table == "named")
                #expect(error.statement == "insert into named values ($1)")
                #expect(error.detail?.contains("already exists") == true)
            }
        }
    }

    @Test("No more than the configured connections are lent, and the next in line gets the one that comes back")
    func exclusiveLimit() async throws {
        try await withPool(configure: { $0.exclusiveConnections = 2 }) { pool in
            let most = LoopBound(Counter(), loop: pool.loop)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask(executorPreference: pool.loop) {
                        try await pool.withConnection { connection in
                            most.value.enter()
                            try await connection.query("select pg_sleep(0.005)")
                            most.value.leave()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(most.value.most == 2)
            #expect(pool.statistics.leasedConnections == 0)
        }
    }

    @Test("Whoever waits too long for a connection gets an error that says so")
    func waitTimeout() async throws {
        try await withPool(configure: {
            $0.exclusiveConnections = 1
            $0.waitTimeout = .seconds(1)
        }) { pool in
            try await pool.withConnection { _ in
                await #expect {
                    try await pool.withTransaction { try await $0.query("select 1") }
                } throws: {
                    ($0 as? DatabaseError)?.code == .poolTimeout
                }
            }
            #expect(pool.statistics.waiting == 0)
            try await pool.withTransaction { try await $0.query("select 1") }
        }
    }

    @Test("A pool that was not started, or was stopped, says so")
    func notRunning() async throws {
        let database = try await TestDatabase.create()
        try await withLoop { loop in
            let pool = ConnectionPool(loop: loop, configuration: PoolConfiguration(connection: database))
            await expectNotRunning(pool, "start()")
            try await pool.start()
            try await pool.query("select 1")
            await pool.stop()
            await expectNotRunning(pool, "stopped")
            await pool.stop()
        }
    }

    @Test("A start without a server fails with place and reason")
    func failedStart() async throws {
        try await withLoop { loop in
            let configuration = try PoolConfiguration(url: "postgres://127.0.0.1:1/nothing")
            let pool = ConnectionPool(loop: loop, configuration: configuration)
            await #expect {
                try await pool.start()
            } throws: {
                guard let error = $0 as? DatabaseError, error.code == .connectFailed else { return false }
                return error.message.contains("127.0.0.1:1") && error.message.contains("refused")
            }
        }
    }

    @Test("A start with a wrong database fails with the server's words")
    func wrongDatabase() async throws {
        var configuration = try await TestDatabase.administration()
        configuration = try ConnectionConfiguration(
            url: configuration.connectionString.replacing("/postgres?", with: "/there_is_none?"))
        try await withLoop { [configuration] loop in
            let pool = ConnectionPool(loop: loop, configuration: PoolConfiguration(connection: configuration))
            await #expect {
                try await pool.start()
            } throws: {
                ($0 as? DatabaseError)?.message.contains("\"there_is_none\" does not exist") == true
            }
        }
    }

    @Test("A server that accepts and says nothing is given up after the connect timeout")
    func silentServer() async throws {
        let listener = try SilentListener()
        var connection = try ConnectionConfiguration(url: "postgres://127.0.0.1:\(listener.port)/d")
        connection.connectTimeout = .milliseconds(50)
        try await withLoop { [connection] loop in
            let pool = ConnectionPool(loop: loop, configuration: PoolConfiguration(connection: connection))
            await #expect {
                try await pool.start()
            } throws: {
                ($0 as? DatabaseError)?.message.contains("no answer within") == true
            }
        }
        listener.close()
    }

    @Test("A stop lets what is under way end, and refuses who waits")
    func stopping() async throws {
        let database = try await TestDatabase.create()
        try await withLoop { loop in
            var configuration = PoolConfiguration(connection: database)
            configuration.exclusiveConnections = 1
            let pool = ConnectionPool(loop: loop, configuration: configuration)
            try await pool.start()
            async let slow = pool.query("select pg_sleep(0.3), \(7) as n")
            async let held = pool.withConnection { try await $0.query("select pg_sleep(0.3), \(8) as n")[0].int("n") }
            async let waiting = pool.withConnection { try await $0.query("select 1").count }
            let wanted = PoolStatistics(openConnections: 2, leasedConnections: 1, statementsUnderWay: 1, waiting: 1)
            while pool.statistics != wanted { try await loop.sleep(for: .milliseconds(1)) }
            await pool.stop()
            #expect(try await slow[0].int("n") == 7)
            #expect(try await held == 8)
            do {
                _ = try await waiting
                Issue.record("a stopped pool lent a connection")
            } catch let error as DatabaseError {
                #expect(error.code == .notRunning)
            }
        }
    }

    @Test("A loop that is stopped under a pool ends everyone who waits for it")
    func loopStopped() async throws {
        let database = try await TestDatabase.create()
        let loop = try Loop(name: "stopped")
        try loop.start()
        let started = AsyncStream<Void>.makeStream()
        let ends = AsyncStream<Bool>.makeStream()
        _ = loop.spawn {
            var configuration = PoolConfiguration(connection: database)
            configuration.exclusiveConnections = 1
            let pool = ConnectionPool(loop: loop, configuration: configuration)
            do {
                try await pool.start()
            } catch {
                Issue.record(error)
            }
            let sleep: SQL = "select pg_sleep(100)"
            let works: [@Sendable () async throws -> Void] = [
                { try await pool.query(sleep) },
                { _ = try await pool.withTransaction { try await $0.query(sleep) } },
                { _ = try await pool.withConnection { try await $0.query(sleep) } },
            ]
            for work in works {
                loop.spawn {
                    do {
                        try await work()
                        ends.continuation.yield(false)
                    } catch {
                        ends.continuation.yield(true)
                    }
                }
            }
            while pool.statistics != .init(openConnections: 2, leasedConnections: 1, statementsUnderWay: 1, waiting: 1)
            {
                // A cancelled sleep only means that the stop came first.
                try? await loop.sleep(for: .milliseconds(1))
            }
            started.continuation.yield()
        }
        for await _ in started.stream { break }
        await loop.stop()
        var failed = 0
        for await hasFailed in ends.stream {
            #expect(hasFailed)
            failed += 1
            if failed == 3 { break }
        }
        #expect(loop.stoppedCleanly == true)
    }

    @Test("A pool that is forgotten without a stop does not disturb the loop")
    func forgotten() async throws {
        let database = try await TestDatabase.create()
        try await withLoop { loop in
            for _ in 0..<20 {
                let pool = ConnectionPool(loop: loop, configuration: PoolConfiguration(connection: database))
                try await pool.start()
                try await pool.query("select 1")
            }
            try await withPool(database) { try await $0.query("select 1") }
        }
    }

    @Test("The hook sees each statement's text, in a transaction too, and its time")
    func statementHook() async throws {
        try await withPool { pool in
            let seen = LoopBound(Texts(), loop: pool.loop)
            pool.onStatement = { text, duration in
                if duration > .zero { seen.value.list.append(text) }
            }
            try await pool.query("select \(1)")
            try await pool.withTransaction { try await $0.query("select \(2) + 0") }
            pool.onStatement = nil
            try await pool.query("select 3")
            #expect(seen.value.list == ["select $1", "select $1 + 0", "commit"])
        }
    }

    @Test("A statement with too many parameters is refused before it is sent")
    func tooManyParameters() async throws {
        try await withPool { pool in
            var sql: SQL = "select "
            for number in 0..<65_536 { sql += "\(number)," }
            sql += "1"
            await #expect {
                try await pool.query(sql)
            } throws: {
                ($0 as? DatabaseError)?.code == .tooManyParameters
            }
            try await pool.query("select 1")
        }
    }

    @Test("A text made by different values is prepared once per connection, and old ones are deallocated")
    func statementCache() async throws {
        try await withPool(configure: {
            $0.sharedConnections = 1
            $0.connection.statementCacheSize = 3
        }) { pool in
            for round in 0..<5 {
                for name in ["a", "b"] {
                    let row = try await pool.query("select \(round) as \(identifier: name)")[0]
                    #expect(row.int(name) == round)
                }
            }
            let names: SQL = "select statement from pg_prepared_statements order by prepare_time"
            #expect(try await pool.query(names).count == 3)
            for name in ["c", "d", "e"] { try await pool.query("select \(1) as \(identifier: name)") }
            let texts = try await pool.query(names).map { $0.string(0) }
            #expect(texts.contains("select $1 as \"e\"") && !texts.contains("select $1 as \"a\""))
            #expect(texts.count == 3)
        }
    }

    @Test("Without a cache nothing is prepared, and everything works")
    func noStatementCache() async throws {
        try await withPool(configure: { $0.connection.statementCacheSize = 0 }) { pool in
            let row = try await pool.query("select \("x") || \("y")")[0]
            #expect(row.string(0) == "xy")
            let five = try await pool.withTransaction { try await $0.query("select \(5)")[0].int(0) }
            #expect(five == 5)
            #expect(try await pool.query("select * from pg_prepared_statements").isEmpty)
        }
    }

    @Test("After a change of the table a prepared statement is made anew")
    func changedTable() async throws {
        try await withPool(configure: { $0.sharedConnections = 1 }) { pool in
            try await pool.query("create table changing (a int)")
            try await pool.query("insert into changing values (1)")
            #expect(try await pool.query("select * from changing").columnCount == 1)
            try await pool.query("alter table changing add b text default 'x'")
            let rows = try await pool.query("select * from changing")
            #expect(rows.columnCount == 2)
            #expect(rows[0].string("b") == "x")
        }
    }

    @Test("A prepared statement that the server has lost is made anew")
    func lostStatement() async throws {
        try await withPool(configure: { $0.sharedConnections = 1 }) { pool in
            #expect(try await pool.query("select \(1)")[0].int(0) == 1)
            try await pool.query("deallocate all")
            #expect(try await pool.query("select \(2)")[0].int(0) == 2)
        }
    }

    @Test("Idle connections are closed after a while, one shared one stays")
    func idleLifetime() async throws {
        try await withPool(configure: { $0.idleLifetime = .milliseconds(20) }) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<30 {
                    group.addTask(executorPreference: pool.loop) { try await pool.query("select pg_sleep(0.001)") }
                }
                try await group.waitForAll()
            }
            try await pool.withConnection { try await $0.query("select 1") }
            while pool.statistics.openConnections > 1 { try await pool.loop.sleep(for: .milliseconds(5)) }
            #expect(try await pool.query("select \(1)")[0].int(0) == 1)
        }
    }
}

private func expectNotRunning(_ pool: ConnectionPool, _ word: String) async {
    await #expect {
        try await pool.query("select 1")
    } throws: {
        guard let error = $0 as? DatabaseError else { return false }
        return error.code == .notRunning && error.message.contains(word)
    }
}
