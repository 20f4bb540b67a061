import Clients
public import FoundationEssentials

extension UploadStore {
    /// A file of this machine that somebody has sent.
    public struct LocalFile: Sendable, Hashable {
        let path: String
        let name: String
        let mediaType: String
        let byteCount: Int

        /// Describes a file by its path, and by what its sender says about it.
        public init(path: String, name: String, mediaType: String, byteCount: Int) {
            self.path = path
            self.name = name
            self.mediaType = mediaType
            self.byteCount = byteCount
        }
    }

    /// What became of a file.
    public struct Outcome: Sendable, Hashable {
        /// The file, `READY` or `FAILED`; nil when it was refused before its bytes were looked at.
        public let assetID: UUID?
        /// Why it is not `READY`.
        public let problems: [InputProblem]
    }

    /// Does with a file that is here what a ticket, a signed PUT and `complete` do: the same checks, the same rows.
    ///
    /// Faults of the file come back as problems of the input field `file`, and so does a check that takes longer than
    /// `patience`.
    public func store(
        viewer: UUID, projectID: UUID, purpose: FilePurpose, file: LocalFile, patience: Duration? = nil
    ) async throws -> Outcome {
        let ticket: Ticket
        do {
            ticket = try await create(
                viewer: viewer, projectID: projectID, purpose: purpose, fileName: file.name,
                mediaType: file.mediaType, byteCount: file.byteCount)
        } catch let error as WorkflowError where error.code == .invalidInput {
            return Outcome(assetID: nil, problems: Self.ofFile(error.problems))
        }
        try await receive(.file(file.path), uploadID: ticket.uploadID)
        do {
            try await complete(viewer: viewer, assetID: ticket.assetID, patience: patience)
            return Outcome(assetID: ticket.assetID, problems: [])
        } catch let error as WorkflowError where error.code == .invalidInput {
            return Outcome(assetID: ticket.assetID, problems: Self.ofFile(error.problems))
        }
    }

    private static func ofFile(_ problems: [InputProblem]) -> [InputProblem] {
        problems.map { InputProblem(["file"], $0.code, $0.message) }
    }
}
