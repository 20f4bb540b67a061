import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations of subtasks.
enum SubtaskMutations {
    static func update(
        _ input: UpdateSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<UpdateSubtaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        do {
            try await call.request.services.subtasks.update(
                viewer: viewer, subtaskID: subtask, name: input.name, description: input.description,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
            return .one(Payload<UpdateSubtaskPayloadType>(key: subtask))
        } catch let error as WorkflowError where error.code == .invalidInput {
            // Whoever was too late needs the present state.
            return .one(Payload<UpdateSubtaskPayloadType>(key: subtask, problems: error.problems))
        }
    }

    static func decide(
        _ input: DecideSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<DecideSubtaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        do {
            let decision = try await call.request.services.subtasks.decide(
                viewer: viewer, subtaskID: subtask, status: input.status.rawValue, comment: input.comment)
            return .one(DecideSubtaskPayloadSource(subtask: subtask, decision: decision))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(DecideSubtaskPayloadSource(problems: error.problems))
        }
    }

    static func addContent(
        _ input: AddSubtaskContentInput, _ call: FieldCall
    ) async throws -> Objects<AddSubtaskContentPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        return try await call.payload {
            let asset = try call.chosenKey(input.assetId, AssetType.self, field: ["assetId"])
            return try await call.request.services.subtasks.addContent(
                viewer: viewer, subtaskID: subtask, assetID: asset)
        }
    }

    static func restoreContent(
        _ input: RestoreSubtaskContentInput, _ call: FieldCall
    ) async throws -> Objects<RestoreSubtaskContentPayloadType> {
        let viewer = try call.request.requireViewer()
        let content = try call.key(input.contentId, SubtaskContentType.self)
        return try await call.payload {
            try await call.request.services.subtasks.restoreContent(viewer: viewer, contentID: content)
        }
    }

    static func move(_ input: MoveSubtaskInput, _ call: FieldCall) async throws -> Objects<MoveSubtaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        return try await call.payload {
            try await call.request.services.subtasks.move(
                viewer: viewer, subtaskID: subtask, to: Int(input.position))
            return subtask
        }
    }

    static func copy(_ input: CopySubtaskInput, _ call: FieldCall) async throws -> Objects<CopySubtaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        return try await call.payload {
            let task = try call.chosenKey(input.taskId, TaskType.self, field: ["taskId"])
            return try await call.request.services.subtasks.copy(
                viewer: viewer, subtaskID: subtask, taskID: task, name: input.name)
        }
    }

    static func delete(
        _ input: DeleteSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<DeleteSubtaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        return try await call.payload {
            try await call.request.services.subtasks.delete(viewer: viewer, subtaskID: subtask)
            return subtask
        }
    }

    static func restore(
        _ input: RestoreSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<RestoreSubtaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        return try await call.payload {
            try await call.request.services.subtasks.restore(viewer: viewer, subtaskID: subtask)
            return subtask
        }
    }
}
