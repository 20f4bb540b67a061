public import Database
public import FoundationEssentials

/// Starts and cancels exports: what people do.
///
/// What the worker writes is in `ExportRunStore`.
public struct ExportStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What came of asking for an export.
    public enum Started: Sendable, Hashable {
        /// A new export, which a worker will take up.
        case new(UUID)
        /// The export that the same request key started before.
        case existing(UUID)

        /// The export, in any case.
        public var exportID: UUID {
            switch self {
            case .new(let id), .existing(let id): id
            }
        }
    }

    /// Starts to export the pictures of a task that have a completed review.
    ///
    /// `format` is `PPTX`.
    ///
    /// The task's row is locked, so that two calls with one request key make one export.
    public func start(
        viewer: UUID, taskID: UUID, format: String, requestKey: UUID? = nil
    ) async throws -> Started {
        try await pool.withTransaction { transaction in
            let tasks = try await transaction.query(
                """
                select project_id,
                    exists (
                        select 1
                        from subtasks
                        join reviews on reviews.subtask_id = subtasks.id and reviews.status = 'COMPLETED'
                        where subtasks.task_id = tasks.id
                        and subtasks.deleted_at is null
                        and subtasks.kind = 'PICTURE'
                    )
                from tasks
                where id = \(taskID)
                and deleted_at is null
                and project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update
                """)
            guard let task = tasks.first else { throw WorkflowError.notFound("A task") }
            let earlier = try await transaction.query(
                "select id from exports where task_id = \(taskID) and request_key = \(requestKey)")
            if let row = earlier.first { return .existing(row.uuid(0)) }
            var check = InputCheck()
            if format != "PPTX" { check.fail(["format"], .invalid, "There is no such format.") }
            if !task.bool(1) {
                check.fail(["taskId"], .nothingToExport, "No picture of the task has a completed review.")
            }
            try check.finish()
            let exports = try await transaction.query(
                """
                insert into exports (project_id, task_id, format, request_key, created_by)
                values (\(task.uuid(0)), \(taskID), \(format), \(requestKey), \(viewer))
                returning id
                """)
            guard let row = exports.first else { throw WorkflowError(.inconsistentData, "An export got no id.") }
            let exportID = row.uuid(0)
            try await ExportEvents.progressed(exportID, in: transaction)
            try await JobStore.enqueue(.export, key: exportID.text, maximumAttempts: 3, in: transaction)
            return .new(exportID)
        }
    }

    /// Ends an export that is active.
    ///
    /// One that has ended stays as it is.
    public func cancel(viewer: UUID, exportID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let exports = try await transaction.query(
                """
                select status
                from exports
                where id = \(exportID)
                and project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update
                """)
            guard let export = exports.first else { throw WorkflowError.notFound("An export") }
            guard RunStatus(rawValue: export.string(0))?.isEnd == false else { return }
            try await Self.end(exportID, in: transaction)
        }
    }

    /// Ends the active exports of a task that is being deleted.
    static func cancelActive(of taskID: UUID, in transaction: Transaction) async throws {
        let exports = try await transaction.query(
            """
            select id
            from exports
            where task_id = \(taskID)
            and status in ('PENDING', 'PROCESSING')
            order by id
            for no key update
            """)
        for export in exports { try await end(export.uuid(0), in: transaction) }
    }

    /// Ends an active export, whose row the caller has locked.
    private static func end(_ exportID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            update exports
            set status = 'CANCELLED',
                run_token = null,
                finished_at = now()
            where id = \(exportID)
            """)
        try await ExportEvents.progressed(exportID, in: transaction)
        try await JobStore.requestCancel(.export, key: exportID.text, in: transaction)
    }
}
