public import Database
public import FoundationEssentials
import JSON

/// Tells people what concerns them, and remembers what they have read.
public struct NotificationStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Marks notifications of the viewer as read; nil marks all.
    ///
    /// Those of others are not among them.
    public func markRead(viewer: UUID, ids: [UUID]?) async throws {
        _ = try await pool.query(
            """
            update notifications
            set read_at = now()
            where user_id = \(viewer)
            and read_at is null
            and (\(ids)::uuid[] is null or id = any(\(ids)))
            """)
    }

    /// What happened.
    enum Kind: String {
        case taskAssigned = "TASK_ASSIGNED"
        case annotationAnswered = "ANNOTATION_ANSWERED"
        case subtaskDecided = "SUBTASK_DECIDED"
        case reviewCompleted = "REVIEW_COMPLETED"
        case reviewFailed = "REVIEW_FAILED"
        case batchJobEnded = "BATCH_JOB_ENDED"
        case importEnded = "IMPORT_ENDED"
        case exportEnded = "EXPORT_ENDED"
    }

    /// Where it happened.
    struct Place {
        let projectID: UUID
        var taskID: UUID?
        var subtaskID: UUID?
        var annotationID: UUID?
        var reviewID: UUID?
        var batchJobID: UUID?
        var importID: UUID?
        var exportID: UUID?
    }

    /// Tells a person as part of the change, unless they did it themselves or take no part in the project any more.
    ///
    /// The last event of its transaction: the topic of a person is wider than that of a project.
    static func tell(
        _ userID: UUID?, _ kind: Kind, at place: Place, by viewer: UUID?, in transaction: Transaction
    ) async throws {
        guard let userID, userID != viewer else { return }
        let row = try await transaction.queryFirst(
            """
            insert into notifications (
                user_id, project_id, kind, task_id, subtask_id, annotation_id, review_id, batch_job_id, import_id,
                export_id, created_by
            )
            select \(userID), project_id, \(kind.rawValue), \(place.taskID), \(place.subtaskID),
                \(place.annotationID), \(place.reviewID), \(place.batchJobID), \(place.importID),
                \(place.exportID), \(viewer)
            from accessible_projects(\(userID))
            where project_id = \(place.projectID)
            returning id
            """)
        guard let row else { return }
        try await EventStore.append(
            .notified, ["notificationId": .string(row.uuid(0).text)], to: .user(userID), in: transaction)
    }
}
