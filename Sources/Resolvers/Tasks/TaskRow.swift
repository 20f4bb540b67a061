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
        dueAt: { $0.row.optionalDateTime(7) },
        project: { tasks, call in try await call.one(tasks, { $0.row.uuid(1) }, as: ProjectRow.self) },
        subtasks: { tasks, arguments, call in try await call.pages(SubtaskRow.ofTask, of: tasks, arguments) },
        exports: { tasks, arguments, call in try await call.pages(ExportRow.ofTask, of: tasks, arguments) },
        createdBy: { tasks, call in try await call.one(tasks, { $0.row.optionalUUID(8) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(9) },
        updatedAt: { $0.row.dateTime(10) })

    /// A project's tasks, newest first.
    static let ofProject = ListDefinition<TaskRow>.newestFirst(of: "project_id")
}
