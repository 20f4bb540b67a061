import Database
import GraphQL
import Schema

// The orders in which a project's tasks can be listed; each has an index.
extension TaskRow {
    /// A project's tasks in the order that a client chose; newest first if it did not.
    static func ofProject(in order: TaskOrder?) -> ListDefinition<TaskRow> {
        guard let order else { return ofProject }
        let key: ListDefinition<TaskRow>.SortKey =
            switch order.field {
            case .createdAt: .timestamp("entity.created_at")
            case .updatedAt: .timestamp("entity.updated_at")
            // What is never due comes after everything that is.
            case .dueAt: .timestamp("coalesce(entity.due_at, 'infinity'::timestamptz)")
            case .name: .text("entity.name")
            case .board: .decimal("entity.board_rank")
            }
        return ListDefinition(
            source: "tasks as entity", parentColumn: "entity.project_id", order: [key, .uuid("entity.id")],
            isDescending: order.direction == .descending)
    }

    /// The task before or behind each of some tasks among those of its project that fit.
    static func beside(
        _ tasks: [TaskRow], isNext: Bool, _ filter: TaskFilter?, _ order: TaskOrder?, _ call: FieldCall
    ) async throws -> Objects<TaskType> {
        try await call.first(tasks, as: TaskRow.self) { keys, viewer in
            ofProject(in: order).beside(
                keys, parentColumn: "project_id", isNext: isNext, filter: filter.flatMap(condition), viewer: viewer)
        }
    }
}
