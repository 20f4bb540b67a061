import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations of looks at pictures.
enum AnalysisMutations {
    static func predictCharacters(
        _ input: PredictCharactersInput, _ call: FieldCall
    ) async throws -> Objects<PredictCharactersPayloadType> {
        try await call.make(in: input.subtaskId, SubtaskType.self) { viewer, subtask in
            try await call.request.services.analyses.start(viewer: viewer, subtaskID: subtask, kind: .characters)
        }
    }

    static func detectObjects(
        _ input: DetectObjectsInput, _ call: FieldCall
    ) async throws -> Objects<DetectObjectsPayloadType> {
        try await call.make(in: input.subtaskId, SubtaskType.self) { viewer, subtask in
            try await call.request.services.analyses.start(viewer: viewer, subtaskID: subtask, kind: .objects)
        }
    }

    static func cancel(
        _ input: CancelPictureAnalysisInput, _ call: FieldCall
    ) async throws -> Objects<CancelPictureAnalysisPayloadType> {
        try await call.change(input.pictureAnalysisId, PictureAnalysisType.self) { viewer, analysis in
            try await call.request.services.analyses.cancel(viewer: viewer, analysisID: analysis)
        }
    }
}
