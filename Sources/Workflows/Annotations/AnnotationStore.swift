import Clients
public import Database
public import FoundationEssentials

/// Writes, changes, solves, deletes and brings back what people write and draw on materials.
///
/// Anybody who may see a material may annotate it and solve what others have written; only the author changes,
/// deletes or brings back an annotation, and nobody changes one of the AI's.
public struct AnnotationStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Adds an annotation to the current version of a material, and gives its id.
    ///
    /// `parentID` is the annotation that it answers, which must begin a thread.
    public func create(
        viewer: UUID, subtaskID: UUID, parentID: UUID?, content: AnnotationContent
    ) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lock(subtaskID, viewer: viewer, in: transaction)
            let contentID = try await SubtaskStore.newestContent(of: subtaskID, in: transaction)
            let duration = try await Self.duration(of: contentID, in: transaction)
            var check = InputCheck()
            let content = content.checked(&check, duration: duration)
            try await requireThread(parentID, of: subtaskID, &check, in: transaction)
            try await requireAttachment(content.attachmentID, of: subtask, &check, in: transaction)
            try check.finish()
            let rows = try await transaction.query(
                """
                insert into annotations (
                    project_id, subtask_id, content_id, parent_id, body, shape, area_x, area_y, area_width,
                    area_height, color, drawing, start_seconds, end_seconds, attachment_id, sampled_color,
                    reference_color, opacity, created_by
                )
                values (
                    \(subtask.projectID), \(subtaskID), \(contentID), \(parentID), \(content.text), \(content.shape),
                    \(content.area?.x), \(content.area?.y), \(content.area?.width), \(content.area?.height),
                    \(content.color), \(content.drawing.map { JSONB($0) }), \(content.startSeconds),
                    \(content.endSeconds), \(content.attachmentID), \(content.sampledColor),
                    \(content.referenceColor), \(content.opacity), \(viewer)
                )
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError(.inconsistentData, "An annotation got no id.") }
            try await TaskEvents.annotationChanged(row.uuid(0), .created, on: subtask, in: transaction)
            let asked = try await transaction.queryFirst("select created_by from annotations where id = \(parentID)")
            try await NotificationStore.tell(
                asked?.optionalUUID(0), .annotationAnswered,
                at: .init(
                    projectID: subtask.projectID, taskID: subtask.taskID, subtaskID: subtaskID,
                    annotationID: row.uuid(0)), by: viewer, in: transaction)
            return row.uuid(0)
        }
    }

    /// Replaces what an annotation says and shows.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func update(
        viewer: UUID, annotationID: UUID, content: AnnotationContent, expectedUpdatedAt: Timestamp?
    ) async throws {
        try await pool.withTransaction { transaction in
            let annotation = try await lockOwn(annotationID, viewer: viewer, in: transaction)
            let duration = try await Self.duration(of: annotation.contentID, in: transaction)
            var check = InputCheck()
            let content = content.checked(&check, duration: duration)
            check.unchanged(since: expectedUpdatedAt, annotation.updatedAt)
            try await requireAttachment(content.attachmentID, of: annotation.subtask, &check, in: transaction)
            try check.finish()
            _ = try await transaction.query(
                """
                update annotations
                set body = \(content.text),
                    shape = \(content.shape),
                    area_x = \(content.area?.x),
                    area_y = \(content.area?.y),
                    area_width = \(content.area?.width),
                    area_height = \(content.area?.height),
                    color = \(content.color),
                    drawing = \(content.drawing.map { JSONB($0) }),
                    start_seconds = \(content.startSeconds),
                    end_seconds = \(content.endSeconds),
                    attachment_id = \(content.attachmentID),
                    sampled_color = \(content.sampledColor),
                    reference_color = \(content.referenceColor),
                    opacity = \(content.opacity)
                where id = \(annotationID)
                """)
            try await TaskEvents.annotationChanged(annotationID, .updated, on: annotation.subtask, in: transaction)
        }
    }

    /// Marks an annotation as solved, or takes that back; the same again changes nothing.
    public func setSolved(viewer: UUID, annotationID: UUID, isSolved: Bool) async throws {
        try await pool.withTransaction { transaction in
            let annotation = try await lock(annotationID, viewer: viewer, in: transaction)
            guard annotation.isSolved != isSolved else { return }
            _ = try await transaction.query(
                """
                update annotations
                set solved_at = case when \(isSolved) then now() end,
                    solved_by = case when \(isSolved) then \(viewer) end
                where id = \(annotationID)
                """)
            try await TaskEvents.annotationChanged(annotationID, .updated, on: annotation.subtask, in: transaction)
        }
    }

    /// Deletes an annotation with the answers to it; one that is deleted already stays as it is.
    public func delete(viewer: UUID, annotationID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let annotation = try await lockOwn(annotationID, orDeleted: true, viewer: viewer, in: transaction)
            guard !annotation.isDeleted else { return }
            _ = try await transaction.query(
                """
                update annotations
                set deleted_at = now(), is_deleted_with_thread = id <> \(annotationID)
                where (id = \(annotationID) or parent_id = \(annotationID))
                and deleted_at is null
                """)
            try await TaskEvents.annotationChanged(annotationID, .deleted, on: annotation.subtask, in: transaction)
        }
    }

    /// Brings a deleted annotation back with the answers that were deleted with it; one that is there stays as it is.
    ///
    /// Answers that were deleted before stay deleted, and one whose thread is deleted comes back after it only.
    public func restore(viewer: UUID, annotationID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let annotation = try await lockOwn(annotationID, orDeleted: true, viewer: viewer, in: transaction)
            guard annotation.isDeleted else { return }
            let thread = try await transaction.queryFirst(
                "select deleted_at is not null from annotations where id = \(annotation.parentID)")
            if thread?.bool(0) == true {
                throw WorkflowError(problems: [
                    InputProblem(["annotationId"], .conflict, "Its thread is deleted. Restore what began it first.")
                ])
            }
            let restored = try await transaction.query(
                """
                update annotations
                set deleted_at = null, is_deleted_with_thread = false
                where id = \(annotationID)
                or (parent_id = \(annotationID) and is_deleted_with_thread)
                """)
            // It may have gone for good since it was found.
            if restored.affectedRows == 0 { throw WorkflowError.notFound("An annotation") }
            try await TaskEvents.annotationChanged(annotationID, .restored, on: annotation.subtask, in: transaction)
        }
    }

    // MARK: What may be changed

    /// An annotation that the viewer can see, with its material locked.
    private struct Locked {
        let subtask: LiveSubtask
        let contentID: UUID
        let authorID: UUID?
        let isByAI: Bool
        let isSolved: Bool
        let updatedAt: Timestamp
        let parentID: UUID?
        let isDeleted: Bool
    }

    private func lock(
        _ id: UUID, orDeleted: Bool = false, viewer: UUID, in transaction: Transaction
    ) async throws -> Locked {
        let places = try await transaction.query(
            """
            select subtask_id
            from annotations
            where id = \(id)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        guard let place = places.first else { throw WorkflowError.notFound("An annotation") }
        let subtask = try await LiveSubtask.lock(place.uuid(0), viewer: viewer, in: transaction)
        // Read again under the lock: it may have been deleted meanwhile.
        let rows = try await transaction.query(
            """
            select created_by, is_by_ai, solved_at is not null, updated_at, content_id, parent_id,
                deleted_at is not null
            from annotations
            where id = \(id)
            and (deleted_at is null or \(orDeleted))
            """)
        guard let row = rows.first else { throw WorkflowError.notFound("An annotation") }
        return Locked(
            subtask: subtask, contentID: row.uuid(4), authorID: row.optionalUUID(0), isByAI: row.bool(1),
            isSolved: row.bool(2), updatedAt: row.timestamp(3), parentID: row.optionalUUID(5), isDeleted: row.bool(6))
    }

    private func lockOwn(
        _ id: UUID, orDeleted: Bool = false, viewer: UUID, in transaction: Transaction
    ) async throws -> Locked {
        let annotation = try await lock(id, orDeleted: orDeleted, viewer: viewer, in: transaction)
        guard !annotation.isByAI else {
            throw WorkflowError(.forbidden, "What the AI has written cannot be changed.")
        }
        guard annotation.authorID == viewer else {
            throw WorkflowError(.forbidden, "Only the author changes or deletes an annotation.")
        }
        return annotation
    }

    /// How long a version of a material lasts, in seconds; nil for one that has no time.
    private static func duration(of contentID: UUID, in transaction: Transaction) async throws -> Double? {
        try await transaction.queryFirst(
            """
            select assets.duration_seconds
            from subtask_contents as contents
            join assets on assets.id = contents.asset_id
            where contents.id = \(contentID)
            """)?.optionalDouble(0)
    }

    private func requireThread(
        _ parentID: UUID?, of subtaskID: UUID, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        guard let parentID else { return }
        let rows = try await transaction.query(
            """
            select parent_id is null
            from annotations
            where id = \(parentID)
            and subtask_id = \(subtaskID)
            and deleted_at is null
            """)
        guard let row = rows.first else {
            return check.fail(["parentId"], .notFound, "The subtask has no such annotation.")
        }
        if !row.bool(0) { check.fail(["parentId"], .invalid, "Answer the annotation that begins the thread.") }
    }

    private func requireAttachment(
        _ assetID: UUID?, of subtask: LiveSubtask, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        guard let assetID else { return }
        do {
            try await SubtaskStore.requirePicture(assetID, projectID: subtask.projectID, in: transaction)
        } catch let error as WorkflowError where error.code == .invalidInput {
            for problem in error.problems { check.fail(["attachmentId"], problem.code, problem.message) }
        }
    }
}
