import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations of generated pictures.
enum GenerationMutations {
    static func generate(
        _ input: GenerateReferencesInput, _ call: FieldCall
    ) async throws -> Objects<GenerateReferencesPayloadType> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(input.projectId, ProjectType.self)
        guard let shape = ReferenceShape(rawValue: input.aspectRatio.rawValue) else {
            preconditionFailure("Every AspectRatio is a ReferenceShape")
        }
        do {
            let made = try await call.request.services.references.generate(
                viewer: viewer, projectID: project,
                prompt: ReferencePrompt(
                    text: input.prompt, negative: input.negativePrompt, style: input.style, pose: input.pose,
                    camera: input.camera, lighting: input.lighting),
                shape: shape, count: Int(input.count),
                sourceIDs: try call.keys(input.sourceAssetIds, AssetType.self, field: ["sourceAssetIds"]))
            return .one(GenerateReferencesPayloadSource(keys: made))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(GenerateReferencesPayloadSource(problems: error.problems))
        }
    }

    static func keep(
        _ input: KeepGeneratedReferenceInput, _ call: FieldCall
    ) async throws -> Objects<KeepGeneratedReferencePayloadType> {
        try await call.change(input.generatedReferenceId, GeneratedReferenceType.self) { viewer, reference in
            try await call.request.services.references.keep(viewer: viewer, referenceID: reference)
        }
    }

    static func cancel(
        _ input: CancelGeneratedReferenceInput, _ call: FieldCall
    ) async throws -> Objects<CancelGeneratedReferencePayloadType> {
        try await call.change(input.generatedReferenceId, GeneratedReferenceType.self) { viewer, reference in
            try await call.request.services.references.cancel(viewer: viewer, referenceID: reference)
        }
    }

    static func retry(
        _ input: RetryGeneratedReferenceInput, _ call: FieldCall
    ) async throws -> Objects<RetryGeneratedReferencePayloadType> {
        try await call.change(input.generatedReferenceId, GeneratedReferenceType.self) { viewer, reference in
            try await call.request.services.references.retry(viewer: viewer, referenceID: reference)
        }
    }

    static func delete(
        _ input: DeleteGeneratedReferenceInput, _ call: FieldCall
    ) async throws -> Objects<DeleteGeneratedReferencePayloadType> {
        try await call.delete(input.generatedReferenceId, GeneratedReferenceType.self) { viewer, reference in
            try await call.request.services.references.delete(viewer: viewer, referenceID: reference)
        }
    }
}

/// The object of `GenerateReferencesPayload`.
struct GenerateReferencesPayloadSource: ObjectSource {
    typealias Object = GenerateReferencesPayloadType

    var keys: [UUID] = []
    var problems: [InputProblem] = []

    static let fields = ChangePayloadFields<GenerateReferencesPayloadType>(
        changed: { (payloads: [GenerateReferencesPayloadSource], call) in
            try await call.each(payloads, { $0.keys }, as: GeneratedReferenceRow.self)
        },
        userErrors: { (payloads: [GenerateReferencesPayloadSource]) in
            Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
        })
}
