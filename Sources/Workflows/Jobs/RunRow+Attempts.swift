import Database

/// The start, the end by a person and the new start of runs whose rows count their attempts: each attempt has a job of its
/// own, named by the row and the number.
extension RunRow {
    /// How often a job is tried before it is given up.
    private static let maximumAttempts = 3

    /// Has a worker take up the row's attempt with this number.
    func enqueue(_ kind: JobKind, attempt: Int = 1, in transaction: Transaction) async throws {
        try await JobStore.enqueue(
            kind, key: key(ofAttempt: attempt), maximumAttempts: Self.maximumAttempts, in: transaction)
    }

    /// Ends the run, if it is active: no write of its worker counts from now on; false if it has ended already.
    ///
    /// The caller has locked the row.
    func cancel(_ kind: JobKind, in transaction: Transaction) async throws -> Bool {
        let row = try await transaction.queryFirst(
            """
            update \(unsafeSQL: table.name)
            set status = 'CANCELLED', run_token = null, finished_at = now()
            where id = \(id)
            and status in ('PENDING', \(table.running))
            returning attempt
            """)
        guard let row else { return false }
        try await JobStore.requestCancel(kind, key: key(ofAttempt: row.int(0)), in: transaction)
        return true
    }

    /// Begins anew, if the run has failed or was cancelled; false otherwise.
    ///
    /// The caller has locked the row.
    func retry(_ kind: JobKind, in transaction: Transaction) async throws -> Bool {
        let row = try await transaction.queryFirst(
            """
            update \(unsafeSQL: table.name)
            set status = 'PENDING', attempt = attempt + 1, error_code = null, error_message = null, finished_at = null
            where id = \(id)
            and status in ('FAILED', 'CANCELLED')
            returning attempt
            """)
        guard let row else { return false }
        try await enqueue(kind, attempt: row.int(0), in: transaction)
        return true
    }

    private func key(ofAttempt attempt: Int) -> String { "\(id.text)/\(attempt)" }
}
