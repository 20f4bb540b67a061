import Database
import FoundationEssentials

// Rows as a person finds them who wants to change them: visible, not deleted, and locked until the transaction ends. A
// task's row is always locked before those of its subtasks, so that two transactions never wait for each other.

/// A task that can be changed.
struct LiveTask {
    let id: UUID
    let projectID: UUID
    let organizationID: UUID
    let statusID: UUID
    let assigneeID: UUID?

    /// Locks the task's row, unless somebody has changed it since a moment; nil asks for no check.
    static func lock(
        _ id: UUID, viewer: UUID, unchangedSince expected: Timestamp? = nil, in transaction: Transaction
    ) async throws -> LiveTask {
        let rows = try await transaction.query(
            """
            select tasks.project_id, projects.organization_id, tasks.updated_at, tasks.status_id, tasks.assignee_id
            from tasks
            join projects on projects.id = tasks.project_id
            where tasks.id = \(id)
            and tasks.deleted_at is null
            and tasks.project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update of tasks
            """)
        guard let row = rows.first else { throw WorkflowError.notFound("A task") }
        try InputCheck.requireUnchanged(since: expected, row.timestamp(2))
        return LiveTask(
            id: id, projectID: row.uuid(0), organizationID: row.uuid(1), statusID: row.uuid(3),
            assigneeID: row.optionalUUID(4))
    }
}

/// A subtask that can be changed, of a task that is not deleted.
struct LiveSubtask {
    let id: UUID
    let taskID: UUID
    let projectID: UUID
    let kind: String
    let status: String
    let position: Int
    let updatedAt: Timestamp

    /// Locks the subtask's row only, unless somebody has changed it since a moment: for what concerns no other subtask.
    static func lock(
        _ id: UUID, viewer: UUID, unchangedSince expected: Timestamp? = nil, in transaction: Transaction
    ) async throws -> LiveSubtask {
        try await read(id, viewer: viewer, unchangedSince: expected, in: transaction)
    }

    /// Locks the rows of the task and of the subtask: for what concerns the whole task.
    static func lockWithTask(
        _ id: UUID, viewer: UUID, unchangedSince expected: Timestamp? = nil, in transaction: Transaction
    ) async throws -> LiveSubtask {
        // The task first: rows of a join are locked in no order that one could rely on.
        _ = try await transaction.query(
            """
            select 1
            from tasks
            where id = (select task_id from subtasks where id = \(id))
            and project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update
            """)
        return try await read(id, viewer: viewer, unchangedSince: expected, in: transaction)
    }

    private static func read(
        _ id: UUID, viewer: UUID, unchangedSince expected: Timestamp?, in transaction: Transaction
    ) async throws -> LiveSubtask {
        let rows = try await transaction.query(
            """
            select subtasks.task_id, subtasks.project_id, subtasks.kind, subtasks.status, subtasks.position,
                subtasks.updated_at
            from subtasks
            join tasks on tasks.id = subtasks.task_id
            where subtasks.id = \(id)
            and subtasks.deleted_at is null
            and tasks.deleted_at is null
            and subtasks.project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update of subtasks
            """)
        guard let row = rows.first else { throw WorkflowError.notFound("A subtask") }
        try InputCheck.requireUnchanged(since: expected, row.timestamp(5))
        return LiveSubtask(
            id: id, taskID: row.uuid(0), projectID: row.uuid(1), kind: row.string(2), status: row.string(3),
            position: row.int(4), updatedAt: row.timestamp(5))
    }
}

extension InputCheck {
    /// Throws if a change was made looking at an older state.
    static func requireUnchanged(since expected: Timestamp?, _ current: Timestamp) throws {
        var check = InputCheck()
        check.unchanged(since: expected, current)
        try check.finish()
    }

    /// Refuses a change that was made looking at an older state: somebody else was faster.
    ///
    /// `expected` is the `updatedAt` that the person saw; nil asks for no check.
    mutating func unchanged(since expected: Timestamp?, _ current: Timestamp) {
        guard let expected, expected != current else { return }
        fail(["expectedUpdatedAt"], .conflict, "Somebody has changed it since. Look at the present state first.")
    }
}
