import Database
import FoundationEssentials

/// A finding that can be changed, its row locked; or a review to which one can be added.
struct LiveFinding {
    let projectID: UUID
    let taskID: UUID
    let subtaskID: UUID
    let reviewStatus: String
    let updatedAt: Timestamp
    /// The size of the reviewed picture.
    let imageWidth: Int?
    let imageHeight: Int?
    /// How long the reviewed video or recording lasts, in seconds; nil for other materials.
    let durationSeconds: Double?
    /// Where in a video or recording the finding begins and ends; nil for reviews, too.
    let startSeconds: Double?
    let endSeconds: Double?

    static func lock(_ id: UUID, viewer: UUID, in transaction: Transaction) async throws -> LiveFinding {
        try await read(
            "join findings on findings.review_id = reviews.id", "findings.id = \(id)", lock: "findings",
            times: "findings.start_seconds, findings.end_seconds", "A finding", viewer: viewer, in: transaction)
    }

    /// Locks the review: findings that people add get their ordinals one after the other.
    static func lockReview(_ id: UUID, viewer: UUID, in transaction: Transaction) async throws -> LiveFinding {
        try await read(
            "", "reviews.id = \(id)", lock: "reviews", times: "null::float8, null::float8", "A review", viewer: viewer,
            in: transaction)
    }

    private static func read(
        _ join: String, _ condition: SQL, lock: String, times: String, _ what: String, viewer: UUID,
        in transaction: Transaction
    ) async throws -> LiveFinding {
        let row = try await transaction.queryFirst(
            """
            select reviews.project_id, subtasks.task_id, subtasks.id, reviews.status,
                \(unsafeSQL: lock).updated_at, assets.width, assets.height,
                assets.duration_seconds, \(unsafeSQL: times)
            from reviews
            \(unsafeSQL: join)
            join subtasks on subtasks.id = reviews.subtask_id
            join tasks on tasks.id = subtasks.task_id
            join subtask_contents as contents on contents.id = reviews.content_id
            join assets on assets.id = contents.asset_id
            where \(condition)
            and subtasks.deleted_at is null
            and tasks.deleted_at is null
            and reviews.project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update of \(unsafeSQL: lock)
            """)
        guard let row else { throw WorkflowError.notFound(what) }
        return LiveFinding(
            projectID: row.uuid(0), taskID: row.uuid(1), subtaskID: row.uuid(2), reviewStatus: row.string(3),
            updatedAt: row.timestamp(4), imageWidth: row.optionalInt(5), imageHeight: row.optionalInt(6),
            durationSeconds: row.optionalDouble(7), startSeconds: row.optionalDouble(8),
            endSeconds: row.optionalDouble(9))
    }
}
