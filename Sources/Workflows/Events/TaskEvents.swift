import Database
import FoundationEssentials
import JSON

/// The events of tasks and what is in them.
///
/// The callers hold the lock of a row of the task.
enum TaskEvents {
    /// Tells that the task itself has changed, was deleted or restored.
    static func taskChanged(
        _ taskID: UUID, _ change: Change, projectID: UUID, in transaction: Transaction
    ) async throws {
        try await tell(
            .taskChanged, ["change": .string(change.rawValue)], taskID: taskID, projectID: projectID, in: transaction)
    }

    /// Tells that many tasks have changed at once; the caller has written their rows.
    static func tasksChanged(_ taskIDs: [UUID], in transaction: Transaction) async throws {
        guard !taskIDs.isEmpty else { return }
        _ = try await transaction.query("select append_task_events(\(taskIDs))")
    }

    /// Tells that a subtask was made, changed, moved, deleted or restored, or got another version of its content.
    static func subtaskChanged(
        _ subtaskID: UUID, _ change: Change, taskID: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        try await tell(
            .subtaskChanged, ["subtaskId": .string(subtaskID.text), "change": .string(change.rawValue)],
            taskID: taskID, projectID: projectID, in: transaction)
    }

    /// Tells of a decision.
    static func subtaskDecided(_ decisionID: UUID, about subtask: LiveSubtask, in transaction: Transaction) async throws
    {
        try await tell(
            .subtaskDecided, ["subtaskId": .string(subtask.id.text), "decisionId": .string(decisionID.text)],
            taskID: subtask.taskID, projectID: subtask.projectID, in: transaction)
    }

    /// Tells that an annotation was written, changed, solved, deleted or restored; of answers that go with it, nothing.
    static func annotationChanged(
        _ annotationID: UUID, _ change: Change, on subtask: LiveSubtask, in transaction: Transaction
    ) async throws {
        try await annotationChanged(
            annotationID, change, subtaskID: subtask.id, taskID: subtask.taskID, projectID: subtask.projectID,
            in: transaction)
    }

    /// Tells that what the AI found has got an annotation.
    static func annotationChanged(
        _ annotationID: UUID, _ change: Change, of finding: LiveFinding, in transaction: Transaction
    ) async throws {
        try await annotationChanged(
            annotationID, change, subtaskID: finding.subtaskID, taskID: finding.taskID, projectID: finding.projectID,
            in: transaction)
    }

    private static func annotationChanged(
        _ annotationID: UUID, _ change: Change, subtaskID: UUID, taskID: UUID, projectID: UUID,
        in transaction: Transaction
    ) async throws {
        try await tell(
            .annotationChanged,
            [
                "subtaskId": .string(subtaskID.text), "annotationId": .string(annotationID.text),
                "change": .string(change.rawValue),
            ], taskID: taskID, projectID: projectID, in: transaction)
    }

    /// Tells that a person has added, changed, decided about or held a finding.
    static func findingChanged(
        _ findingID: UUID, _ change: Change, of finding: LiveFinding, in transaction: Transaction
    ) async throws {
        try await tell(
            .findingChanged,
            [
                "subtaskId": .string(finding.subtaskID.text), "findingId": .string(findingID.text),
                "change": .string(change.rawValue),
            ], taskID: finding.taskID, projectID: finding.projectID, in: transaction)
    }

    /// Tells of a look at a subtask's picture; the caller holds the lock of the look's row.
    static func analysisChanged(_ analysisID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            """
            select analyses.kind, analyses.status, analyses.subtask_id, subtasks.task_id, analyses.project_id
            from picture_analyses as analyses
            join subtasks on subtasks.id = analyses.subtask_id
            where analyses.id = \(analysisID)
            """)
        guard let row else { return }
        try await tell(
            .analysisChanged,
            [
                "subtaskId": .string(row.uuid(2).text), "analysisId": .string(analysisID.text),
                "kind": .string(row.string(0)), "status": .string(row.string(1)),
            ], taskID: row.uuid(3), projectID: row.uuid(4), in: transaction)
    }

    /// Tells everybody who has a video how far the search for its scenes is; the caller holds the lock of the search's row.
    static func scenesChanged(_ assetID: UUID, in transaction: Transaction) async throws {
        let rows = try await transaction.query(
            """
            select contents.id, contents.subtask_id, subtasks.task_id, detections.project_id, detections.status,
                detections.progress
            from scene_detections as detections
            join subtask_contents as contents on contents.asset_id = detections.asset_id
            join subtasks on subtasks.id = contents.subtask_id
            where detections.asset_id = \(assetID)
            and subtasks.deleted_at is null
            order by subtasks.task_id, contents.id
            """)
        // First all tasks, then the project they have in common: topics are locked in the same order by everybody.
        for isOfTask in [true, false] {
            for row in rows {
                let payload: JSONValue = [
                    "taskId": .string(row.uuid(2).text), "subtaskId": .string(row.uuid(1).text),
                    "contentId": .string(row.uuid(0).text), "status": .string(row.string(4)),
                    "progress": .double(row.double(5)),
                ]
                try await EventStore.append(
                    .scenesChanged, payload, to: isOfTask ? .task(row.uuid(2)) : .projectTasks(row.uuid(3)),
                    in: transaction)
            }
        }
    }

    /// What became of an object.
    enum Change: String {
        case created = "CREATED"
        case updated = "UPDATED"
        case deleted = "DELETED"
        case restored = "RESTORED"
    }

    /// Tells the task's subscribers, and then those of the project's board.
    private static func tell(
        _ kind: EventKind, _ details: JSONObject, taskID: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        var payload = details
        payload["taskId"] = .string(taskID.text)
        try await EventStore.append(kind, .object(payload), to: .task(taskID), in: transaction)
        try await EventStore.append(kind, .object(payload), to: .projectTasks(projectID), in: transaction)
    }
}
