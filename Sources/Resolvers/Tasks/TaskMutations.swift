import Database
import GraphQL
import Schema
import Workflows

/// The mutations of tasks.
enum TaskMutations {
    static func update(_ input: UpdateTaskInput, _ call: FieldCall) async throws -> Objects<UpdateTaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let task = try call.key(input.taskId, TaskType.self)
        do {
            try await call.request.services.tasks.update(viewer: viewer, taskID: task, try change(input, call))
            return .one(Payload<UpdateTaskPayloadType>(key: task))
        } catch let error as WorkflowError where error.code == .invalidInput {
            // Whoever was too late needs the present state.
            return .one(Payload<UpdateTaskPayloadType>(key: task, problems: error.problems))
        }
    }

    static func delete(_ input: DeleteTaskInput, _ call: FieldCall) async throws -> Objects<DeleteTaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let task = try call.key(input.taskId, TaskType.self)
        return try await call.payload {
            try await call.request.services.tasks.delete(viewer: viewer, taskID: task)
            return task
        }
    }

    static func restore(_ input: RestoreTaskInput, _ call: FieldCall) async throws -> Objects<RestoreTaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let task = try call.key(input.taskId, TaskType.self)
        return try await call.payload {
            try await call.request.services.tasks.restore(viewer: viewer, taskID: task)
            return task
        }
    }

    private static func change(_ input: UpdateTaskInput, _ call: FieldCall) throws -> TaskStore.TaskChange {
        let assignee = try call.optionalKey(input.assigneeId, UserType.self, field: ["assigneeId"])
        return TaskStore.TaskChange(
            name: input.name, description: input.description,
            statusID: try call.optionalKey(input.statusId, TaskStatusType.self, field: ["statusId"]),
            priorityID: try call.optionalKey(input.priorityId, TaskPriorityType.self, field: ["priorityId"]),
            assigneeID: input.isPresent(.assigneeId) ? .set(assignee) : .keep,
            dueAt: input.isPresent(.dueAt) ? .set(input.dueAt.map { Timestamp($0) }) : .keep,
            expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
    }
}
