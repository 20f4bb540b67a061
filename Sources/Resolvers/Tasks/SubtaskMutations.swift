import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations of subtasks.
enum SubtaskMutations {
    static func create(
        _ input: CreateSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<CreateSubtaskPayloadType> {
        try await call.make(in: input.taskId, TaskType.self) { viewer, task in
            let asset = try call.chosenKey(input.assetId, AssetType.self, field: ["assetId"])
            return try await call.request.services.tasks.createSubtask(
                viewer: viewer, taskID: task, name: input.name, description: input.description, assetID: asset)
        }
    }

    static func update(
        _ input: UpdateSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<UpdateSubtaskPayloadType> {
        try await call.change(input.subtaskId, SubtaskType.self) { viewer, subtask in
            try await call.request.services.subtasks.update(
                viewer: viewer, subtaskID: subtask, name: input.name, description: input.description,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
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
        try await call.make(in: input.subtaskId, SubtaskType.self) { viewer, subtask in
            let asset = try call.chosenKey(input.assetId, AssetType.self, field: ["assetId"])
            return try await call.request.services.subtasks.addContent(
                viewer: viewer, subtaskID: subtask, assetID: asset)
        }
    }

    static func restoreContent(
        _ input: RestoreSubtaskContentInput, _ call: FieldCall
    ) async throws -> Objects<RestoreSubtaskContentPayloadType> {
        try await call.make(in: input.contentId, SubtaskContentType.self) { viewer, content in
            try await call.request.services.subtasks.restoreContent(viewer: viewer, contentID: content)
        }
    }

    static func move(_ input: MoveSubtaskInput, _ call: FieldCall) async throws -> Objects<MoveSubtaskPayloadType> {
        try await call.change(input.subtaskId, SubtaskType.self) { viewer, subtask in
            try await call.request.services.subtasks.move(
                viewer: viewer, subtaskID: subtask, to: Int(input.position))
        }
    }

    static func copy(_ input: CopySubtaskInput, _ call: FieldCall) async throws -> Objects<CopySubtaskPayloadType> {
        try await call.make(in: input.subtaskId, SubtaskType.self) { viewer, subtask in
            let task = try call.chosenKey(input.taskId, TaskType.self, field: ["taskId"])
            return try await call.request.services.subtasks.copy(
                viewer: viewer, subtaskID: subtask, taskID: task, name: input.name)
        }
    }

    static func delete(
        _ input: DeleteSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<DeleteSubtaskPayloadType> {
        try await call.delete(input.subtaskId, SubtaskType.self) { viewer, subtask in
            try await call.request.services.subtasks.delete(viewer: viewer, subtaskID: subtask)
        }
    }

    static func restore(
        _ input: RestoreSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<RestoreSubtaskPayloadType> {
        try await call.change(input.subtaskId, SubtaskType.self) { viewer, subtask in
            try await call.request.services.subtasks.restore(viewer: viewer, subtaskID: subtask)
        }
    }

    static func setCharacters(
        _ input: SetSubtaskCharactersInput, _ call: FieldCall
    ) async throws -> Objects<SetSubtaskCharactersPayloadType> {
        try await call.change(input.subtaskId, SubtaskType.self) { viewer, subtask in
            try await call.request.services.subtasks.setCharacters(
                viewer: viewer, subtaskID: subtask,
                characterIDs: try call.keys(input.characterIds, CharacterType.self, field: ["characterIds"]))
        }
    }
}
