public import Database
public import FoundationEssentials

/// Changes materials: their names, places and versions, and whether they exist at all.
///
/// What people decide about them is in `SubtaskStore+Decisions.swift`.
public struct SubtaskStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Changes what is not nil.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func update(
        viewer: UUID, subtaskID: UUID, name: String?, description: String?, expectedUpdatedAt: Timestamp?
    ) async throws {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lock(subtaskID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let name = name.map { check.name($0, ["name"]) }
            let description = description.map { check.text($0, ["description"]) }
            check.unchanged(since: expectedUpdatedAt, subtask.updatedAt)
            try check.finish()
            _ = try await transaction.query(
                """
                update subtasks
                set name = coalesce(\(name), name),
                    description = coalesce(\(description), description)
                where id = \(subtaskID)
                """)
            try await tell(subtask, .updated, in: transaction)
        }
    }

    // MARK: Versions of the content

    /// Adds a version of the content, and gives its id.
    ///
    /// What was there stays, and so does the status.
    public func addContent(viewer: UUID, subtaskID: UUID, assetID: UUID) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lock(subtaskID, viewer: viewer, in: transaction)
            let kind = try await Self.material(assetID, projectID: subtask.projectID, in: transaction)
            var check = InputCheck()
            if kind != subtask.kind { check.fail(["assetId"], .invalid, "A version is of the same sort as the first.") }
            try check.finish()
            return try await append(assetID, to: subtask, viewer: viewer, in: transaction)
        }
    }

    /// Makes an earlier version the current one, as a new version with the same file, and gives the new one's id.
    public func restoreContent(viewer: UUID, contentID: UUID) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let contents = try await transaction.query(
                """
                select subtask_id, asset_id
                from subtask_contents
                where id = \(contentID)
                and project_id in (select project_id from accessible_projects(\(viewer)))
                """)
            guard let content = contents.first else { throw WorkflowError.notFound("A version") }
            let subtask = try await LiveSubtask.lock(content.uuid(0), viewer: viewer, in: transaction)
            let newest = try await Self.newestContent(of: subtask.id, in: transaction)
            var check = InputCheck()
            if newest == contentID { check.fail(["contentId"], .conflict, "This is the current version.") }
            try check.finish()
            return try await append(content.uuid(1), to: subtask, viewer: viewer, in: transaction)
        }
    }

    private func append(
        _ assetID: UUID, to subtask: LiveSubtask, viewer: UUID, in transaction: Transaction
    ) async throws -> UUID {
        let rows = try await transaction.query(
            """
            insert into subtask_contents (project_id, subtask_id, version, asset_id, created_by)
            select \(subtask.projectID), \(subtask.id), max(version) + 1, \(assetID), \(viewer)
            from subtask_contents
            where subtask_id = \(subtask.id)
            returning id
            """)
        guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A version got no id.") }
        try await AnalysisStore.forget(subtask.id, in: transaction)
        _ = try await transaction.query("update subtasks set updated_at = now() where id = \(subtask.id)")
        try await tell(subtask, .updated, in: transaction)
        try await SceneStore.request(assetID, in: transaction)
        return row.uuid(0)
    }

    /// The newest version's id; every subtask has one.
    static func newestContent(of subtaskID: UUID, in transaction: Transaction) async throws -> UUID {
        let rows = try await transaction.query(
            "select id from subtask_contents where subtask_id = \(subtaskID) order by version desc limit 1")
        guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A subtask has no content.") }
        return row.uuid(0)
    }

    /// What sort of material a checked file of the project is, by its media type; what can be none is refused.
    static func material(_ assetID: UUID, projectID: UUID, in transaction: Transaction) async throws -> String {
        let row = try await transaction.queryFirst(
            """
            select media_type
            from assets
            where id = \(assetID)
            and project_id = \(projectID)
            and state = 'READY'
            and purpose = \(FilePurpose.subtaskContent.rawValue)
            """)
        if let row, let kind = DocumentKind(mediaType: row.string(0)), DocumentKind.scripts.contains(kind) {
            return kind.rawValue
        }
        if let row, let kind = MediaInspector.kind(of: row.string(0)) { return kind }
        try await requirePicture(assetID, projectID: projectID, in: transaction)
        return "PICTURE"
    }

    /// Refuses a file that is not a checked picture of the project.
    static func requirePicture(_ assetID: UUID, projectID: UUID, in transaction: Transaction) async throws {
        let assets = try await transaction.query(
            """
            select state = 'READY' and \(unsafeSQL: FileInspector.isPicture)
            from assets
            where id = \(assetID)
            and project_id = \(projectID)
            """)
        var check = InputCheck()
        if let asset = assets.first {
            if !asset.bool(0) {
                check.fail(["assetId"], .assetNotReady, "The file is not a picture that has been checked.")
            }
        } else {
            check.fail(["assetId"], .notFound, "This project has no such file.")
        }
        try check.finish()
    }

    func tell(_ subtask: LiveSubtask, _ change: TaskEvents.Change, in transaction: Transaction) async throws {
        try await TaskEvents.subtaskChanged(
            subtask.id, change, taskID: subtask.taskID, projectID: subtask.projectID, in: transaction)
    }
}
