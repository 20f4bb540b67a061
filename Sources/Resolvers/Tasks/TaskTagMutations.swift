import Database
import GraphQL
import Schema
import Workflows

/// The mutations of labels.
enum TaskTagMutations {
    static func create(
        _ input: CreateTaskTagInput, _ call: FieldCall
    ) async throws -> Objects<CreateTaskTagPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.taskTags.create(viewer: viewer, projectID: project, name: input.name)
        }
    }

    static func update(
        _ input: UpdateTaskTagInput, _ call: FieldCall
    ) async throws -> Objects<UpdateTaskTagPayloadType> {
        try await call.change(input.taskTagId, TaskTagType.self) { viewer, tag in
            try await call.request.services.taskTags.update(
                viewer: viewer, tagID: tag, name: input.name,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func delete(
        _ input: DeleteTaskTagInput, _ call: FieldCall
    ) async throws -> Objects<DeleteTaskTagPayloadType> {
        try await call.delete(input.taskTagId, TaskTagType.self) { viewer, tag in
            try await call.request.services.taskTags.delete(viewer: viewer, tagID: tag)
        }
    }

    static func setTags(_ input: SetTaskTagsInput, _ call: FieldCall) async throws -> Objects<SetTaskTagsPayloadType> {
        try await call.change(input.taskId, TaskType.self) { viewer, task in
            try await call.request.services.taskTags.setTags(
                viewer: viewer, taskID: task,
                tagIDs: try call.keys(input.taskTagIds, TaskTagType.self, field: ["taskTagIds"]),
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }
}
