import Clients
import Database
import FoundationEssentials

/// What is worked on in one transaction: a file, or the pictures, videos and recordings of a folder.
struct ImportUnit: Sendable {
    /// Names the job about a unit; each start of the import has jobs of its own.
    struct Key: Sendable, Hashable {
        let importID: UUID
        let unit: Int
        let attempt: Int

        init(importID: UUID, unit: Int, attempt: Int) {
            self.importID = importID
            self.unit = unit
            self.attempt = attempt
        }

        /// Reads a job's key; throws a permanent failure for anything else.
        init(_ job: Job) throws {
            let parts = job.key.split(separator: "/")
            guard parts.count == 3, let id = UUID(uuidString: String(parts[0])), let unit = Int(parts[1]),
                let attempt = Int(parts[2])
            else { throw JobFailure.permanent(reason: "The key \(job.key) is no unit of an import.") }
            self.init(importID: id, unit: unit, attempt: attempt)
        }

        var text: String { "\(importID.text)/\(unit)/\(attempt)" }
    }

    /// A file of it.
    struct File: Sendable {
        let itemID: UUID
        let path: ImportPath
        /// The stored file; nil once it has been deleted.
        let assetID: UUID?
        /// What the file's bytes were checked for.
        let mediaType: String?
        /// Where its bytes are.
        let objectKey: ObjectKey?
        /// What it is in Google Drive; nil for a file that a person has uploaded.
        let drive: DriveFileID?

        /// The stored file's id; throws a problem of the input for one that is gone.
        func requireAsset() throws -> UUID {
            guard let assetID else {
                throw WorkflowError(problems: [InputProblem(["assetId"], .notFound, "The file has been deleted.")])
            }
            return assetID
        }
    }

    let key: Key
    let projectID: UUID
    /// Whose rights count: who has started it, as they are now.
    let viewer: UUID
    let target: ImportStore.Target
    /// Those that have not ended, in natural order.
    let files: [File]

    /// The file of Google Drive that has still to be downloaded; nil if there is none.
    var wanted: (itemID: UUID, id: DriveFileID)? {
        guard let file = files.first, file.assetID == nil, let id = file.drive else { return nil }
        return (file.itemID, id)
    }

    /// The presentation that it is; nil for everything else.
    var deck: (key: ObjectKey, path: ImportPath)? {
        guard let file = files.first, let key = file.objectKey,
            file.mediaType.flatMap(DocumentKind.init(mediaType:)) == .powerPoint
        else { return nil }
        return (key, file.path)
    }
}

/// What became of a file.
enum ImportOutcome: Sendable {
    /// It is in a task, as so many materials; so much of it was left out, or is otherwise than in the file.
    case task(UUID, made: Int, skipped: Int = 0, warnings: [ImportWarning] = [])
    /// It is in the registry, as these entries; so much of it was left out.
    case items([UUID], skipped: Int)
    /// It can never be imported as it is.
    case failed(code: String, message: String)

    init(_ error: WorkflowError) {
        self = .failed(code: error.problems.first?.code.name ?? error.code.name, message: error.message)
    }
}
