import GraphQL
import Schema
import Workflows

/// The mutations of files.
enum FileMutations {
    static func createUpload(
        _ input: CreateUploadInput, _ call: FieldCall
    ) async throws -> Objects<CreateUploadPayloadType> {
        let viewer = try call.request.requireViewer()
        let services = call.request.services
        let project = try call.key(input.projectId, ProjectType.self)
        guard let purpose = FilePurpose(rawValue: input.purpose.rawValue) else {
            preconditionFailure("Every UploadPurpose is a FilePurpose")
        }
        do {
            let ticket = try await services.uploads.create(
                viewer: viewer, projectID: project, purpose: purpose, fileName: input.fileName,
                mediaType: input.mediaType, byteCount: Int(input.byteCount))
            return .one(CreateUploadPayloadSource(ticket: UploadTicketSource(ticket, services.urls), problems: []))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(CreateUploadPayloadSource(ticket: nil, problems: error.problems))
        }
    }

    static func completeUpload(
        _ input: CompleteUploadInput, _ call: FieldCall
    ) async throws -> Objects<CompleteUploadPayloadType> {
        // Beside its faults the file exists all the same, and says itself that it has failed.
        try await call.change(input.assetId, AssetType.self) { viewer, asset in
            try await call.request.services.uploads.complete(
                viewer: viewer, assetID: asset, patience: UploadStore.requestPatience)
        }
    }

    static func uploadFile(
        _ input: UploadFileInput, _ call: FieldCall
    ) async throws -> Objects<UploadFilePayloadType> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(input.projectId, ProjectType.self)
        let file = try call.request.upload(input.file)
        guard let purpose = FilePurpose(rawValue: input.purpose.rawValue) else {
            preconditionFailure("Every UploadPurpose is a FilePurpose")
        }
        let outcome = try await call.request.services.uploads.store(
            viewer: viewer, projectID: project, purpose: purpose,
            file: UploadStore.LocalFile(
                path: file.path, name: file.fileName, mediaType: file.mediaType, byteCount: file.byteCount),
            patience: UploadStore.requestPatience)
        return .one(Payload<UploadFilePayloadType>(key: outcome.assetID, problems: outcome.problems))
    }
}
