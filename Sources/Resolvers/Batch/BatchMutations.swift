import GraphQL
import Schema
import Workflows

/// The mutations of batch jobs.
enum BatchMutations {
    static func start(
        _ input: StartBatchReviewInput, _ call: FieldCall
    ) async throws -> Objects<StartBatchReviewPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.batches.start(
                viewer: viewer, projectID: project, name: input.name,
                materials: BatchStore.Materials(
                    taskIDs: try call.keys(input.taskIds, TaskType.self, field: ["taskIds"]),
                    subtaskIDs: try call.keys(input.subtaskIds, SubtaskType.self, field: ["subtaskIds"])),
                selection: try ReviewMutations.selection(input.selection, call), mode: input.mode.rawValue,
                requestKey: input.requestKey?.uuid)
        }
    }

    static func cancel(
        _ input: CancelBatchJobInput, _ call: FieldCall
    ) async throws -> Objects<CancelBatchJobPayloadType> {
        try await call.change(input.batchJobId, BatchJobType.self) { viewer, job in
            try await call.request.services.batches.cancel(viewer: viewer, jobID: job)
        }
    }

    static func retry(
        _ input: RetryBatchJobInput, _ call: FieldCall
    ) async throws -> Objects<RetryBatchJobPayloadType> {
        try await call.change(input.batchJobId, BatchJobType.self) { viewer, job in
            try await call.request.services.batches.retry(viewer: viewer, jobID: job)
        }
    }
}
