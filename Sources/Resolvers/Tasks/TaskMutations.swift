import Database
import GraphQL
import Schema
import Workflows

/// The mutations of tasks.
enum TaskMutations {
    static func create(_ input: CreateTaskInput, _ call: FieldCall) async throws -> Objects<CreateTaskPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            let task = TaskStore.NewTask(
                name: input.name, description: input.description,
                statusID: try call.optionalKey(input.statusId, TaskStatusType.self, field: ["statusId"]),
                priorityID: try call.optionalKey(input.priorityId, TaskPriorityType.self, field: ["priorityId"]),
                assigneeID: try call.optionalKey(input.assigneeId, UserType.self, field: ["assigneeId"]),
                dueAt: input.dueAt.map { Timestamp($0) })
            return try await call.request.services.tasks.create(viewer: viewer, projectID: project, task: task)
        }
    }

    static func update(_ input: UpdateTaskInput, _ call: FieldCall) async throws -> Objects<UpdateTaskPayloadType> {
        try await call.change(input.taskId, TaskType.self) { viewer, task in
            try await call.request.services.tasks.update(viewer: viewer, taskID: task, try change(input, call))
        }
    }

    static func delete(_ input: DeleteTaskInput, _ call: FieldCall) async throws -> Objects<DeleteTaskPayloadType> {
        try await call.delete(input.taskId, TaskType.self) { viewer, task in
            try await call.request.services.tasks.delete(viewer: viewer, taskID: task)
        }
    }

    static func restore(_ input: RestoreTaskInput, _ call: FieldCall) async throws -> Objects<RestoreTaskPayloadType> {
        try await call.change(input.taskId, TaskType.self) { viewer, task in
            try await call.request.services.tasks.restore(viewer: viewer, taskID: task)
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
