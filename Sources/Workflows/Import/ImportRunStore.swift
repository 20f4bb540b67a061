import Clients
import Database
import FoundationEssentials
import JSON

/// What the worker of a part of an import reads and writes: each time only while its job is the one that was begun last.
struct ImportRunStore: Sendable {
    let pool: ConnectionPool

    /// What is to be done; nil when that has been done, was ended, or has nobody who wants it.
    func unit(_ key: ImportUnit.Key) async throws -> ImportUnit? {
        let row = try await pool.queryFirst(
            """
            select project_id, target, status_id, priority_id, assignee_id, description, tags, created_by,
                array(select tag_id from import_tags where import_id = imports.id)
            from imports
            where id = \(key.importID)
            and attempts = \(key.attempt)
            """)
        guard let row else { return nil }
        let files = try await pool.query(
            """
            select items.id, items.folder, items.name, items.asset_id, assets.media_type, assets.picture_key,
                items.drive_file_id, items.drive_resource_key
            from import_items as items
            left join assets on assets.id = items.asset_id and assets.state = 'READY'
            where items.import_id = \(key.importID)
            and items.unit = \(key.unit)
            and items.status = 'RUNNING'
            order by items.position
            """)
        guard files.first != nil else { return nil }
        guard let viewer = row.optionalUUID(7) else { throw WorkflowError.notFound("The person who asked for it") }
        let target: ImportStore.Target =
            row.string(1) == "ITEMS"
            ? .items(.init(description: row.string(5), tags: row.array(6, of: String.self)))
            : .tasks(
                .init(
                    tagIDs: row.array(8, of: UUID.self), statusID: row.optionalUUID(2),
                    priorityID: row.optionalUUID(3), assigneeID: row.optionalUUID(4)))
        return ImportUnit(
            key: key, projectID: row.uuid(0), viewer: viewer, target: target,
            files: try files.map {
                ImportUnit.File(
                    itemID: $0.uuid(0), path: ImportPath(folder: $0.optionalString(1), name: $0.string(2)),
                    assetID: $0.optionalUUID(3), mediaType: $0.optionalString(4),
                    objectKey: try $0.optionalString(5).map { try ObjectKey($0) },
                    drive: DriveFileID($0.optionalString(6) ?? "", resourceKey: $0.optionalString(7)))
            }.sorted { NaturalOrder.precedes($0.path.name, $1.path.name) })
    }

    /// Makes of a unit what it becomes, and writes what became of its files, in one transaction.
    ///
    /// What it becomes is made by the person who asked for it; how far the import is, by nobody.
    func make(
        _ unit: ImportUnit, _ job: Job,
        _ body: @Sendable (Transaction) async throws -> [UUID: ImportOutcome]
    ) async throws {
        try await write(unit.key, job) { transaction in
            try await AuditLog.begin(as: unit.viewer, in: transaction)
            let outcomes = try await body(transaction)
            try await AuditLog.end(in: transaction)
            return outcomes
        }
    }

    /// Says that nothing can become of the files of a unit.
    func fail(_ key: ImportUnit.Key, _ job: Job, code: String, message: String) async throws {
        try await write(key, job) { transaction in
            let running = try await transaction.query(
                """
                select id
                from import_items
                where import_id = \(key.importID)
                and unit = \(key.unit)
                and status = 'RUNNING'
                """)
            return Dictionary(
                uniqueKeysWithValues: running.map { ($0.uuid(0), .failed(code: code, message: message)) })
        }
    }

    private func write(
        _ key: ImportUnit.Key, _ job: Job, _ body: @Sendable (Transaction) async throws -> [UUID: ImportOutcome]
    ) async throws {
        try await pool.withTransaction { transaction in
            try await Self.requireRun(key, job, in: transaction)
            let outcomes = try await body(transaction)
            for (itemID, outcome) in outcomes {
                try await Self.write(outcome, of: itemID, in: transaction)
            }
            try await ImportProgress.proceed(key.importID, itemIDs: Array(outcomes.keys), in: transaction)
        }
    }

    /// Says as which file of the project a file of Google Drive is here now.
    func downloaded(
        _ itemID: UUID, as assetID: UUID, named name: String, _ key: ImportUnit.Key, _ job: Job
    ) async throws {
        try await pool.withTransaction { transaction in
            try await Self.requireRun(key, job, in: transaction)
            let updated = try await transaction.query(
                """
                update import_items
                set asset_id = \(assetID), name = \(name)
                where id = \(itemID)
                and status = 'RUNNING'
                """)
            if updated.affectedRows == 0 { throw WorkflowError(.runLost, "The file has ended.") }
            try await ImportTokens.deleteUnneeded(key.importID, in: transaction)
        }
    }

    /// Locks the import's row; throws `runLost` when it has ended, was begun anew, or another worker has the job.
    private static func requireRun(_ key: ImportUnit.Key, _ job: Job, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            """
            select 1
            from imports
            where id = \(key.importID)
            and attempts = \(key.attempt)
            and status = 'RUNNING'
            for no key update
            """)
        if row == nil { throw WorkflowError(.runLost, "The import has ended or was begun anew.") }
        try await RunRow.requireLease(job, in: transaction)
    }

    /// Throws `runLost` for a file that has ended already: then nothing of this run is kept.
    private static func write(_ outcome: ImportOutcome, of itemID: UUID, in transaction: Transaction) async throws {
        var taskID: UUID?
        var entries: [UUID] = []
        var (made, skipped) = (0, 0)
        var warnings: [ImportWarning] = []
        var (code, message): (String?, String?) = (nil, nil)
        switch outcome {
        case .task(let id, let count, let left, let told): (taskID, made, skipped, warnings) = (id, count, left, told)
        case .items(let ids, let left): (entries, made, skipped) = (ids, ids.count, left)
        case .failed(let name, let text): (code, message) = (name, text)
        }
        let updated = try await transaction.query(
            """
            update import_items
            set status = \(code == nil ? "SUCCEEDED" : "FAILED"), task_id = \(taskID), made_count = \(made),
                skipped_count = \(skipped), warnings = \(JSONB(JSONValue.array(warnings.map(\.stored)).encoded())),
                error_code = \(code), error_message = \(message), finished_at = now()
            where id = \(itemID)
            and status = 'RUNNING'
            """)
        if updated.affectedRows == 0 { throw WorkflowError(.runLost, "The file has ended.") }
        _ = try await transaction.query(
            """
            insert into import_item_entries (import_item_id, item_id, project_id)
            select \(itemID), items.id, items.project_id
            from items
            where items.id = any(\(entries))
            """)
    }
}
