import Database
import GraphQL
import JSON
import Schema
import Workflows

/// The mutations of annotations.
enum AnnotationMutations {
    static func create(
        _ input: CreateAnnotationInput, _ call: FieldCall
    ) async throws -> Objects<CreateAnnotationPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        return try await call.payload {
            let parent = try call.optionalKey(input.parentId, AnnotationType.self, field: ["parentId"])
            let content = try content(of: input, call)
            return try await call.request.services.annotations.create(
                viewer: viewer, subtaskID: subtask, parentID: parent, content: content)
        }
    }

    static func update(
        _ input: UpdateAnnotationInput, _ call: FieldCall
    ) async throws -> Objects<UpdateAnnotationPayloadType> {
        let viewer = try call.request.requireViewer()
        let annotation = try call.key(input.annotationId, AnnotationType.self)
        do {
            let content = try content(of: input, call)
            try await call.request.services.annotations.update(
                viewer: viewer, annotationID: annotation, content: content,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
            return .one(Payload<UpdateAnnotationPayloadType>(key: annotation))
        } catch let error as WorkflowError where error.code == .invalidInput {
            // Whoever was too late needs the present state.
            return .one(Payload<UpdateAnnotationPayloadType>(key: annotation, problems: error.problems))
        }
    }

    static func setSolved(
        _ input: SetAnnotationSolvedInput, _ call: FieldCall
    ) async throws -> Objects<SetAnnotationSolvedPayloadType> {
        let viewer = try call.request.requireViewer()
        let annotation = try call.key(input.annotationId, AnnotationType.self)
        return try await call.payload {
            try await call.request.services.annotations.setSolved(
                viewer: viewer, annotationID: annotation, isSolved: input.isSolved)
            return annotation
        }
    }

    static func delete(
        _ input: DeleteAnnotationInput, _ call: FieldCall
    ) async throws -> Objects<DeleteAnnotationPayloadType> {
        let viewer = try call.request.requireViewer()
        let annotation = try call.key(input.annotationId, AnnotationType.self)
        return try await call.payload {
            try await call.request.services.annotations.delete(viewer: viewer, annotationID: annotation)
            return annotation
        }
    }

    private static func content(of input: some AnnotationInput, _ call: FieldCall) throws -> AnnotationContent {
        AnnotationContent(
            text: input.text, shape: input.shape?.rawValue,
            area: input.area.map { .init(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }, color: input.color,
            drawing: try input.drawing.map { try $0.value().encoded() }, startSeconds: input.startSeconds,
            endSeconds: input.endSeconds,
            attachmentID: try call.optionalKey(input.attachmentId, AssetType.self, field: ["attachmentId"]))
    }
}

/// What the inputs of making and of changing an annotation have in common.
private protocol AnnotationInput {
    var text: String { get }
    var shape: AnnotationShape? { get }
    var area: NormalizedAreaInput? { get }
    var color: String? { get }
    var drawing: JSONScalar? { get }
    var startSeconds: Double? { get }
    var endSeconds: Double? { get }
    var attachmentId: ID? { get }
}

extension CreateAnnotationInput: AnnotationInput {}
extension UpdateAnnotationInput: AnnotationInput {}
