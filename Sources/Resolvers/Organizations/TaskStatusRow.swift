import Database
import Foundation
import GraphQL
import Schema

/// A row of `task_statuses`.
struct TaskStatusRow: Entity {
    typealias Object = TaskStatusType
    static let table = "task_statuses"
    static let columns = ["id", "name", "position", "organization_id", "updated_at"]
    static let accessColumn = "organization_id"

    let row: Row

    static let fields = TaskStatusFields<TaskStatusRow>(
        id: { $0.id }, name: { $0.row.leaf(1) }, position: { $0.row.int32(2) }, updatedAt: { $0.row.dateTime(4) })
}

/// A row of `task_priorities`.
struct TaskPriorityRow: Entity {
    typealias Object = TaskPriorityType
    static let table = "task_priorities"
    static let columns = ["id", "name", "position", "organization_id", "updated_at"]
    static let accessColumn = "organization_id"

    let row: Row

    static let fields = TaskPriorityFields<TaskPriorityRow>(
        id: { $0.id }, name: { $0.row.leaf(1) }, position: { $0.row.int32(2) }, updatedAt: { $0.row.dateTime(4) })
}

extension Entity {
    /// The rows of organisations in the organisations' own order, with the organisation's key at the end.
    static func ofOrganizations(_ organizations: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), entity.organization_id
        from \(unsafeSQL: table) as entity
        where entity.organization_id = any(\(organizations))
        and \(isVisible(to: viewer))
        order by entity.organization_id, entity.position
        """
    }

    /// What tasks of projects choose from, in order, with the project's key at the end.
    static func candidates(of projects: [UUID], _ view: String, _ column: String, viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), candidates.project_id
        from \(unsafeSQL: view) as candidates
        join \(unsafeSQL: table) as entity on entity.id = candidates.\(unsafeSQL: column)
        where candidates.project_id = any(\(projects))
        and \(isVisible(to: viewer))
        order by candidates.project_id, candidates.position
        """
    }
}
