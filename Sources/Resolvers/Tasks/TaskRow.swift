import Database
import Foundation
import GraphQL
import Schema

/// A row of `tasks`.
struct TaskRow: Entity {
    typealias Object = TaskType
    static let table = "tasks"
    static let columns = [
        "id", "project_id", "status_id", "priority_id", "assignee_id", "name", "description", "due_at", "created_by",
        "created_at", "updated_at", "source_asset_id", "number", "deleted_at",
    ]
    static let accessColumn = "project_id"
    static let goesInParts = true
    static let existence: String? = "entity.deleted_at is null"

    let row: Row

    static let fields = TaskFields<TaskRow>(
        id: { $0.id },
        tid: { Text("T\($0.row.int(12))") },
        name: { $0.row.leaf(5) },
        description: { $0.row.leaf(6) },
        status: { tasks, call in try await call.one(tasks, { $0.row.uuid(2) }, as: TaskStatusRow.self) },
        priority: { tasks, call in try await call.one(tasks, { $0.row.uuid(3) }, as: TaskPriorityRow.self) },
        assignee: { tasks, call in try await call.one(tasks, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        tags: { tasks, call in
            try await call.many(tasks, as: TaskTagRow.self) { TaskTagRow.ofTasks($0, viewer: $1) }
        },
        dueAt: { $0.row.optionalDateTime(7) },
        sourceAsset: { tasks, call in try await call.one(tasks, { $0.row.optionalUUID(11) }, as: AssetRow.self) },
        project: { tasks, call in try await call.one(tasks, { $0.row.uuid(1) }, as: ProjectRow.self) },
        subtasks: { tasks, arguments, call in
            try await call.pages(
                SubtaskRow.ofTask(arguments.filter, in: arguments.orderBy), of: tasks, arguments,
                filter: arguments.filter.flatMap(SubtaskRow.condition))
        },
        subtaskCounts: { tasks, call in try await SubtaskCountsSource.load(tasks, call) },
        reviewSummary: { tasks, call in try await TaskReviewSummarySource.load(tasks, call) },
        pictures: { tasks, call in
            try await call.many(tasks, as: SubtaskRow.self) { SubtaskRow.pictures(of: $0, count: 3, viewer: $1) }
        },
        exports: { tasks, arguments, call in
            try await call.pages(
                ExportRow.ofTask.ordered(by: arguments.orderBy), of: tasks, arguments,
                filter: arguments.filter.flatMap(ExportRow.condition))
        },
        reviewSetRecommendations: { tasks, arguments, call in
            try await ReviewSetRecommendationSource.load(tasks, minimum: arguments.minimumScore, call)
        },
        previous: { tasks, arguments, call in
            try await beside(tasks, isNext: false, arguments.filter, arguments.orderBy, call)
        },
        next: { tasks, arguments, call in
            try await beside(tasks, isNext: true, arguments.filter, arguments.orderBy, call)
        },
        createdBy: { tasks, call in try await call.one(tasks, { $0.row.optionalUUID(8) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(9) },
        updatedAt: { $0.row.dateTime(10) },
        deletedAt: { $0.row.optionalDateTime(13) })

    /// A project's tasks, newest first.
    static let ofProject = ListDefinition<TaskRow>.newestFirst(of: "project_id")

    /// A project's tasks, each once for each of its labels, which are called `links`, or once if it has none: for counting.
    ///
    /// The labels are looked up task by task ("offset 0"): as a join, Postgres would read those of all projects.
    static func byTagOfProject(isOfDeleted: Bool) -> ListDefinition<TaskRow> {
        ListDefinition(
            source: """
                tasks as entity
                left join lateral (
                    select tag_id from task_tag_links where task_id = entity.id offset 0
                ) as links on true
                """,
            parentColumn: "entity.project_id", order: [.timestamp("entity.created_at"), .uuid("entity.id")],
            isDescending: true, isOfDeleted: isOfDeleted)
    }

    /// The tasks of exports, in the order of their files, each with its export's key at the end.
    static func ofExports(_ exports: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), links.export_id
        from export_tasks as links
        join tasks as entity on entity.id = links.task_id
        where links.export_id = any(\(exports))
        and \(isVisible(to: viewer))
        order by links.export_id, links.position
        """
    }

    /// A filter as a condition; nil if it filters nothing.
    ///
    /// Identifiers of nothing fit nothing.
    static func condition(_ filter: TaskFilter) -> SQL? {
        var parts = [
            SQL.column("entity.status_id", isOneOf: filter.statusIds, TaskStatusType.self),
            SQL.column("entity.priority_id", isOneOf: filter.priorityIds, TaskPriorityType.self),
            SQL.column("entity.assignee_id", isOneOf: filter.assigneeIds, UserType.self),
        ].compactMap { $0 }
        if let isAssigned = filter.isAssigned { parts.append("(entity.assignee_id is not null) = \(isAssigned)") }
        for id in filter.taskTagIds ?? [] {
            parts.append(
                """
                exists (
                    select 1
                    from task_tag_links as links
                    where links.task_id = entity.id
                    and \(SQL.column("links.tag_id", isOneOf: [id], TaskTagType.self) ?? "true")
                )
                """)
        }
        parts += [
            SQL.text("concat('T', entity.number, ' ', entity.name, ' ', entity.description)", has: filter.text),
            SQL.moment("entity.due_at", isFrom: filter.dueFrom),
            SQL.moment("entity.due_at", isBefore: filter.dueBefore),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore),
            SQL.moment("entity.updated_at", isFrom: filter.updatedFrom),
            SQL.moment("entity.updated_at", isBefore: filter.updatedBefore),
        ].compactMap { $0 }
        return SQL.all(parts)
    }
}
