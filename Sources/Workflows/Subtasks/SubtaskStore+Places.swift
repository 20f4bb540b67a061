import Database
public import FoundationEssentials

// Where a material stands, and whether it stands anywhere. Each of these locks the task: places have no gaps and no
// duplicates, however many people arrange at once.
extension SubtaskStore {
    /// Moves a subtask to another place in its task, from 1; the others close the gap and make room.
    ///
    /// A place behind the last one is the last one.
    public func move(viewer: UUID, subtaskID: UUID, to position: Int) async throws {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lockWithTask(subtaskID, viewer: viewer, in: transaction)
            var check = InputCheck()
            if position < 1 { check.fail(["position"], .invalid, "Places are counted from 1.") }
            try check.finish()
            let rows = try await transaction.query(
                "select max(position) from subtasks where task_id = \(subtask.taskID)")
            let target = min(position, rows.first?.int(0) ?? position)
            let old = subtask.position
            guard target != old else { return }
            _ = try await transaction.query(
                """
                update subtasks
                set position = case
                    when id = \(subtaskID) then \(target)
                    when \(target) < \(old) then position + 1
                    else position - 1
                end
                where task_id = \(subtask.taskID)
                and position between \(min(old, target)) and \(max(old, target))
                """)
            try await tell(subtask, .updated, in: transaction)
        }
    }

    /// Copies a subtask with its current content behind those of a task of the same project, and gives the copy's id.
    ///
    /// The copy is pending and has no history. `name` is the copy's; nil adds a mark to the original's.
    public func copy(viewer: UUID, subtaskID: UUID, taskID: UUID, name: String?) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let task = try await Self.target(taskID, of: subtaskID, viewer: viewer, in: transaction)
            let subtask = try await LiveSubtask.lock(subtaskID, viewer: viewer, in: transaction)
            var check = InputCheck()
            if task.projectID != subtask.projectID {
                check.fail(["taskId"], .notFound, "The subtask's project has no such task.")
            }
            let name = name.map { check.name($0, ["name"]) }
            try check.finish()
            let rows = try await transaction.query(
                """
                insert into subtasks (project_id, task_id, position, kind, name, description, created_by)
                select original.project_id, \(taskID),
                    (select coalesce(max(position), 0) + 1 from subtasks where task_id = \(taskID)),
                    original.kind, coalesce(\(name), left(original.name, 251) || '（コピー）'), original.description,
                    \(viewer)
                from subtasks as original
                where original.id = \(subtaskID)
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A copy got no id.") }
            let copyID = row.uuid(0)
            _ = try await transaction.query(
                """
                insert into subtask_contents (project_id, subtask_id, version, asset_id, created_by)
                select project_id, \(copyID), 1, asset_id, \(viewer)
                from subtask_contents
                where id = \(try await Self.newestContent(of: subtaskID, in: transaction))
                """)
            try await Self.copyAnnotations(of: subtaskID, to: copyID, in: transaction)
            try await TaskEvents.subtaskChanged(
                copyID, .created, taskID: taskID, projectID: task.projectID, in: transaction)
            return copyID
        }
    }

    /// Puts a subtask away; its active review ends.
    public func delete(viewer: UUID, subtaskID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lockWithTask(subtaskID, viewer: viewer, in: transaction)
            _ = try await transaction.query(
                """
                update subtasks
                set deleted_at = now(),
                    deleted_by = \(viewer),
                    position = null
                where id = \(subtaskID)
                """)
            _ = try await transaction.query(
                """
                update subtasks
                set position = position - 1
                where task_id = \(subtask.taskID)
                and position > \(subtask.position)
                """)
            try await ReviewStore.cancelActive(of: [subtaskID], in: transaction)
            try await AnalysisStore.cancelActive(of: [subtaskID], in: transaction)
            try await tell(subtask, .deleted, in: transaction)
        }
    }

    /// Brings a deleted subtask back, behind the others of its task.
    ///
    /// One that is not deleted stays as it is.
    public func restore(viewer: UUID, subtaskID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let subtasks = try await transaction.query(
                """
                select task_id
                from subtasks
                where id = \(subtaskID)
                and project_id in (select project_id from accessible_projects(\(viewer)))
                """)
            guard let subtask = subtasks.first else { throw WorkflowError.notFound("A subtask") }
            let task = try await LiveTask.lock(subtask.uuid(0), viewer: viewer, in: transaction)
            let rows = try await transaction.query(
                """
                update subtasks
                set deleted_at = null,
                    deleted_by = null,
                    position = (select coalesce(max(position), 0) + 1 from subtasks where task_id = \(task.id))
                where id = \(subtaskID)
                and deleted_at is not null
                and purge_started_at is null
                """)
            guard rows.affectedRows > 0 else {
                // It may have gone for good, or begun to, since it was found.
                let present = try await transaction.queryFirst(
                    "select 1 from subtasks where id = \(subtaskID) and purge_started_at is null")
                if present == nil { throw WorkflowError.notFound("A subtask") }
                return
            }
            try await TaskEvents.subtaskChanged(
                subtaskID, .restored, taskID: task.id, projectID: task.projectID, in: transaction)
        }
    }

    /// Copies annotations under new ids, threads with their answers, onto the copy's only version.
    private static func copyAnnotations(
        of subtaskID: UUID, to copyID: UUID, in transaction: Transaction
    ) async throws {
        _ = try await transaction.query(
            """
            with originals as materialized (
                select annotations.*, gen_random_uuid() as copy_id
                from annotations
                where subtask_id = \(subtaskID)
                and deleted_at is null
            )
            insert into annotations (
                id, project_id, subtask_id, content_id, parent_id, is_by_ai, body, shape, area_x, area_y, area_width,
                area_height, color, drawing, start_seconds, end_seconds, attachment_id, sampled_color, reference_color,
                opacity, solved_at, solved_by, created_by, created_at
            )
            select originals.copy_id, originals.project_id, \(copyID), contents.id, parents.copy_id,
                originals.is_by_ai, originals.body, originals.shape, originals.area_x, originals.area_y,
                originals.area_width, originals.area_height, originals.color, originals.drawing,
                originals.start_seconds, originals.end_seconds, originals.attachment_id,
                originals.sampled_color, originals.reference_color, originals.opacity, originals.solved_at,
                originals.solved_by, originals.created_by, originals.created_at
            from originals
            join subtask_contents as contents on contents.subtask_id = \(copyID)
            left join originals as parents on parents.id = originals.parent_id
            """)
    }

    /// The task to copy into: one that a form lets people choose, so a wrong one is a fault of the input.
    private static func target(
        _ taskID: UUID, of subtaskID: UUID, viewer: UUID, in transaction: Transaction
    ) async throws -> LiveTask {
        do {
            return try await LiveTask.lock(taskID, viewer: viewer, in: transaction)
        } catch let error as WorkflowError where error.code == .notFound {
            // The subtask may not be there either, which is the more important answer.
            _ = try await LiveSubtask.lock(subtaskID, viewer: viewer, in: transaction)
            throw WorkflowError(problems: [
                InputProblem(["taskId"], .notFound, "The subtask's project has no such task.")
            ])
        }
    }
}
