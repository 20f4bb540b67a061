import Database
import FoundationEssentials

/// What the worker of an export writes, each time only while the export is `PROCESSING` under this run's token.
struct ExportRunStore: Sendable {
    /// The file that an export has made.
    struct File: Sendable {
        let objectKey: String
        let fileName: String
        let mediaType: String
        let byteCount: Int
        let sha256: String
    }

    let pool: ConnectionPool

    /// Takes the export over and gives what it has to show; nil when this attempt has ended.
    func begin(_ job: Job) async throws -> ExportPlan? {
        let (exportID, attempt) = try job.keyAttempt()
        return try await pool.withTransaction { transaction in
            let exports = try await transaction.query(
                "select status from exports where id = \(exportID) and attempt = \(attempt) for no key update")
            // The export may be gone together with its project.
            guard let export = exports.first, RunStatus(rawValue: export.string(0))?.isEnd == false
            else { return nil }
            try await RunRow.requireLease(job, in: transaction)
            let plan = try await ExportPlanReader.plan(exportID, runToken: job.leaseToken, in: transaction)
            _ = try await transaction.query(
                """
                update exports
                set status = 'PROCESSING',
                    run_token = \(job.leaseToken),
                    slides_total = 0,
                    slides_done = 0,
                    started_at = coalesce(started_at, now())
                where id = \(exportID)
                """)
            try await ExportEvents.progressed(exportID, in: transaction)
            return plan
        }
    }

    /// Says how many slides are in the file.
    func progress(_ plan: ExportPlan, slidesDone: Int, slidesTotal: Int) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.exports, plan.exportID).requireRun(plan.runToken, in: transaction)
            _ = try await transaction.query(
                """
                update exports
                set slides_done = \(slidesDone),
                    slides_total = \(slidesTotal)
                where id = \(plan.exportID)
                """)
            try await ExportEvents.progressed(plan.exportID, in: transaction)
        }
    }

    /// Says that the file is stored.
    func complete(_ plan: ExportPlan, file: File) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.exports, plan.exportID).requireRun(plan.runToken, in: transaction)
            let assets = try await transaction.query(
                """
                insert into assets (
                    project_id, purpose, state, file_name, media_type, byte_count, object_key, sha256, created_by
                )
                values (
                    \(plan.projectID), 'EXPORT', 'READY', \(file.fileName), \(file.mediaType), \(file.byteCount),
                    \(file.objectKey), \(file.sha256), \(plan.createdBy)
                )
                returning id
                """)
            guard let asset = assets.first else { throw WorkflowError(.inconsistentData, "A file got no id.") }
            _ = try await transaction.query(
                """
                update exports
                set status = 'COMPLETED',
                    asset_id = \(asset.uuid(0)),
                    slides_done = slides_total,
                    run_token = null,
                    finished_at = now()
                where id = \(plan.exportID)
                """)
            try await ExportEvents.progressed(plan.exportID, in: transaction)
            try await ExportEvents.ended(plan.exportID, in: transaction)
        }
    }

    /// Says that the export will never be done.
    func fail(_ job: Job, errorCode: String, errorMessage: String) async throws {
        let (exportID, attempt) = try job.keyAttempt()
        let row = RunRow(.exports, exportID)
        try await pool.withTransaction { transaction in
            guard try await row.lockActive(for: job, attempt: attempt, in: transaction) else { return }
            try await row.fail(code: errorCode, message: errorMessage, in: transaction)
            try await ExportEvents.progressed(exportID, in: transaction)
            try await ExportEvents.ended(exportID, in: transaction)
        }
    }
}
