import Database
import FoundationEssentials
import JSON

/// What has become of the items of a batch job or an import, always counted from the items themselves.
struct ItemTally {
    let status: String
    let total: Int
    let succeeded: Int
    let failed: Int
    let cancelled: Int
    let projectID: UUID
    /// Who has started the whole; nil once that person is gone.
    let startedBy: UUID?
    /// Whether it has come to its end just now.
    let hasJustEnded: Bool

    /// Counts the items and writes down the status that follows, and the end when none is left; nil when the whole is gone.
    ///
    /// `column` is that of `items` which refers to `table`. The caller holds the lock of the row: one after the other counts
    /// what all others before it have written.
    static func settle(
        _ table: String, _ id: UUID, items: String, by column: String, in transaction: Transaction
    ) async throws -> ItemTally? {
        let row = try await transaction.queryFirst(
            """
            update \(unsafeSQL: table) as whole
            set status = case
                    when counts.active > 0 then 'RUNNING'
                    when whole.cancel_requested_at is not null then 'CANCELLED'
                    when counts.succeeded = counts.total then 'COMPLETED'
                    when counts.succeeded > 0 then 'PARTIAL'
                    when counts.failed > 0 then 'FAILED'
                    else 'CANCELLED'
                end,
                finished_at = case when counts.active = 0 then now() end
            from (
                select count(*) as total,
                    count(*) filter (where status in ('PENDING', 'RUNNING')) as active,
                    count(*) filter (where status = 'SUCCEEDED') as succeeded,
                    count(*) filter (where status = 'FAILED') as failed,
                    count(*) filter (where status = 'CANCELLED') as cancelled,
                    (select status from \(unsafeSQL: table) where id = \(id)) as former_status
                from \(unsafeSQL: items)
                where \(unsafeSQL: column) = \(id)
            ) as counts
            where whole.id = \(id)
            returning whole.status, counts.total, counts.succeeded, counts.failed, counts.cancelled,
                whole.project_id, whole.created_by, counts.former_status = 'RUNNING' and whole.status <> 'RUNNING'
            """)
        return row.map { row in
            ItemTally(
                status: row.string(0), total: row.int(1), succeeded: row.int(2), failed: row.int(3),
                cancelled: row.int(4), projectID: row.uuid(5), startedBy: row.optionalUUID(6),
                hasJustEnded: row.bool(7))
        }
    }

    /// Tells who has started the whole that it has come to its end, once; of what people have ended they know.
    func tellOfEnd(
        _ kind: NotificationStore.Kind, batchJobID: UUID? = nil, importID: UUID? = nil, in transaction: Transaction
    ) async throws {
        guard hasJustEnded, status != "CANCELLED" else { return }
        try await NotificationStore.tell(
            startedBy, kind, at: .init(projectID: projectID, batchJobID: batchJobID, importID: importID), by: nil,
            in: transaction)
    }

    /// What the event of its progress says, beside the identifiers.
    var payload: JSONObject {
        [
            "status": .string(status), "total": .int(Int64(total)), "succeeded": .int(Int64(succeeded)),
            "failed": .int(Int64(failed)), "cancelled": .int(Int64(cancelled)),
        ]
    }
}
