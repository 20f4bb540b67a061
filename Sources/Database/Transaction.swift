import EventLoop

/// How far a transaction is shielded from others (PostgreSQL manual §13.2).
public enum IsolationLevel: String, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "read committed"
    /// All statements see what was committed before the first began; conflicting updates fail with 40001.
    case repeatableRead = "repeatable read"
    /// As if transactions ran one after the other; conflicts fail with 40001.
    case serializable = "serializable"
}

/// Whether a transaction may write.
public enum AccessMode: String, Sendable {
    /// It may.
    case readWrite = "read write"
    /// A write fails with 25006.
    case readOnly = "read only"
}

/// A transaction, for the time of a `withTransaction` closure.
///
/// To be used on the pool's loop only.
///
/// `begin` travels with the first statement. There is no nesting: the closure gets a transaction, not a pool.
public final class Transaction: Queryable, @unchecked Sendable {  // Reason: confined to its loop by the driver.
    private let driver: ConnectionDriver
    private let begin: [SQL]
    private var machine = TransactionStateMachine()

    init(_ driver: ConnectionDriver, isolation: IsolationLevel, access: AccessMode) {
        self.driver = driver
        begin = [Self.beginText(isolation, access)] + LocalSetting.preludes
    }

    /// Runs a statement inside the transaction.
    ///
    /// After a failure the transaction can only be rolled back.
    @discardableResult
    public func query(_ sql: SQL) async throws -> RowSet {
        driver.loop.preconditionOnLoop("Transaction.query")
        let preludes: [SQL]
        switch machine.statementArrived() {
        case .sendWithBegin: preludes = begin
        // In a transaction this is a warning; if the first `begin` failed, it keeps the statement out of autocommit.
        case .sendWithPlainBegin: preludes = ["begin"]
        case .send: preludes = []
        case .refuse: throw DatabaseError(.leaseEnded, "the transaction was used after withTransaction had returned")
        }
        do {
            let rows = try await driver.run(
                StatementRequest(sql, preludes: preludes, isAutocommit: false), isCancellable: true)
            machine.statementSucceeded()
            return rows
        } catch {
            machine.statementFailed(error)
            throw error
        }
    }

    /// Commits, whether or not the task was cancelled in the meantime: the outcome must be known.
    ///
    /// Where it cannot be, because the connection was lost, the error says so.
    func commit() async throws {
        guard machine.endRequested() else { return }
        let rows: RowSet
        do {
            rows = try await driver.run(StatementRequest("commit", isAutocommit: false), isCancellable: false)
        } catch var error as DatabaseError where error.code != .server {
            error.isCommitUnknown = true
            throw error
        }
        guard rows.commandTag != "COMMIT" else { return }
        // A statement had failed and the closure went on all the same: Postgres answers COMMIT with ROLLBACK.
        let cause = machine.firstFailure as? DatabaseError
        var error = DatabaseError(
            .transactionAborted, "a statement had failed before the commit: \(cause?.message ?? "unknown")")
        error.sqlState = cause?.sqlState
        error.statement = cause?.statement
        throw error
    }

    /// Rolls back, whether or not the task was cancelled; a connection that does not answer is closed.
    func rollBack() async {
        guard machine.endRequested(), driver.isUsable else { return }
        await driver.rollBack()
    }

    private static func beginText(_ isolation: IsolationLevel, _ access: AccessMode) -> SQL {
        switch (isolation, access) {
        case (.readCommitted, .readWrite): "begin"
        default: "begin isolation level \(unsafeSQL: isolation.rawValue) \(unsafeSQL: access.rawValue)"
        }
    }
}

extension ConnectionDriver {
    /// How long the server may take to answer a rollback before the connection is given up.
    static let rollbackDeadline: Duration = .seconds(4)

    /// Ends whatever transaction there is, as part of giving the connection back.
    func rollBack() async {
        let timer = loop.schedule(after: Self.rollbackDeadline) { [weak self] in
            self?.fail("the server did not answer a rollback")
        }
        defer { timer.cancel() }
        do {
            _ = try await run(StatementRequest("rollback", isAutocommit: false), isCancellable: false)
        } catch {
            // A connection whose state is unknown goes to nobody else.
            fail("the rollback failed: \(error)")
        }
    }
}
