import Database
import EventLoop
import TestSupport
import Testing

@Suite("Transaction")
struct TransactionTests {
    private static func table(_ pool: ConnectionPool) async throws {
        try await pool.query("create table numbers (n int primary key)")
    }

    private static func count(_ pool: ConnectionPool) async throws -> Int {
        try await pool.query("select count(*) from numbers")[0].int(0)
    }

    @Test("What a transaction did is there after it, and not before")
    func commit() async throws {
        try await withPool { pool in
            try await Self.table(pool)
            try await pool.withTransaction { transaction in
                try await transaction.query("insert into numbers values (1)")
                #expect(try await transaction.query("select n from numbers").count == 1)
                #expect(try await Self.count(pool) == 0)
            }
            #expect(try await Self.count(pool) == 1)
        }
    }

    @Test("A closure that throws rolls everything back, and the error comes out")
    func rollback() async throws {
        try await withPool { pool in
            try await Self.table(pool)
            await #expect(throws: Refused.self) {
                try await pool.withTransaction { transaction in
                    try await transaction.query("insert into numbers values (1)")
                    throw Refused()
                }
            }
            #expect(try await Self.count(pool) == 0)
            #expect(pool.statistics.leasedConnections == 0)
        }
    }

    @Test("A failed statement that the closure swallows fails the commit instead of being lost")
    func swallowedFailure() async throws {
        try await withPool { pool in
            try await Self.table(pool)
            await #expect {
                try await pool.withTransaction { transaction in
                    try await transaction.query("insert into numbers values (1)")
                    // The closure goes on as if nothing had happened.
                    _ = try? await transaction.query("insert into numbers values (1)")
                }
            } throws: {
                guard let error = $0 as? DatabaseError else { return false }
                return error.code == .transactionAborted && error.sqlState == .uniqueViolation
            }
            #expect(try await Self.count(pool) == 0)
        }
    }

    @Test("An error that only the commit brings comes out")
    func deferredConstraint() async throws {
        try await withPool { pool in
            try await pool.query("create table late (n int unique deferrable initially deferred)")
            await #expect {
                try await pool.withTransaction { transaction in
                    try await transaction.query("insert into late values (1)")
                    try await transaction.query("insert into late values (1)")
                }
            } throws: {
                ($0 as? DatabaseError)?.sqlState == .uniqueViolation
            }
            try await pool.withTransaction { try await $0.query("insert into late values (1)") }
        }
    }

    @Test("A first statement that fails leaves nothing behind, and the connection serves the next")
    func failedFirstStatement() async throws {
        try await withPool(configure: { $0.exclusiveConnections = 1 }) { pool in
            try await Self.table(pool)
            for _ in 0..<3 {
                await #expect(throws: DatabaseError.self) {
                    try await pool.withTransaction { try await $0.query("insert into nowhere values (1)") }
                }
                try await pool.withTransaction {
                    try await $0.query("insert into numbers select count(*) from numbers")
                }
            }
            #expect(try await Self.count(pool) == 3)
        }
    }

    @Test("Statements of a transaction run at once are one transaction all the same")
    func concurrentStatements() async throws {
        try await withPool { pool in
            try await Self.table(pool)
            await #expect(throws: Refused.self) {
                try await pool.withTransaction(isolation: .serializable) { transaction in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<20 {
                            group.addTask(executorPreference: pool.loop) {
                                try await transaction.query("insert into numbers values (\(Int32(number)))")
                            }
                        }
                        try await group.waitForAll()
                    }
                    #expect(try await transaction.query("select n from numbers").count == 20)
                    throw Refused()
                }
            }
            #expect(try await Self.count(pool) == 0)
        }
    }

    @Test("Isolation level and access mode reach the server")
    func modes() async throws {
        try await withPool { pool in
            let level = try await pool.withTransaction(isolation: .repeatableRead) {
                try await $0.query("show transaction_isolation")[0].string(0)
            }
            #expect(level == "repeatable read")
            try await Self.table(pool)
            await #expect {
                try await pool.withTransaction(access: .readOnly) {
                    try await $0.query("insert into numbers values (1)")
                }
            } throws: {
                ($0 as? DatabaseError)?.sqlState == .readOnlySQLTransaction
            }
        }
    }

    @Test("After a serialization failure the closure runs again and succeeds")
    func serializationRetry() async throws {
        try await withPool { pool in
            try await pool.query("create table account (id int primary key, amount int)")
            try await pool.query("insert into account values (1, 0)")
            let attempts = LoopBound(Counter(), loop: pool.loop)
            try await pool.withTransaction(isolation: .serializable) { transaction in
                attempts.value.enter()
                let amount = try await transaction.query("select amount from account")[0].int(0)
                // The first time, someone else comes in between.
                if attempts.value.most == 1 { try await pool.query("update account set amount = amount + 10") }
                try await transaction.query("update account set amount = \(Int32(amount + 1))")
            }
            let rows = try await pool.query("select amount from account")
            #expect(rows[0].int(0) == 11)
            #expect(attempts.value.most == 2)
        }
    }

    @Test("Without retries the conflict comes out")
    func conflictWithoutRetry() async throws {
        try await withPool { pool in
            try await pool.query("create table account (id int primary key, amount int)")
            try await pool.query("insert into account values (1, 0)")
            await #expect {
                try await pool.withTransaction(isolation: .repeatableRead, retries: 0) { transaction in
                    try await transaction.query("select * from account")
                    try await pool.query("update account set amount = 1")
                    try await transaction.query("update account set amount = 2")
                }
            } throws: {
                ($0 as? DatabaseError)?.sqlState == .serializationFailure
            }
        }
    }

    @Test("A transaction or connection that outlives its closure refuses to work")
    func outlived() async throws {
        try await withPool { pool in
            let transaction = try await pool.withTransaction { $0 }
            let connection = try await pool.withConnection { $0 }
            for use in [{ try await transaction.query("select 1") }, { try await connection.query("select 1") }] {
                await #expect {
                    try await use()
                } throws: {
                    ($0 as? DatabaseError)?.code == .leaseEnded
                }
            }
        }
    }

    @Test("A connection that comes back inside a transaction is rolled back before anyone else gets it")
    func forgottenTransaction() async throws {
        try await withPool(configure: { $0.exclusiveConnections = 1 }) { pool in
            try await Self.table(pool)
            let first = try await pool.withConnection { connection in
                try await connection.query("begin")
                try await connection.query("insert into numbers values (1)")
                return connection.backendProcessID
            }
            let second = try await pool.withConnection { connection in
                let rows = try await connection.query("select n from numbers")
                #expect(rows.isEmpty)
                return connection.backendProcessID
            }
            #expect(first == second)
        }
    }

    @Test("A table changed under a transaction's prepared statement only costs another attempt")
    func changedTable() async throws {
        try await withPool(configure: { $0.exclusiveConnections = 1 }) { pool in
            try await Self.table(pool)
            let select: SQL = "select * from numbers"
            try await pool.withTransaction { try await $0.query(select) }
            try await pool.query("alter table numbers add extra text")
            let columns = try await pool.withTransaction { try await $0.query(select).columnCount }
            #expect(columns == 2)
        }
    }

    @Test("A script runs many statements, all or none")
    func scripts() async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                try await connection.runScript(
                    "create table s (n int); insert into s values (1); insert into s values (2);")
                #expect(try await connection.query("select \(1) from s").count == 2)
                await #expect {
                    try await connection.runScript("insert into s values (3); select 1 / 0; insert into s values (4)")
                } throws: {
                    ($0 as? DatabaseError)?.sqlState == "22012"
                }
                #expect(try await connection.query("select \(1) from s").count == 2)
            }
        }
    }
}

struct Refused: Error {}
