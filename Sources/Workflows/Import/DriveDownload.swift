import Clients
import Database
import EventLoop
import FoundationEssentials

/// Gets files of Google Drive as files of the project: the same checks as for those that people upload.
struct DriveDownload: Sendable {
    /// The largest file, in bytes; videos and recordings may be as large as when people send them.
    static let maximumBytes = 50_000_000

    let drive: DriveClient
    let tokens: ImportTokens
    let uploads: UploadStore
    let temporaryFolder: String

    /// Downloads a file and gives what it has become.
    ///
    /// Throws `DriveError` for what cannot be had, and a problem of the input for what cannot be imported.
    func fetch(_ id: DriveFileID, of unit: ImportUnit) async throws -> (assetID: UUID, name: String) {
        guard let token = try await tokens.token(of: unit.key.importID, uploads.pool) else { throw DriveError.signIn }
        let path = "\(temporaryFolder)/drive-\(UUID().text)"
        do {
            let file = try await drive.file(id, token: token)
            let mediaType = FilePurpose.canonical(file.mediaType)
            let purpose = try purpose(of: mediaType, as: unit.target)
            let limit = MediaInspector.covers(mediaType) ? purpose.maximumBytes(of: mediaType) : Self.maximumBytes
            try await drive.download(file, to: path, maximumBytes: limit, token: token)
            // Drive's names may be longer, and have anything in them.
            let name = Self.name(file.name)
            let outcome = try await AuditLog.record(as: unit.viewer) {
                try await uploads.store(
                    viewer: unit.viewer, projectID: unit.projectID, purpose: purpose,
                    file: UploadStore.LocalFile(
                        path: path, name: name, mediaType: mediaType, byteCount: file.byteCount))
            }
            if !outcome.problems.isEmpty { throw WorkflowError(problems: outcome.problems) }
            guard let assetID = outcome.assetID else {
                throw WorkflowError(.inconsistentData, "A file without problems was not stored.")
            }
            try await remove(path)
            return (assetID, name)
        } catch {
            // The first error tells more than that of a file that cannot be removed; it goes with the next start.
            try? await remove(path)
            throw error
        }
    }

    private func remove(_ path: String) async throws {
        try await uploads.blocking.run("removing a file") {
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
    }

    /// What a file of this type is for; others are refused before they are downloaded.
    private func purpose(of mediaType: String, as target: ImportStore.Target) throws -> FilePurpose {
        if DocumentKind(mediaType: mediaType) == .powerPoint { return .document }
        if MediaInspector.covers(mediaType) {
            if case .items = target {
                throw FileInspector.refusal(.uploadType, "Videos and recordings are no entries of the registry.")
            }
            if uploads.mediaInspector.reader == nil {
                throw FileInspector.refusal(.mediaToolsMissing, MediaReader.Refusal.unavailable.message)
            }
        }
        guard FilePurpose.subtaskContent.mediaTypes.contains(mediaType) else {
            throw FileInspector.refusal(
                .uploadType, "Presentations (PPTX), pictures, videos, recordings and texts can be imported.")
        }
        return .subtaskContent
    }

    /// A name as files have it here: no path, not too long.
    static func name(_ name: String) -> String {
        let allowed = name.unicodeScalars.map { scalar in
            "/\\".unicodeScalars.contains(scalar) || scalar.value < 0x20 || scalar.value == 0x7F ? "_" : scalar
        }
        let text = String(String.UnicodeScalarView(allowed)).trimmedSpaces
        if text.isEmpty { return "file" }
        guard text.unicodeScalars.count > 255 else { return text }
        // The end tells what sort of file it is.
        let ending = text.lastIndex(of: ".").map { String(text[$0...]) }.flatMap { $0.count <= 10 ? $0 : nil } ?? ""
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(255 - ending.unicodeScalars.count))) + ending
    }
}
