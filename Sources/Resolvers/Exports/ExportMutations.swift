import GraphQL
import Schema
import Workflows

/// The mutations of exports.
enum ExportMutations {
    static func start(_ input: StartExportInput, _ call: FieldCall) async throws -> Objects<StartExportPayloadType> {
        try await call.make { viewer in
            let request = ExportStore.Request(
                taskIDs: try input.taskIds.map { try call.key($0, TaskType.self) }, format: input.format.rawValue,
                options: input.options.map(ExportOptions.init) ?? ExportOptions())
            return try await call.request.services.exports.start(
                viewer: viewer, request, requestKey: input.requestKey?.uuid
            ).exportID
        }
    }

    static func cancel(_ input: CancelExportInput, _ call: FieldCall) async throws -> Objects<CancelExportPayloadType> {
        try await call.change(input.exportId, ExportType.self) { viewer, export in
            try await call.request.services.exports.cancel(viewer: viewer, exportID: export)
        }
    }

    static func retry(
        _ input: RetryExportInput, _ call: FieldCall
    ) async throws -> Objects<RetryExportPayloadType> {
        try await call.change(input.exportId, ExportType.self) { viewer, export in
            try await call.request.services.exports.retry(viewer: viewer, exportID: export)
        }
    }
}

extension ExportOptions {
    fileprivate init(_ input: ExportOptionsInput) {
        self.init(
            hasAnnotations: input.hasAnnotations, hasSolvedAnnotations: input.hasSolvedAnnotations,
            hasAIAnnotations: input.hasAiAnnotations, hasFindings: input.hasFindings,
            severities: input.severities?.map(\.rawValue), isHeldOnly: input.isHeldOnly,
            findingStatuses: input.findingStatuses?.map(\.rawValue), contentVersions: input.contentVersions.rawValue,
            layout: input.layout.rawValue)
    }
}
