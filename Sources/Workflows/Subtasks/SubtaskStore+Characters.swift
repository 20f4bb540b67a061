public import Database
public import FoundationEssentials

extension SubtaskStore {
    /// Says which characters a material shows; with none the prediction counts again.
    ///
    /// Deleted ones that were chosen before stay so, unseen, until they come back.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func setCharacters(
        viewer: UUID, subtaskID: UUID, characterIDs: [UUID], expectedUpdatedAt: Timestamp? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            let subtask = try await LiveSubtask.lock(
                subtaskID, viewer: viewer, unchangedSince: expectedUpdatedAt, in: transaction)
            let known = try await transaction.query(
                """
                select id
                from characters
                where project_id = \(subtask.projectID)
                and id = any(\(characterIDs))
                and deleted_at is null
                """)
            var check = InputCheck()
            check.allFound(characterIDs, known, ["characterIds"], "The project has no such object.")
            if characterIDs.count > ProjectLinks.maximum {
                check.fail(["characterIds"], .tooLong, "At most \(ProjectLinks.maximum) are allowed.")
            }
            try check.finish()
            _ = try await transaction.query(
                """
                delete from subtask_characters
                where subtask_id = \(subtaskID)
                and not is_predicted
                and character_id <> all(\(characterIDs))
                and character_id in (select id from characters where deleted_at is null)
                """)
            _ = try await transaction.query(
                """
                insert into subtask_characters (subtask_id, character_id, is_predicted, project_id)
                select distinct \(subtaskID)::uuid, character_id, false, \(subtask.projectID)::uuid
                from unnest(\(characterIDs)) as chosen (character_id)
                on conflict do nothing
                """)
            _ = try await transaction.query("update subtasks set updated_at = now() where id = \(subtaskID)")
            try await TaskEvents.subtaskChanged(
                subtaskID, .updated, taskID: subtask.taskID, projectID: subtask.projectID, in: transaction)
        }
    }
}
