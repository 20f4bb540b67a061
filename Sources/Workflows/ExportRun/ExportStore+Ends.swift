import Database
public import FoundationEssentials

/// The end of exports by hand, and their new start.
extension ExportStore {
    /// Ends an export that is active.
    ///
    /// One that has ended stays as it is.
    public func cancel(viewer: UUID, exportID: UUID) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveRow.lockStatus(exportID, in: "exports", "An export", viewer: viewer, transaction)
            try await Self.end(exportID, in: transaction)
        }
    }

    /// Begins an export anew that has failed or was cancelled, with what its tasks have now.
    ///
    /// Another one stays as it is. The tasks' rows are locked first, as they are by the start.
    public func retry(viewer: UUID, exportID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let tasks = try await transaction.query(
                """
                select id
                from tasks
                where id in (select task_id from export_tasks where export_id = \(exportID))
                and deleted_at is null
                order by id
                for no key update
                """)
            // Without a task nobody sees it.
            if tasks.count == 0 { throw WorkflowError.notFound("An export") }
            _ = try await LiveRow.lockStatus(exportID, in: "exports", "An export", viewer: viewer, transaction)
            guard try await RunRow(.exports, exportID).retry(.export, in: transaction) else { return }
            try await ExportEvents.progressed(exportID, in: transaction)
        }
    }

    /// Ends the active exports that have one of some tasks, which are being deleted.
    static func cancelActive(of taskIDs: [UUID], in transaction: Transaction) async throws {
        let exports = try await transaction.query(
            """
            select id
            from exports
            where id in (select export_id from export_tasks where task_id = any(\(taskIDs)))
            and status in ('PENDING', 'PROCESSING')
            order by id
            for no key update
            """)
        for export in exports { try await end(export.uuid(0), in: transaction) }
    }

    /// Ends an export, if it is active, whose row the caller has locked.
    private static func end(_ exportID: UUID, in transaction: Transaction) async throws {
        guard try await RunRow(.exports, exportID).cancel(.export, in: transaction) else { return }
        try await ExportEvents.progressed(exportID, in: transaction)
    }
}
