import GraphQL
import Schema
import Workflows

/// The mutations of exports.
enum ExportMutations {
    static func start(_ input: StartExportInput, _ call: FieldCall) async throws -> Objects<StartExportPayloadType> {
        try await call.make(in: input.taskId, TaskType.self) { viewer, task in
            try await call.request.services.exports.start(
                viewer: viewer, taskID: task, format: input.format.rawValue, requestKey: input.requestKey?.uuid
            ).exportID
        }
    }

    static func cancel(_ input: CancelExportInput, _ call: FieldCall) async throws -> Objects<CancelExportPayloadType> {
        try await call.change(input.exportId, ExportType.self) { viewer, export in
            try await call.request.services.exports.cancel(viewer: viewer, exportID: export)
        }
    }
}
