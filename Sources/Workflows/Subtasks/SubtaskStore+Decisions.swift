public import Database
public import FoundationEssentials

// Accepting, denying and taking back.
extension SubtaskStore {
    /// Writes down what a person decided about a material: `ACCEPTED`, `DENIED` or, to take it back, `PENDING`.
    ///
    /// Gives the id of the entry in the history; nil if the material had that status already, and then nothing changes.
    ///
    /// With a decision the task goes to its project's second-to-last status, and to the last one when all its
    /// materials are accepted. Taking back leaves the task where it is.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the decision is refused if somebody was faster.
    public func decide(
        viewer: UUID, subtaskID: UUID, status: String, comment: String, expectedUpdatedAt: Timestamp? = nil
    ) async throws -> UUID? {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lockWithTask(
                subtaskID, viewer: viewer, unchangedSince: expectedUpdatedAt, in: transaction)
            var check = InputCheck()
            let comment = check.text(comment, ["comment"])
            try check.finish()
            guard subtask.status != status else { return nil }
            _ = try await transaction.query("update subtasks set status = \(status) where id = \(subtaskID)")
            let contentID = try await Self.newestContent(of: subtaskID, in: transaction)
            let rows = try await transaction.query(
                """
                insert into subtask_decisions (
                    project_id, subtask_id, content_id, from_status, to_status, comment, created_by
                )
                values (
                    \(subtask.projectID), \(subtaskID), \(contentID), \(subtask.status), \(status), \(comment), \(viewer)
                )
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A decision got no id.") }
            let decisionID = row.uuid(0)
            let isMoved = status == "PENDING" ? false : try await advance(subtask, in: transaction)
            try await TaskEvents.subtaskDecided(decisionID, about: subtask, in: transaction)
            if isMoved {
                try await TaskEvents.taskChanged(
                    subtask.taskID, .updated, projectID: subtask.projectID, in: transaction)
            }
            let maker = try await transaction.queryFirst("select created_by from subtasks where id = \(subtaskID)")
            try await NotificationStore.tell(
                maker?.optionalUUID(0), .subtaskDecided,
                at: .init(projectID: subtask.projectID, taskID: subtask.taskID, subtaskID: subtaskID), by: viewer,
                in: transaction)
            return decisionID
        }
    }

    /// Moves the task on after a decision; whether its status has changed.
    private func advance(_ subtask: LiveSubtask, in transaction: Transaction) async throws -> Bool {
        let rows = try await transaction.query(
            """
            with steps as (
                select statuses.status_id as id, row_number() over (order by statuses.position desc) as from_end
                from project_task_statuses as statuses
                where statuses.project_id = \(subtask.projectID)
            ),
            goal as (
                select steps.id
                from steps
                where steps.from_end <= case
                    when exists (
                        select 1
                        from subtasks
                        where task_id = \(subtask.taskID)
                        and deleted_at is null
                        and status <> 'ACCEPTED'
                    ) then 2
                    else 1
                end
                order by steps.from_end desc
                limit 1
            )
            update tasks
            set status_id = goal.id
            from goal
            where tasks.id = \(subtask.taskID)
            and tasks.status_id <> goal.id
            """)
        return rows.affectedRows > 0
    }
}
