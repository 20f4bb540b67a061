public import Database
public import FoundationEssentials

/// Has the pictures of subtasks looked at: what people do.
///
/// What the worker writes is in `AnalysisRunStore`.
public struct AnalysisStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Has the newest picture of a subtask, or the frame in the middle of its newest video, looked at, and gives the look's id: that of the active one if there is one.
    ///
    /// The subtask's row is locked, and so is its task's: there is at most one active look of a kind, and none of what
    /// has been deleted.
    public func start(viewer: UUID, subtaskID: UUID, kind: AnalysisKind) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lockWithTask(subtaskID, viewer: viewer, in: transaction)
            let active = try await transaction.queryFirst(
                """
                select id
                from picture_analyses
                where subtask_id = \(subtaskID)
                and kind = \(kind.rawValue)
                and status in ('PENDING', 'PROCESSING')
                """)
            if let active { return active.uuid(0) }
            let contentID = try await ReviewStore.reviewableContent(
                of: subtaskID, kind: subtask.kind, allowed: ["PICTURE", "VIDEO"], in: transaction)
            if kind == .characters {
                try await Self.requireCharacterPictures(projectID: subtask.projectID, in: transaction)
            }
            let row = try await transaction.queryFirst(
                """
                insert into picture_analyses (project_id, subtask_id, content_id, kind, created_by)
                values (\(subtask.projectID), \(subtaskID), \(contentID), \(kind.rawValue), \(viewer))
                returning id
                """)
            guard let row else { throw WorkflowError(.inconsistentData, "A look at a picture got no id.") }
            try await TaskEvents.analysisChanged(row.uuid(0), in: transaction)
            try await JobStore.enqueue(.analysis, key: row.uuid(0).text, maximumAttempts: 3, in: transaction)
            return row.uuid(0)
        }
    }

    /// Ends a look that is active: no write of its worker counts from now on.
    ///
    /// One that has ended stays as it is.
    public func cancel(viewer: UUID, analysisID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let status = try await LiveRow.lockStatus(
                analysisID, in: "picture_analyses", "A look at a picture", viewer: viewer, transaction)
            guard RunStatus(rawValue: status)?.isEnd == false else { return }
            try await Self.end(analysisID, in: transaction)
        }
    }

    /// Ends the active looks at subtasks.
    static func cancelActive(of subtaskIDs: [UUID], in transaction: Transaction) async throws {
        let rows = try await transaction.query(
            """
            select id
            from picture_analyses
            where subtask_id = any(\(subtaskIDs))
            and status in ('PENDING', 'PROCESSING')
            order by id
            for no key update
            """)
        for row in rows { try await end(row.uuid(0), in: transaction) }
    }

    /// Ends the active looks at a subtask that gets a new version, and forgets whom the AI took the former one to show.
    ///
    /// The caller has locked the subtask's row: an active look is always one at the newest version.
    static func forget(_ subtaskID: UUID, in transaction: Transaction) async throws {
        try await cancelActive(of: [subtaskID], in: transaction)
        _ = try await transaction.query(
            "delete from subtask_characters where subtask_id = \(subtaskID) and is_predicted")
    }

    private static func end(_ analysisID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            update picture_analyses
            set status = 'CANCELLED', run_token = null, finished_at = now()
            where id = \(analysisID)
            """)
        try await TaskEvents.analysisChanged(analysisID, in: transaction)
        try await JobStore.requestCancel(.analysis, key: analysisID.text, in: transaction)
    }

    private static func requireCharacterPictures(projectID: UUID, in transaction: Transaction) async throws {
        if try await AnalysisRunStore.candidates(of: projectID, in: transaction).isEmpty {
            throw WorkflowError(problems: [
                InputProblem(
                    ["subtaskId"], .noCharacterPictures,
                    "No character of the project has a picture to compare with. Give one a picture first.")
            ])
        }
    }
}
