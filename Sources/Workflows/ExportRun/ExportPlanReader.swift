import Database
import FoundationEssentials

/// Reads what an export shows.
struct ExportPlanReader {
    let transaction: Transaction
    let options: ExportOptions

    /// The plan of an export.
    static func plan(_ exportID: UUID, runToken: UUID, in transaction: Transaction) async throws -> ExportPlan {
        let head = try await transaction.queryFirst(
            """
            select exports.project_id, exports.created_by, projects.name, exports.format,
                \(unsafeSQL: ExportOptions.columns(of: "exports"))
            from exports
            join projects on projects.id = exports.project_id
            where exports.id = \(exportID)
            """)
        guard let head else { throw WorkflowError(.inconsistentData, "An export is gone.") }
        guard let format = ExportFormat(rawValue: head.string(3)) else {
            throw WorkflowError(.inconsistentData, "An export has a format that does not exist.")
        }
        let reader = ExportPlanReader(transaction: transaction, options: ExportOptions(head, from: 4))
        return ExportPlan(
            exportID: exportID, projectID: head.uuid(0), runToken: runToken, createdBy: head.optionalUUID(1),
            format: format, options: reader.options, projectName: head.string(2),
            parts: try await reader.parts(of: exportID))
    }

    private func parts(of exportID: UUID) async throws -> [ExportPlan.Part] {
        let tasks = try await transaction.query(
            """
            select tasks.id, tasks.name, tasks.description, statuses.name, sources.picture_key
            from export_tasks as links
            join tasks on tasks.id = links.task_id
            join task_statuses as statuses on statuses.id = tasks.status_id
            left join assets as sources on sources.id = tasks.source_asset_id
            where links.export_id = \(exportID)
            and tasks.deleted_at is null
            order by links.position
            """)
        var pages = try await pages(of: tasks.map { $0.uuid(0) })
        return tasks.map { task in
            ExportPlan.Part(
                id: task.uuid(0), name: task.string(1), description: task.string(2), status: task.string(3),
                sourceKey: task.optionalString(4),
                pages: pages.removeValue(forKey: task.uuid(0)) ?? [])
        }
    }

    /// Original slides show what was imported.
    private var versions: SQL {
        if options.hasOriginalSlides { return "contents.version = 1" }
        return options.contentVersions == "ALL" ? "true" : "contents.version = newest.version"
    }

    /// The versions of the materials, by task.
    private func pages(of taskIDs: [UUID]) async throws -> [UUID: [ExportPlan.Page]] {
        let rows = try await transaction.query(
            """
            select subtasks.task_id, contents.id, subtasks.id, latest.id, contents.version = newest.version,
                subtasks.name, subtasks.kind, subtasks.status, contents.version, assets.object_key, assets.file_name,
                assets.width, assets.height, subtasks.slide_number, assets.duration_seconds,
                assets.picture_key
            from subtasks
            join lateral (
                select max(version) as version from subtask_contents where subtask_id = subtasks.id
            ) as newest on true
            join subtask_contents as contents on contents.subtask_id = subtasks.id
            join assets on assets.id = contents.asset_id
            left join lateral (
                select reviews.id
                from reviews
                where reviews.content_id = contents.id
                and reviews.status = 'COMPLETED'
                order by reviews.version desc
                limit 1
            ) as latest on true
            where subtasks.task_id = any(\(taskIDs))
            and subtasks.deleted_at is null
            and \(versions)
            order by subtasks.position, contents.version desc
            """)
        let versions = rows.map { row in
            ExportedVersion(
                contentID: row.uuid(1), subtaskID: row.uuid(2), reviewID: row.optionalUUID(3), isNewest: row.bool(4),
                number: row.int(8))
        }
        let findings = options.hasFindings ? try await self.findings(of: versions) : [:]
        let failures = options.hasFindings ? try await self.failures(of: versions.compactMap(\.reviewID)) : [:]
        let threads =
            options.hasAnnotations || options.hasAIAnnotations
            ? try await ExportThreadReader(transaction: transaction, options: options).threads(on: rows) : [:]
        var pages: [UUID: [ExportPlan.Page]] = [:]
        for (row, version) in zip(rows, versions) {
            pages[row.uuid(0), default: []].append(
                ExportPlan.Page(
                    title: row.string(5), kind: row.string(6), status: Self.status(row.string(7)),
                    contentVersion: version.number,
                    slideNumber: row.optionalInt(13), isNewest: version.isNewest, objectKey: row.optionalString(9),
                    pictureKey: row.optionalString(15), fileName: row.string(10),
                    size: row.optionalInt(11).map { ExportPlan.Size(width: $0, height: row.int(12)) },
                    durationSeconds: row.optionalDouble(14),
                    findings: findings[version.contentID]?.map(\.finding) ?? [],
                    findingRecords: findings[version.contentID]?.map(\.record) ?? [],
                    failures: version.reviewID.flatMap { failures[$0] } ?? [],
                    threads: threads[version.contentID] ?? []))
        }
        return pages
    }

    private static func status(_ stored: String) -> ReviewedPicture.Status {
        switch stored {
        case "ACCEPTED": .accepted
        case "DENIED": .denied
        default: .pending
        }
    }

    /// By version: those of its latest review, numbered from 1; before them, on the newest version, what is held from
    /// earlier reviews.
    ///
    /// A creator gets what people stand by: neither what they have found wrong or beside the point, unless statuses were
    /// chosen, nor what another finding stands for now.
    private func findings(of versions: [ExportedVersion]) async throws -> [UUID: [Found]] {
        var sql: SQL = """
            select findings.review_id, reviews.subtask_id, contents.version, findings.severity, versions.title,
                findings.description, findings.suggestion, findings.area_x, findings.area_y, findings.area_width,
                findings.area_height, findings.is_held, rpds.kind, findings.status, authors.name, findings.is_by_ai,
                findings.created_at, findings.updated_at, findings.start_seconds
            from reviews
            join findings on findings.review_id = reviews.id
            join subtask_contents as contents on contents.id = reviews.content_id
            join rpd_versions as versions on versions.id = findings.rpd_version_id
            join rpds on rpds.id = versions.rpd_id
            left join users as authors on authors.id = findings.created_by
            where reviews.subtask_id = any(\(versions.map(\.subtaskID)))
            and (reviews.id = any(\(versions.compactMap(\.reviewID))) or findings.is_held)
            and \(unsafeSQL: FindingStore.isInForce)
            """
        if let severities = options.severities { sql += " and findings.severity = any(\(severities))" }
        if options.isHeldOnly { sql += " and findings.is_held" }
        if let statuses = options.findingStatuses {
            sql += " and findings.status = any(\(statuses))"
        } else {
            sql += " and \(unsafeSQL: FindingStore.isNotDismissed)"
        }
        sql += " order by reviews.version desc, findings.created_at, findings.id"
        let rows = try await transaction.query(sql)
        let own = Dictionary(grouping: rows) { $0.uuid(0) }
        let held = Dictionary(grouping: rows.filter { $0.bool(11) }) { $0.uuid(1) }
        var result: [UUID: [Found]] = [:]
        for version in versions {
            let earlier = version.isNewest ? (held[version.subtaskID] ?? []) : []
            let shown = earlier.filter { $0.uuid(0) != version.reviewID } + (version.reviewID.flatMap { own[$0] } ?? [])
            result[version.contentID] = try shown.enumerated().map { index, row in
                Found(finding: try finding(row, number: index + 1, on: version), record: Self.record(row))
            }
        }
        return result
    }

    private func finding(_ row: Row, number: Int, on version: ExportedVersion) throws -> ExportFinding {
        ExportFinding(
            number: number, severity: try Self.severity(row.string(3)), title: row.string(4),
            description: row.string(5), suggestion: row.optionalString(6) ?? "", box: .init(row, from: 7),
            isHeld: row.bool(11), origin: row.int(2) == version.number ? "" : "v\(row.int(2))",
            startSeconds: row.int(2) == version.number ? row.optionalDouble(18) : nil)
    }

    private static func record(_ row: Row) -> ExportRecord {
        ExportRecord(
            kind: row.string(12), status: row.string(13),
            author: row.optionalString(14) ?? (row.bool(15) ? "AI" : ""), createdAt: row.timestamp(16),
            updatedAt: row.timestamp(17))
    }

    /// By review.
    private func failures(of reviewIDs: [UUID]) async throws -> [UUID: [ExportFailure]] {
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
}

/// A finding with what tables say of it.
private struct Found {
    let finding: ExportFinding
    let record: ExportRecord
}

/// A version of a material, with the review that counts for it.
private struct ExportedVersion {
    let contentID: UUID
    let subtaskID: UUID
    let reviewID: UUID?
    let isNewest: Bool
    let number: Int
}

extension ExportFinding.Box {
    /// Reads x, y, width and height from the column at `first` on; nil if there are none.
    init?(_ row: Row, from first: Int) {
        guard let x = row.optionalDouble(first), let y = row.optionalDouble(first + 1),
            let width = row.optionalDouble(first + 2), let height = row.optionalDouble(first + 3)
        else { return nil }
        self.init(x: x, y: y, width: width, height: height)
    }
}
