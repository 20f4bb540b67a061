import Database
import FoundationEssentials

extension ExportRunStore {
    /// Reads what the export shows: for each picture its latest review, and what is held from earlier ones.
    static func plan(_ exportID: UUID, runToken: UUID, in transaction: Transaction) async throws -> ExportPlan {
        let heads = try await transaction.query(
            """
            select exports.project_id, exports.created_by, exports.task_id, tasks.name, tasks.description, projects.name
            from exports
            join tasks on tasks.id = exports.task_id
            join projects on projects.id = exports.project_id
            where exports.id = \(exportID)
            """)
        guard let head = heads.first else { throw WorkflowError(.inconsistentData, "An export has no task.") }
        return ExportPlan(
            exportID: exportID, projectID: head.uuid(0), runToken: runToken, createdBy: head.optionalUUID(1),
            taskName: head.string(3), taskDescription: head.string(4), projectName: head.string(5),
            pages: try await pages(of: head.uuid(2), in: transaction))
    }

    private static func pages(of taskID: UUID, in transaction: Transaction) async throws -> [ExportPlan.Page] {
        let rows = try await transaction.query(
            """
            select subtasks.id, latest.id, subtasks.name, contents.version, latest.version, assets.object_key,
                assets.media_type, assets.width, assets.height
            from subtasks
            join lateral (
                select reviews.id, reviews.version, reviews.content_id
                from reviews
                where reviews.subtask_id = subtasks.id
                and reviews.status = 'COMPLETED'
                order by reviews.version desc
                limit 1
            ) as latest on true
            join subtask_contents as contents on contents.id = latest.content_id
            join assets on assets.id = contents.asset_id
            where subtasks.task_id = \(taskID)
            and subtasks.deleted_at is null
            and subtasks.kind = 'PICTURE'
            and assets.object_key is not null
            and assets.width is not null
            order by subtasks.position
            """)
        let findings = try await findings(
            subtaskIDs: rows.map { $0.uuid(0) }, latest: rows.map { $0.uuid(1) }, transaction)
        let failures = try await failures(reviewIDs: rows.map { $0.uuid(1) }, transaction)
        return rows.map { row in
            ExportPlan.Page(
                title: row.string(2), contentVersion: row.int(3), reviewVersion: row.int(4), objectKey: row.string(5),
                mediaType: row.string(6), width: row.int(7), height: row.int(8),
                findings: findings[row.uuid(0)] ?? [], failures: failures[row.uuid(1)] ?? [])
        }
    }

    /// By subtask: held findings of earlier reviews first, then those of the latest one, numbered from 1.
    ///
    /// A creator gets what people stand by: neither what they have found wrong or beside the point, nor what another
    /// finding stands for now.
    private static func findings(
        subtaskIDs: [UUID], latest: [UUID], _ transaction: Transaction
    ) async throws -> [UUID: [ExportFinding]] {
        let rows = try await transaction.query(
            """
            select reviews.subtask_id, findings.severity, versions.title, findings.description, findings.suggestion,
                findings.area_x, findings.area_y, findings.area_width, findings.area_height, findings.is_held
            from reviews
            join findings on findings.review_id = reviews.id
            join rpd_versions as versions on versions.id = findings.rpd_version_id
            where reviews.subtask_id = any(\(subtaskIDs))
            and (reviews.id = any(\(latest)) or findings.is_held)
            and findings.status not in ('REJECTED', 'IGNORED')
            and not exists (select 1 from findings as others where others.overrides_id = findings.id)
            order by reviews.id = any(\(latest)), reviews.version desc, findings.created_at, findings.id
            """)
        var result: [UUID: [ExportFinding]] = [:]
        for row in rows {
            let number = (result[row.uuid(0)]?.count ?? 0) + 1
            result[row.uuid(0), default: []].append(
                ExportFinding(
                    number: number, severity: try severity(row.string(1)), title: row.string(2),
                    description: row.string(3), suggestion: row.optionalString(4) ?? "", box: box(row),
                    isHeld: row.bool(9)))
        }
        return result
    }

    /// By review: the review points that say nothing about the picture.
    private static func failures(
        reviewIDs: [UUID], _ transaction: Transaction
    ) async throws -> [UUID: [ExportFailure]] {
        let rows = try await transaction.query(
            """
            select outcomes.review_id, versions.title, outcomes.error_message
            from review_outcomes as outcomes
            join rpd_versions as versions on versions.id = outcomes.rpd_version_id
            where outcomes.review_id = any(\(reviewIDs))
            and outcomes.status in ('ERROR', 'TIMEOUT')
            order by outcomes.review_id, outcomes.position
            """)
        var result: [UUID: [ExportFailure]] = [:]
        for row in rows {
            result[row.uuid(0), default: []].append(
                ExportFailure(title: row.string(1), reason: row.optionalString(2) ?? ""))
        }
        return result
    }

    private static func severity(_ stored: String) throws -> ExportFinding.Severity {
        switch stored {
        case "RISK": .risk
        case "ALERT": .alert
        case "SAFE": .safe
        default: throw WorkflowError(.inconsistentData, "A finding has a severity that does not exist.")
        }
    }

    private static func box(_ row: Row) -> ExportFinding.Box? {
        guard let x = row.optionalDouble(5), let y = row.optionalDouble(6), let width = row.optionalDouble(7),
            let height = row.optionalDouble(8)
        else { return nil }
        return ExportFinding.Box(x: x, y: y, width: width, height: height)
    }
}
