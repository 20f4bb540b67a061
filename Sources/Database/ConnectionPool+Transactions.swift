import EventLoop

/// Transactions, and their repetition after conflicts.
extension ConnectionPool {
    /// Runs a closure in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// After a serialization failure or a deadlock the closure runs again, up to `retries` times, so it must not change
    /// anything but the database. A commit whose connection is lost has an unknown outcome and is not repeated.
    @discardableResult
    public func withTransaction<T>(
        isolation: IsolationLevel = .readCommitted, access: AccessMode = .readWrite, retries: Int = 3,
        _ body: (Transaction) async throws -> T
    ) async throws -> T {
        var attempt = 0
        while true {
            attempt += 1
            do {
                return try await transactionOnce(isolation, access, body)
            } catch let error as DatabaseError where attempt <= retries && error.mayRepeatTransaction {
                let delay = Self.conflictBackoff.delay(afterAttempt: attempt, random: .random(in: 0...1))
                try await loop.sleep(for: delay)
            }
        }
    }

    private static let conflictBackoff = Backoff(initial: .milliseconds(10), maximum: .milliseconds(500))

    private func transactionOnce<T>(
        _ isolation: IsolationLevel, _ access: AccessMode, _ body: (Transaction) async throws -> T
    ) async throws -> T {
        let driver = try await acquire()
        let transaction = Transaction(driver, isolation: isolation, access: access)
        do {
            let value = try await body(transaction)
            try await transaction.commit()
            await release(driver)
            return value
        } catch {
            await transaction.rollBack()
            await release(driver)
            throw error
        }
    }
}

extension DatabaseError {
    /// A conflict, or a prepared statement that a change of the schema made useless: the next attempt makes it anew.
    fileprivate var mayRepeatTransaction: Bool {
        isTransactionConflict || ((code == .server || code == .transactionAborted) && isStaleStatement)
    }
}
