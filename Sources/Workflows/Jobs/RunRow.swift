import Database
import FoundationEssentials

/// The row of something that one run of a worker at a time works on: a document that is read, a file that is exported.
///
/// A run writes only while the row is under way and bears its token.
struct RunRow: Sendable {
    /// Where the state of a row stands, and what its states are called.
    struct Table: Sendable {
        let name: String
        var stateColumn = "status"
        var running = "PROCESSING"
        /// Said to a run that the row no longer belongs to.
        let lost: String

        static let documents = Table(
            name: "documents", lost: "The document has been read or has another worker.")
        static let exports = Table(name: "exports", lost: "The export has ended or has another worker.")
        static let pictureAnalyses = Table(
            name: "picture_analyses", lost: "The look has ended or has another worker.")
        static let generatedReferences = Table(
            name: "generated_references", lost: "The picture has been deleted or has another worker.")
        static let rpdTests = Table(name: "rpd_tests", lost: "The try has ended or has another worker.")
        static let reviews = Table(name: "reviews", lost: "The review has ended or has another worker.")
        static let sceneDetections = Table(
            name: "scene_detections", running: "RUNNING",
            lost: "The scenes have been found or the search has another worker.")
        static let rpdVersions = Table(
            name: "rpd_versions", stateColumn: "readiness", running: "RUNNING",
            lost: "The version has been prepared or has another worker.")
    }

    let table: Table
    let id: UUID

    init(_ table: Table, _ id: UUID) {
        self.table = table
        self.id = id
    }

    /// Locks the row; throws `runLost` when it is not under way or bears another run's token.
    func requireRun(_ token: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            """
            select 1
            from \(unsafeSQL: table.name)
            where id = \(id)
            and run_token = \(token)
            and \(unsafeSQL: table.stateColumn) = \(table.running)
            for no key update
            """)
        if row == nil { throw WorkflowError(.runLost, table.lost) }
    }

    /// Locks the row of a job that was tried too often; false when the row is gone, or its run or this attempt has ended.
    ///
    /// `attempt` is that of the job, for rows that count attempts.
    func lockActive(for job: Job, attempt: Int? = nil, in transaction: Transaction) async throws -> Bool {
        let isOfAttempt: SQL = if let attempt { "attempt = \(attempt)" } else { "true" }
        let row = try await transaction.queryFirst(
            """
            select 1
            from \(unsafeSQL: table.name)
            where id = \(id)
            and \(unsafeSQL: table.stateColumn) in ('PENDING', \(table.running))
            and \(isOfAttempt)
            for no key update
            """)
        if row == nil { return false }
        try await Self.requireLease(job, in: transaction)
        return true
    }

    /// Says that the run has failed for good.
    func fail(code: String, message: String, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            update \(unsafeSQL: table.name)
            set status = 'FAILED', run_token = null, error_code = \(code), error_message = \(message),
                finished_at = now()
            where id = \(id)
            """)
    }

    /// The job's row, locked against a change of its lease for the rest of the transaction.
    static func requireLease(_ job: Job, in transaction: Transaction) async throws {
        let jobs = try await transaction.query(
            "select 1 from jobs where id = \(job.id) and lease_token = \(job.leaseToken) for share")
        if jobs.first == nil { throw WorkflowError(.runLost, "Another worker has the job.") }
    }
}
