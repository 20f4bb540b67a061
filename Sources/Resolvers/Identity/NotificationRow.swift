import Database
import GraphQL
import Schema

/// A row of `notifications`.
struct NotificationRow: Entity {
    typealias Object = NotificationType
    static let table = "notifications"
    static let columns = [
        "id", "kind", "project_id", "task_id", "subtask_id", "annotation_id", "review_id", "created_by", "created_at",
        "read_at", "batch_job_id", "import_id", "export_id",
    ]
    static let accessColumn = "user_id"

    let row: Row

    static let fields = NotificationFields<NotificationRow>(
        id: { $0.id },
        kind: { $0.row.enumeration(1) },
        isRead: { !$0.row.isNull(9) },
        project: { notes, call in try await call.one(notes, { $0.row.uuid(2) }, as: ProjectRow.self) },
        task: { notes, call in try await call.one(notes, { $0.row.optionalUUID(3) }, as: TaskRow.self) },
        subtask: { notes, call in try await call.one(notes, { $0.row.optionalUUID(4) }, as: SubtaskRow.self) },
        annotation: { notes, call in
            try await call.one(notes, { $0.row.optionalUUID(5) }, as: AnnotationRow.self)
        },
        review: { notes, call in try await call.one(notes, { $0.row.optionalUUID(6) }, as: ReviewRow.self) },
        batchJob: { notes, call in
            try await call.one(notes, { $0.row.optionalUUID(10) }, as: BatchJobRow.self)
        },
        import: { notes, call in try await call.one(notes, { $0.row.optionalUUID(11) }, as: ImportRow.self) },
        export: { notes, call in try await call.one(notes, { $0.row.optionalUUID(12) }, as: ExportRow.self) },
        createdBy: { notes, call in try await call.one(notes, { $0.row.optionalUUID(7) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(8) })

    /// What a person was told, newest first.
    static let ofUser = ListDefinition<NotificationRow>.newestFirst(of: "user_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: NotificationFilter) -> SQL? {
        var parts: [SQL] = []
        if let isRead = filter.isRead { parts.append("(entity.read_at is not null) = \(isRead)") }
        if let kinds = filter.kinds { parts.append("entity.kind = any(\(kinds.map(\.rawValue)))") }
        return SQL.all(parts)
    }
}
