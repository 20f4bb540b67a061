/// One statement from the call of `query` to its answer: who waits, what came back so far, how often it was tried.
final class StatementRequest: @unchecked Sendable {  // Reason: touched on its connection's loop only.
    let sql: SQL
    /// Sent ahead in the same segment, so that a failure of one skips the statement: the `begin` of a transaction, and
    /// what its task sets for it.
    let preludes: [SQL]
    /// Whether the statement is a transaction of its own, which may be sent again after a failure that left no trace.
    var isAutocommit: Bool
    /// One of the connection's own, which nobody waits for.
    let isInternal: Bool
    /// Run without a name and without the cache.
    private(set) var isUnnamed: Bool

    /// Nil before the caller waits and after it was answered.
    private var continuation: UnsafeContinuation<RowSet, any Error>?
    /// Where it was sent; nil while it waits for a connection.
    weak var connection: ConnectionDriver?

    var rows: RowSet?
    var failure: DatabaseError?
    var statement: StatementCache.Statement?
    var attempts = 0
    /// Nobody waits for the answer any more, or the server was asked to stop it.
    var isCancelled = false
    /// A cancel request for another statement of the same connection may hit this one.
    var mayBeHitByCancel = false
    /// Set only when someone counts statements.
    var startedAt: ContinuousClock.Instant?

    /// Told how it ended.
    var didEnd: ConnectionPool.StatementEnd?

    init(_ sql: SQL, preludes: [SQL] = [], isAutocommit: Bool, isInternal: Bool = false) {
        self.sql = sql
        self.preludes = preludes
        self.isAutocommit = isAutocommit
        self.isInternal = isInternal
        isUnnamed = isInternal
    }

    /// libpq counts parameters in 16 bits.
    func checkSize() throws {
        guard sql.parameterCount <= 65_535 else {
            throw DatabaseError(.tooManyParameters, "\(sql.parameterCount) parameters", statement: sql.text)
        }
    }

    var isWaiting: Bool { continuation != nil }

    /// Keeps who waits; false when the task was cancelled before, who then has its answer.
    ///
    /// Looked at here and not before the wait: between the two, the loop may have run the cancellation.
    func wait(_ continuation: UnsafeContinuation<RowSet, any Error>, unlessCancelled: Bool = true) -> Bool {
        if unlessCancelled && Task.isCancelled {
            didEnd?(CancellationError())
            continuation.resume(throwing: CancellationError())
            return false
        }
        self.continuation = continuation
        return true
    }

    func succeed(_ rows: RowSet) {
        if continuation != nil { didEnd?(nil) }
        continuation?.resume(returning: rows)
        continuation = nil
    }

    func fail(_ error: any Error) {
        if continuation != nil { didEnd?(error) }
        continuation?.resume(throwing: error)
        continuation = nil
    }

    /// Before another attempt; one without a name depends on nobody else's preparation.
    func reset(withoutName: Bool) {
        isUnnamed = isUnnamed || withoutName
        rows = nil
        failure = nil
        statement = nil
        mayBeHitByCancel = false
        attempts += 1
    }
}
