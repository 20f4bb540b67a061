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
                dueAt: input.dueAt.map { Timestamp($0) },
                tagIDs: try call.keys(input.taskTagIds, TaskTagType.self, field: ["taskTagIds"]))
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

    static func move(_ input: MoveTaskInput, _ call: FieldCall) async throws -> Objects<MoveTaskPayloadType> {
        try await call.change(input.taskId, TaskType.self) { viewer, task in
            var place = TaskStore.BoardPlace(
                statusID: try call.optionalKey(input.statusId, TaskStatusType.self, field: ["statusId"]),
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
            if let anchor = try call.optionalKey(input.beforeTaskId, TaskType.self, field: ["beforeTaskId"]) {
                place.position = .before(anchor)
            }
            if let anchor = try call.optionalKey(input.afterTaskId, TaskType.self, field: ["afterTaskId"]) {
                guard place.position == .top else {
                    throw WorkflowError(
                        problems: [InputProblem(["beforeTaskId"], .invalid, "Only one neighbor can be named.")])
                }
                place.position = .behind(anchor)
            }
            try await call.request.services.tasks.move(viewer: viewer, taskID: task, to: place)
        }
    }

    // MARK: Many at once

    static func update(_ input: UpdateTasksInput, _ call: FieldCall) async throws -> Objects<UpdateTasksPayloadType> {
        _ = try call.request.requireViewer()
        let change: TaskStore.TaskChange
        do {
            change = try self.change(input, call)
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(ManyResults<UpdateTasksPayloadType, TaskResultSource>(problems: error.problems))
        }
        return try await call.changeEach(of: input.taskIds, as: TaskResultSource.self) { viewer, task in
            try await call.request.services.tasks.update(viewer: viewer, taskID: task, change)
        }
    }

    static func delete(_ input: DeleteTasksInput, _ call: FieldCall) async throws -> Objects<DeleteTasksPayloadType> {
        try await call.changeEach(of: input.taskIds, as: TaskResultSource.self) { viewer, task in
            try await call.request.services.tasks.delete(viewer: viewer, taskID: task)
        }
    }

    static func restore(
        _ input: RestoreTasksInput, _ call: FieldCall
    ) async throws -> Objects<RestoreTasksPayloadType> {
        try await call.changeEach(of: input.taskIds, as: TaskResultSource.self) { viewer, task in
            try await call.request.services.tasks.restore(viewer: viewer, taskID: task)
        }
    }

    private static func change(_ input: UpdateTasksInput, _ call: FieldCall) throws -> TaskStore.TaskChange {
        let assignee = try call.optionalKey(input.assigneeId, UserType.self, field: ["assigneeId"])
        return TaskStore.TaskChange(
            statusID: try call.optionalKey(input.statusId, TaskStatusType.self, field: ["statusId"]),
            priorityID: try call.optionalKey(input.priorityId, TaskPriorityType.self, field: ["priorityId"]),
            assigneeID: input.isPresent(.assigneeId) ? .set(assignee) : .keep,
            dueAt: input.isPresent(.dueAt) ? .set(input.dueAt.map { Timestamp($0) }) : .keep,
            addedTagIDs: try call.keys(input.addTaskTagIds ?? [], TaskTagType.self, field: ["addTaskTagIds"]),
            removedTagIDs: try call.keys(input.removeTaskTagIds ?? [], TaskTagType.self, field: ["removeTaskTagIds"]))
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
