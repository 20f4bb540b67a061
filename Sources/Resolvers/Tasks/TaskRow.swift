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
        "created_at", "updated_at",
    ]
    static let accessColumn = "project_id"
    static let existence: String? = "entity.deleted_at is null"

    let row: Row

    static let fields = TaskFields<TaskRow>(
        id: { $0.id },
        name: { $0.row.leaf(5) },
        description: { $0.row.leaf(6) },
        status: { tasks, call in try await call.one(tasks, { $0.row.uuid(2) }, as: TaskStatusRow.self) },
        priority: { tasks, call in try await call.one(tasks, { $0.row.uuid(3) }, as: TaskPriorityRow.self) },
        assignee: { tasks, call in try await call.one(tasks, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        tags: { tasks, call in
            try await call.many(tasks, as: TaskTagRow.self) { TaskTagRow.ofTasks($0, viewer: $1) }
        },
        dueAt: { $0.row.optionalDateTime(7) },
        project: { tasks, call in try await call.one(tasks, { $0.row.uuid(1) }, as: ProjectRow.self) },
        subtasks: { tasks, arguments, call in try await call.pages(SubtaskRow.ofTask, of: tasks, arguments) },
        exports: { tasks, arguments, call in try await call.pages(ExportRow.ofTask, of: tasks, arguments) },
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
        updatedAt: { $0.row.dateTime(10) })

    /// A project's tasks, newest first.
    static let ofProject = ListDefinition<TaskRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    ///
    /// Identifiers of nothing fit nothing.
    static func condition(_ filter: TaskFilter) -> SQL? {
        func keys<Tag: NodeTypeTag>(_ ids: [ID], _: Tag.Type) -> [UUID] { ids.compactMap { Tag.uuid(in: $0)?.uuid } }
        var parts: [SQL] = []
        if let ids = filter.statusIds { parts.append("entity.status_id = any(\(keys(ids, TaskStatusType.self)))") }
        if let ids = filter.priorityIds {
            parts.append("entity.priority_id = any(\(keys(ids, TaskPriorityType.self)))")
        }
        if let ids = filter.assigneeIds { parts.append("entity.assignee_id = any(\(keys(ids, UserType.self)))") }
        if let isAssigned = filter.isAssigned { parts.append("(entity.assignee_id is not null) = \(isAssigned)") }
        for id in filter.taskTagIds ?? [] {
            parts.append(
                """
                exists (
                    select 1
                    from task_tag_links as links
                    where links.task_id = entity.id
                    and links.tag_id = any(\(keys([id], TaskTagType.self)))
                )
                """)
        }
        if let text = filter.text {
            parts.append("strpos(lower(entity.name || ' ' || entity.description), lower(\(text))) > 0")
        }
        if let moment = filter.dueFrom { parts.append("entity.due_at >= \(Timestamp(moment))") }
        if let moment = filter.dueBefore { parts.append("entity.due_at < \(Timestamp(moment))") }
        return SQL.all(parts)
    }
}
