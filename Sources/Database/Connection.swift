import EventLoop

/// One connection, for the time of a `withConnection` closure.
///
/// To be used on the pool's loop only.
///
/// What is set with `set` stays with the connection afterwards: prefer `set local` in a transaction.
public final class Connection: Queryable, @unchecked Sendable {  // Reason: confined to its loop by the driver.
    let driver: ConnectionDriver
    private var hasEnded = false

    init(_ driver: ConnectionDriver) { self.driver = driver }

    /// Runs a statement; several tasks may, then their statements go out one behind the other.
    @discardableResult
    public func query(_ sql: SQL) async throws -> RowSet {
        try checkNotEnded()
        return try await driver.run(StatementRequest(sql, isAutocommit: driver.isIdle), isCancellable: true)
    }

    /// Runs a text with any number of statements and no parameters, as one transaction unless it says otherwise.
    public func runScript(_ text: String) async throws {
        try checkNotEnded()
        await driver.settled()
        try await driver.runScript(text)
    }

    /// Writes rows into a table with COPY, many times as fast as `insert`; returns how many.
    ///
    /// `next` appends a row or some and says whether there are more. The columns must be written as SQL has them. A
    /// statement of its own: all rows or, when `next` or the server throws, none.
    @discardableResult
    public func copy(
        into table: String, _ columns: [String], _ next: (inout CopyBuffer) throws -> Bool
    ) async throws -> Int {
        try checkNotEnded()
        await driver.settled()
        return try await driver.copy(
            "copy \(table) (\(columns.joined(separator: ", "))) from stdin (format binary)", next)
    }

    /// The server process of this connection, as in `pg_stat_activity.pid`.
    public var backendProcessID: Int { Int(driver.handle?.backendID ?? 0) }

    /// Whether a transaction is open and has not failed; only meaningful between statements.
    var isInTransaction: Bool { driver.handle?.isInTransaction ?? false }

    func end() { hasEnded = true }

    private func checkNotEnded() throws {
        driver.loop.preconditionOnLoop("Connection")
        if hasEnded { throw DatabaseError(.leaseEnded, "the connection was used after withConnection had returned") }
    }
}
