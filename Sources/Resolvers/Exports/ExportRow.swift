import Database
import GraphQL
import Schema

/// A row of `exports`.
struct ExportRow: RunEntity {
    typealias Object = ExportType
    static let table = "exports"
    static let columns = [
        "id", "format", "status", "slides_total", "slides_done", "asset_id", "error_code", "error_message",
        "created_by", "created_at", "started_at", "finished_at", "has_annotations", "has_solved_annotations",
        "has_ai_annotations", "has_findings", "severities", "is_held_only", "finding_statuses", "content_versions",
        "layout",
    ]
    static let statusColumn = 2
    static let accessColumn = "project_id"
    /// One of its tasks is not deleted.
    static let ancestry: String? = """
        exists (
            select 1
            from export_tasks as links
            join tasks on tasks.id = links.task_id
            where links.export_id = entity.id
            and tasks.deleted_at is null
        )
        """

    let row: Row

    static let fields = ExportFields<ExportRow>(
        id: { $0.id },
        format: { $0.row.enumeration(1) },
        status: { $0.row.enumeration(2) },
        slidesTotal: { $0.row.int32(3) },
        slidesDone: { $0.row.int32(4) },
        asset: { exports, call in try await call.one(exports, { $0.row.optionalUUID(5) }, as: AssetRow.self) },
        errorCode: { $0.row.optionalLeaf(6) },
        errorMessage: { $0.row.optionalLeaf(7) },
        tasks: { exports, call in
            try await call.many(exports, as: TaskRow.self) { TaskRow.ofExports($0, viewer: $1) }
        },
        options: { exports in Objects(exports.map { ExportOptionsSource(row: $0.row) }) },
        createdBy: { exports, call in try await call.one(exports, { $0.row.optionalUUID(8) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(9) },
        startedAt: { $0.row.optionalDateTime(10) },
        finishedAt: { $0.row.optionalDateTime(11) })

    /// The exports that have a task, newest first.
    static let ofTask = ListDefinition<ExportRow>(
        source: "export_tasks as links join exports as entity on entity.id = links.export_id",
        parentColumn: "links.task_id", order: [.timestamp("links.export_created_at"), .uuid("links.export_id")],
        isDescending: true)

    /// A project's exports, without those of deleted tasks only, in the order that a client chose; newest first if it did not.
    static func ofProject(in order: ExportOrder?) -> ListDefinition<ExportRow> {
        guard let order else { return .newestFirst(of: "project_id", condition: ancestry) }
        return ListDefinition(
            source: "exports as entity", parentColumn: "entity.project_id", order: ExportOrder.ownKeys(order.field),
            isDescending: order.direction == .descending, condition: ancestry)
    }

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ExportFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.status", isOneOf: filter.statuses),
            SQL.column("entity.format", isOneOf: filter.formats),
            SQL.column("entity.created_by", isOneOf: filter.createdByIds, UserType.self))
    }
}

/// The object of `ExportOptions`: a row of `exports`.
struct ExportOptionsSource: ObjectSource {
    typealias Object = ExportOptionsType

    let row: Row

    static let fields = ExportOptionsFields<ExportOptionsSource>(
        hasAnnotations: { $0.row.bool(12) },
        hasSolvedAnnotations: { $0.row.bool(13) },
        hasAiAnnotations: { $0.row.bool(14) },
        hasFindings: { $0.row.bool(15) },
        severities: { $0.row.optionalEnumerations(16) },
        isHeldOnly: { $0.row.bool(17) },
        findingStatuses: { $0.row.optionalEnumerations(18) },
        contentVersions: { $0.row.enumeration(19) },
        layout: { $0.row.enumeration(20) })
}
