import Database
import FoundationEssentials
import JSON

/// How a batch job goes on when something has become of one of its items.
enum BatchProgress {
    /// A review has ended: so has its item, if it is a batch job's.
    ///
    /// The caller holds the lock of the review's row.
    static func reviewEnded(_ reviewID: UUID, in transaction: Transaction) async throws {
        let item = try await transaction.queryFirst(
            """
            update batch_job_items
            set status = case reviews.status when 'COMPLETED' then 'SUCCEEDED' else reviews.status end,
                error_code = reviews.error_code,
                error_message = reviews.error_message,
                finished_at = now()
            from reviews
            where reviews.id = \(reviewID)
            and batch_job_items.review_id = reviews.id
            and batch_job_items.status = 'RUNNING'
            returning batch_job_items.batch_job_id, batch_job_items.id
            """)
        guard let item else { return }
        try await lock(item.uuid(0), in: transaction)
        try await proceed(item.uuid(0), itemID: item.uuid(1), in: transaction)
    }

    static func lock(_ jobID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query("select 1 from batch_jobs where id = \(jobID) for no key update")
    }

    /// Starts what may be started, ends the job when all its items have ended, and tells how far it is.
    ///
    /// The caller holds the lock of the job's row: one after the other counts what all others before it have written.
    static func proceed(_ jobID: UUID, itemID: UUID? = nil, in transaction: Transaction) async throws {
        try await startItems(of: jobID, in: transaction)
        let tally = try await ItemTally.settle(
            "batch_jobs", jobID, items: "batch_job_items", by: "batch_job_id", in: transaction)
        guard let tally else { return }
        var payload = tally.payload
        payload["batchJobId"] = .string(jobID.text)
        if let itemID { payload["itemId"] = .string(itemID.text) }
        try await EventStore.append(.batchProgressed, .object(payload), to: .batch(jobID), in: transaction)
        try await tally.tellOfEnd(.batchJobEnded, batchJobID: jobID, in: transaction)
    }

    private static func startItems(of jobID: UUID, in transaction: Transaction) async throws {
        let started = try await transaction.query(
            """
            update batch_job_items
            set status = 'RUNNING', started_at = now()
            where id in (
                select id
                from batch_job_items
                where batch_job_id = \(jobID)
                and status = 'PENDING'
                order by position
                limit greatest(0, \(BatchStore.itemsAtOnce) - (
                    select count(*)
                    from batch_job_items
                    where batch_job_id = \(jobID)
                    and status = 'RUNNING'
                ))
            )
            returning id, attempts
            """)
        for item in started {
            try await JobStore.enqueue(
                .batchItem, key: BatchItemRun.key(of: item.uuid(0), attempt: item.int(1)), in: transaction)
        }
    }
}
