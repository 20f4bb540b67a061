import Database
import GraphQL
import Schema

extension TaskRow {
    /// The task before or behind each of some tasks among those of its project that fit.
    static func beside(
        _ tasks: [TaskRow], isNext: Bool, _ filter: TaskFilter?, _ order: TaskOrder?, _ call: FieldCall
    ) async throws -> Objects<TaskType> {
        try await call.first(tasks, as: TaskRow.self) { keys, viewer in
            ofProject.among(filter?.deleted).ordered(by: order).beside(
                keys, parentColumn: "project_id", isNext: isNext, filter: filter.flatMap(condition), viewer: viewer)
        }
    }
}
