import Database
import GraphQL
import Schema

/// A row of `exports`.
struct ExportRow: RunEntity {
    typealias Object = ExportType
    static let table = "exports"
    static let columns = [
        "id", "task_id", "format", "status", "slides_total", "slides_done", "asset_id", "error_code",
        "error_message", "created_by", "created_at", "started_at", "finished_at",
    ]
    static let statusColumn = 3
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.task

    let row: Row

    static let fields = ExportFields<ExportRow>(
        id: { $0.id },
        format: { $0.row.enumeration(2) },
        status: { $0.row.enumeration(3) },
        slidesTotal: { $0.row.int32(4) },
        slidesDone: { $0.row.int32(5) },
        asset: { exports, call in try await call.one(exports, { $0.row.optionalUUID(6) }, as: AssetRow.self) },
        errorCode: { $0.row.optionalLeaf(7) },
        errorMessage: { $0.row.optionalLeaf(8) },
        task: { exports, call in try await call.one(exports, { $0.row.uuid(1) }, as: TaskRow.self) },
        createdBy: { exports, call in try await call.one(exports, { $0.row.optionalUUID(9) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(10) },
        startedAt: { $0.row.optionalDateTime(11) },
        finishedAt: { $0.row.optionalDateTime(12) })

    /// A task's exports, newest first.
    static let ofTask = ListDefinition<ExportRow>.newestFirst(of: "task_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ExportFilter) -> SQL? {
        SQL.filter(SQL.column("entity.status", isOneOf: filter.statuses))
    }
}
