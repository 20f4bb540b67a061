public import Database
import FoundationEssentials

/// Starts the review of one item of a batch job.
///
/// It does not wait for the review, which is a job of its own: the end of the review is what ends the item.
public struct BatchItemRun: JobHandler {
    private let pool: ConnectionPool

    /// Makes a handler for the jobs of kind `batch-item`.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Jobs of kind `batch-item`.
    public var kind: JobKind { .batchItem }

    /// What the job about an item is called; each attempt has one of its own.
    static func key(of itemID: UUID, attempt: Int) -> String { "\(itemID.text)/\(attempt)" }

    /// Starts the item's review, unless that has been done or the item has ended.
    public func run(_ job: Job) async throws {
        let (itemID, attempt) = try job.keyAttempt()
        do {
            try await start(itemID, attempt: attempt)
        } catch let error as WorkflowError where error.code == .invalidInput || error.code == .notFound {
            let code = error.problems.first?.code.name ?? error.code.name
            try await fail(itemID, attempt: attempt, code: code, message: error.message)
        }
    }

    /// Makes the item `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        let (itemID, attempt) = try job.keyAttempt()
        try await fail(
            itemID, attempt: attempt, code: "REVIEW_FAILED",
            message: "The review could not be started. Try it again, or ask the operator.")
    }

    private func start(_ itemID: UUID, attempt: Int) async throws {
        try await pool.withTransaction { transaction in
            let item = try await transaction.queryFirst(
                """
                select items.subtask_id, jobs.id, jobs.created_by, jobs.mode, jobs.trigger, jobs.review_set_ids,
                    jobs.review_set_names
                from batch_job_items as items
                join batch_jobs as jobs on jobs.id = items.batch_job_id
                where items.id = \(itemID)
                and items.attempts = \(attempt)
                and items.status = 'RUNNING'
                and items.review_id is null
                """)
            guard let item else { return }
            // The rights are those of the person who started the job, as they are now.
            guard let viewer = item.optionalUUID(2) else { throw WorkflowError.notFound("The person who asked for it") }
            let selection = try await selection(of: item.uuid(1), trigger: item.string(4), in: transaction)
            let started = try await ReviewStore.start(
                viewer: viewer, subtaskID: item.uuid(0), selection: selection, mode: item.string(3),
                sets: ChosenReviewSets(ids: item.array(5), names: item.array(6)), in: transaction)
            guard case .new(let reviewID) = started else {
                throw WorkflowError(problems: [
                    InputProblem(["subtaskId"], .reviewActive, "The subtask has an active review already.")
                ])
            }
            let linked = try await transaction.query(
                """
                update batch_job_items
                set review_id = \(reviewID)
                where id = \(itemID)
                and attempts = \(attempt)
                and status = 'RUNNING'
                and review_id is null
                """)
            // Somebody has cancelled the job meanwhile: the review is not started, either.
            if linked.affectedRows == 0 { throw WorkflowError(.runLost, "The item has ended.") }
        }
    }

    private func selection(
        of jobID: UUID, trigger: String, in transaction: Transaction
    ) async throws -> ReviewSelection {
        if trigger == ReviewSelection.copyrightCheck.trigger { return .copyrightCheck }
        // What has been deleted since the start is left out, as it is everywhere.
        let rpds = try await transaction.query(
            """
            select rpds.id
            from batch_job_rpds as links
            join rpds on rpds.id = links.rpd_id
            where links.batch_job_id = \(jobID)
            and rpds.deleted_at is null
            order by links.position
            """)
        return .rpds(rpds.map { $0.uuid(0) })
    }

    private func fail(_ itemID: UUID, attempt: Int, code: String, message: String) async throws {
        try await pool.withTransaction { transaction in
            let item = try await transaction.queryFirst(
                """
                update batch_job_items
                set status = 'FAILED', error_code = \(code), error_message = \(message), finished_at = now()
                where id = \(itemID)
                and attempts = \(attempt)
                and status = 'RUNNING'
                and review_id is null
                returning batch_job_id
                """)
            guard let item else { return }
            try await BatchProgress.lock(item.uuid(0), in: transaction)
            try await BatchProgress.proceed(item.uuid(0), itemID: itemID, in: transaction)
        }
    }
}
