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
        try await call.make(in: input.subtaskId, SubtaskType.self) { viewer, subtask in
            let parent = try call.optionalKey(input.parentId, AnnotationType.self, field: ["parentId"])
            let content = try content(of: input, call)
            return try await call.request.services.annotations.create(
                viewer: viewer, subtaskID: subtask, parentID: parent, content: content)
        }
    }

    static func update(
        _ input: UpdateAnnotationInput, _ call: FieldCall
    ) async throws -> Objects<UpdateAnnotationPayloadType> {
        try await call.change(input.annotationId, AnnotationType.self) { viewer, annotation in
            let content = try content(of: input, call)
            try await call.request.services.annotations.update(
                viewer: viewer, annotationID: annotation, content: content,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func setSolved(
        _ input: SetAnnotationSolvedInput, _ call: FieldCall
    ) async throws -> Objects<SetAnnotationSolvedPayloadType> {
        try await call.change(input.annotationId, AnnotationType.self) { viewer, annotation in
            try await call.request.services.annotations.setSolved(
                viewer: viewer, annotationID: annotation, isSolved: input.isSolved)
        }
    }

    static func delete(
        _ input: DeleteAnnotationInput, _ call: FieldCall
    ) async throws -> Objects<DeleteAnnotationPayloadType> {
        try await call.delete(input.annotationId, AnnotationType.self) { viewer, annotation in
            try await call.request.services.annotations.delete(viewer: viewer, annotationID: annotation)
        }
    }

    static func restore(
        _ input: RestoreAnnotationInput, _ call: FieldCall
    ) async throws -> Objects<RestoreAnnotationPayloadType> {
        try await call.change(input.annotationId, AnnotationType.self) { viewer, annotation in
            try await call.request.services.annotations.restore(viewer: viewer, annotationID: annotation)
        }
    }

    private static func content(of input: some AnnotationInput, _ call: FieldCall) throws -> AnnotationContent {
        AnnotationContent(
            text: input.text, shape: input.shape?.rawValue,
            area: input.area.map { .init(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }, color: input.color,
            drawing: try input.drawing.map { try $0.value().encoded() }, startSeconds: input.startSeconds,
            endSeconds: input.endSeconds,
            attachmentID: try call.optionalKey(input.attachmentId, AssetType.self, field: ["attachmentId"]),
            sampledColor: input.sampledColor, referenceColor: input.referenceColor, opacity: input.opacity)
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
    var sampledColor: String? { get }
    var referenceColor: String? { get }
    var opacity: Double? { get }
}

extension CreateAnnotationInput: AnnotationInput {}
extension UpdateAnnotationInput: AnnotationInput {}
