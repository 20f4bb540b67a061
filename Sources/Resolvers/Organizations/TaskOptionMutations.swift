import GraphQL
import Schema
import Workflows

/// The mutations of statuses and of priorities.
enum TaskOptionMutations {
    static func create(
        _ input: CreateTaskStatusInput, _ call: FieldCall
    ) async throws -> Objects<CreateTaskStatusPayloadType> {
        try await call.make(in: input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.taskStatuses.create(
                viewer: viewer, organizationID: organization, name: input.name, position: input.position.map(Int.init))
        }
    }

    static func update(
        _ input: UpdateTaskStatusInput, _ call: FieldCall
    ) async throws -> Objects<UpdateTaskStatusPayloadType> {
        try await call.change(input.taskStatusId, TaskStatusType.self) { viewer, status in
            try await call.request.services.taskStatuses.update(
                viewer: viewer, id: status, name: input.name, position: input.position.map(Int.init))
        }
    }

    static func delete(
        _ input: DeleteTaskStatusInput, _ call: FieldCall
    ) async throws -> Objects<DeleteTaskStatusPayloadType> {
        try await call.delete(input.taskStatusId, TaskStatusType.self) { viewer, status in
            try await call.request.services.taskStatuses.delete(
                viewer: viewer, id: status,
                replacementID: try call.optionalKey(
                    input.replacementId, TaskStatusType.self, field: ["replacementId"]))
        }
    }

    static func create(
        _ input: CreateTaskPriorityInput, _ call: FieldCall
    ) async throws -> Objects<CreateTaskPriorityPayloadType> {
        try await call.make(in: input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.taskPriorities.create(
                viewer: viewer, organizationID: organization, name: input.name, position: input.position.map(Int.init))
        }
    }

    static func update(
        _ input: UpdateTaskPriorityInput, _ call: FieldCall
    ) async throws -> Objects<UpdateTaskPriorityPayloadType> {
        try await call.change(input.taskPriorityId, TaskPriorityType.self) { viewer, priority in
            try await call.request.services.taskPriorities.update(
                viewer: viewer, id: priority, name: input.name, position: input.position.map(Int.init))
        }
    }

    static func delete(
        _ input: DeleteTaskPriorityInput, _ call: FieldCall
    ) async throws -> Objects<DeleteTaskPriorityPayloadType> {
        try await call.delete(input.taskPriorityId, TaskPriorityType.self) { viewer, priority in
            try await call.request.services.taskPriorities.delete(
                viewer: viewer, id: priority,
                replacementID: try call.optionalKey(
                    input.replacementId, TaskPriorityType.self, field: ["replacementId"]))
        }
    }
}
