import Database
import Foundation
import GraphQL
import Schema

/// A row of `task_tags`.
struct TaskTagRow: Entity {
    typealias Object = TaskTagType
    static let table = "task_tags"
    static let columns = ["id", "project_id", "name", "created_at", "updated_at"]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = TaskTagFields<TaskTagRow>(
        id: { $0.id },
        name: { $0.row.leaf(2) },
        project: { tags, call in try await call.one(tags, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdAt: { $0.row.dateTime(3) },
        updatedAt: { $0.row.dateTime(4) })

    /// A project's labels in the order in which they were made.
    static let ofProject = ListDefinition<TaskTagRow>.oldestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: TaskTagFilter) -> SQL? {
        SQL.filter(SQL.text("entity.name", has: filter.name))
    }

    /// The labels of tasks in the same order, with the task's key.
    static func ofTasks(_ tasks: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), links.task_id
        from task_tag_links as links
        join task_tags as entity on entity.id = links.tag_id
        where links.task_id = any(\(tasks))
        and \(isVisible(to: viewer))
        order by links.task_id, entity.created_at, entity.id
        """
    }
}
