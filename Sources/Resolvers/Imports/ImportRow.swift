import Database
import Foundation
import GraphQL
import JSON
import Schema
import Workflows

/// A row of `imports`.
struct ImportRow: RunEntity {
    typealias Object = ImportType
    static let table = "imports"
    static let columns = [
        "id", "project_id", "target", "status", "status_id", "priority_id", "assignee_id", "description", "tags",
        "created_by", "created_at", "finished_at", "source",
    ]
    static let statusColumn = 3
    static let accessColumn = "project_id"

    let row: Row

    static let fields = ImportFields<ImportRow>(
        id: { $0.id },
        target: { $0.row.enumeration(2) },
        source: { $0.row.enumeration(12) },
        status: { $0.row.enumeration(3) },
        counts: { imports, call in
            try await ItemCountsSource.load(imports, items: "import_items", by: "import_id", call)
        },
        items: { imports, arguments, call in
            try await call.pages(
                ImportItemRow.ofImport.ordered(by: arguments.orderBy), of: imports, arguments,
                filter: arguments.filter.flatMap(ImportItemRow.condition))
        },
        taskTags: { imports, call in
            try await call.many(imports, as: TaskTagRow.self) {
                TaskTagRow.linked(by: "import_tags", "import_id", "tag_id", of: $0, viewer: $1)
            }
        },
        taskStatus: { imports, call in
            try await call.one(imports, { $0.row.optionalUUID(4) }, as: TaskStatusRow.self)
        },
        taskPriority: { imports, call in
            try await call.one(imports, { $0.row.optionalUUID(5) }, as: TaskPriorityRow.self)
        },
        assignee: { imports, call in try await call.one(imports, { $0.row.optionalUUID(6) }, as: UserRow.self) },
        itemDescription: { $0.row.leaf(7) },
        itemTags: { $0.row.array(8, of: String.self).map { Text($0) } },
        project: { imports, call in try await call.one(imports, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { imports, call in try await call.one(imports, { $0.row.optionalUUID(9) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(10) },
        finishedAt: { $0.row.optionalDateTime(11) })

    /// A project's imports, newest first.
    static let ofProject = ListDefinition<ImportRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ImportFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.status", isOneOf: filter.statuses),
            SQL.column("entity.target", isOneOf: filter.targets),
            SQL.column("entity.created_by", isOneOf: filter.createdByIds, UserType.self),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore))
    }
}

/// A row of `import_items`.
struct ImportItemRow: Entity {
    typealias Object = ImportItemType
    static let table = "import_items"
    static let columns = [
        "id", "project_id", "import_id", "position", "name", "folder", "status", "attempts", "asset_id", "task_id",
        "made_count", "skipped_count", "error_code", "error_message", "started_at", "finished_at", "warnings",
    ]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = ImportItemFields<ImportItemRow>(
        id: { $0.id },
        position: { $0.row.int32(3) },
        name: { $0.row.leaf(4) },
        folder: { $0.row.optionalLeaf(5) },
        status: { $0.row.enumeration(6) },
        attempts: { $0.row.int32(7) },
        asset: { items, call in try await call.one(items, { $0.row.optionalUUID(8) }, as: AssetRow.self) },
        task: { items, call in try await call.one(items, { $0.row.optionalUUID(9) }, as: TaskRow.self) },
        items: { items, call in
            try await call.many(items, as: ItemRow.self) {
                ItemRow.linked(by: "import_item_entries", "import_item_id", "item_id", of: $0, viewer: $1)
            }
        },
        madeCount: { $0.row.int32(10) },
        skippedCount: { $0.row.int32(11) },
        warnings: { items in Objects(lists: items.map { $0.warnings.map(ImportWarningSource.init) }) },
        errorCode: { $0.row.optionalLeaf(12) },
        errorMessage: { $0.row.optionalLeaf(13) },
        import: { items, call in try await call.one(items, { $0.row.uuid(2) }, as: ImportRow.self) },
        startedAt: { $0.row.optionalDateTime(14) },
        finishedAt: { $0.row.optionalDateTime(15) })

    private var warnings: [ImportWarning] {
        // They were written by the import.
        (try? JSONReader.read(row.jsonb(16).bytes))?.array?.compactMap(ImportWarning.init) ?? []
    }

    /// An import's files in order.
    static let ofImport = ListDefinition<ImportItemRow>(
        of: "import_id", order: [.integer("position")], isDescending: false)

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ImportItemFilter) -> SQL? {
        SQL.filter(SQL.column("entity.status", isOneOf: filter.statuses))
    }
}

/// The object of `ImportWarning`.
struct ImportWarningSource: ObjectSource {
    typealias Object = ImportWarningType

    let warning: ImportWarning

    static let fields = ImportWarningFields<ImportWarningSource>(
        code: { ImportWarningCode($0.warning.code) },
        slideNumber: { Int32(clamping: $0.warning.slideNumber) },
        message: { Text($0.warning.message) })
}

extension ImportWarningCode {
    fileprivate init(_ code: ImportWarning.Code) {
        self =
            switch code {
            case .mediaLinked: .mediaLinked
            case .mediaRefused: .mediaRefused
            }
    }
}

/// The object of `ImportProgress`.
struct ImportProgressSource: EventSource {
    typealias Object = ImportProgressType
    let event: Event

    static let fields = ImportProgressFields<ImportProgressSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        import: { sources, call in
            try await call.one(sources, { $0.event.uuid("importId") }, as: ImportRow.self)
        },
        items: { sources, call in
            try await call.each(sources, { $0.event.uuids("itemIds") }, as: ImportItemRow.self)
        },
        status: { $0.value("status") },
        counts: { sources, _ in ItemCountsSource.told(by: sources) })
}
