import Clients
import Database
import EventLoop
public import FoundationEssentials
import Imaging

extension UploadStore {
    /// Checks the bytes that were sent for a file.
    ///
    /// Returns when the file is `READY`, and throws a problem of the input when it is not; bytes that are not what was
    /// announced are deleted and the file is `FAILED`.
    ///
    /// The check goes on when its caller is gone, and when it takes longer than `patience`: then this throws the problem
    /// `conflict`, and the next call waits for the same check. Without a patience it waits for the end. Calling it again
    /// gives the same answer.
    public func complete(viewer: UUID, assetID: UUID, patience: Duration? = nil) async throws {
        let waiting = UploadWait(loop: pool.loop, patience: patience)
        while true {
            switch try await claim(viewer: viewer, assetID: assetID) {
            case .ready: return
            case .mine(let claim): return try await waiting.forEnd { try await checkAlone(claim) }
            case .checkedElsewhere: try await waiting.aMoment()
            }
        }
    }

    /// Makes a check whose file nobody else checks meanwhile, and writes what became of it.
    private func checkAlone(_ claim: Claim) async throws {
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await check(claim)
                    return true
                }
                group.addTask {
                    try await keepAlive(claim)
                    return false
                }
                while let isChecked = try await group.next(), !isChecked {}
                group.cancelAll()
            }
        } catch let error as WorkflowError where error.code == .invalidInput {
            switch error.problems.first?.code {
            // Where programs are missing, another machine may look at the bytes.
            case .uploadMissing, .mediaToolsMissing: try await giveBack(claim)
            // Another call has the upload now.
            case .conflict: break
            default: try await refuse(claim, error)
            }
            throw error
        } catch {
            // Something on our side: the file stays open, and the next call checks it again.
            try await giveBack(claim)
            throw error
        }
    }

    /// Says again and again that the check is alive, as long as the upload is open; throws when another call has taken it
    /// over.
    private func keepAlive(_ claim: Claim) async throws {
        while true {
            try await pool.loop.sleep(for: checkHeartbeat)
            let upload = try await pool.queryFirst(
                """
                update uploads
                set check_started_at = case when check_token = \(claim.token) then now() else check_started_at end
                where asset_id = \(claim.assetID)
                returning check_token = \(claim.token)
                """)
            guard let upload else { return }
            if upload.optionalBool(0) != true { throw Self.takenOver }
        }
    }

    private static let takenOver = FileInspector.refusal(.conflict, "The file was checked by another call.")

    /// A file whose check this call makes, alone.
    struct Claim: Sendable {
        let assetID: UUID
        let projectID: UUID
        let token: UUID
        let purpose: FilePurpose?
        let mediaType: String
        let byteCount: Int
        let incomingKey: ObjectKey
        let isExpired: Bool

        /// Where the checked bytes go.
        var objectKey: String { UploadStore.checkedKey(of: assetID, projectID: projectID, checkedBy: token) }
    }

    /// Who checks a file.
    private enum Checker: Sendable {
        /// Nobody any more.
        case ready
        /// This call.
        case mine(Claim)
        /// Another call, which is alive.
        case checkedElsewhere
    }

    /// Takes the check on, unless that is done or another call does it.
    private func claim(viewer: UUID, assetID: UUID) async throws -> Checker {
        try await pool.withTransaction { transaction in
            let assets = try await transaction.query(
                """
                select assets.project_id, assets.state, assets.media_type, assets.byte_count, assets.error_code,
                    assets.error_message, assets.purpose,
                    (select check_token from uploads where asset_id = assets.id)
                from assets
                where assets.id = \(assetID)
                and assets.project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update
                """)
            guard let asset = assets.first else { throw WorkflowError.notFound("A file") }
            switch asset.string(1) {
            case "READY": return .ready
            case "FAILED":
                throw Self.earlierRefusal(asset.optionalString(4), asset.optionalString(5))
            default: break
            }
            let claims = try await transaction.query(
                """
                update uploads
                set check_token = gen_random_uuid(),
                    check_started_at = now()
                where asset_id = \(assetID)
                and (
                    check_token is null
                    or check_started_at < now() - make_interval(secs => \(Self.checkDeadline.seconds))
                )
                returning check_token, incoming_key, expires_at < now()
                """)
            guard let claim = claims.first else { return .checkedElsewhere }
            try await Self.deleteCopy(
                of: assetID, projectID: asset.uuid(0), checkedBy: asset.optionalUUID(7), in: transaction)
            _ = try await transaction.query("update assets set state = 'PROCESSING' where id = \(assetID)")
            return .mine(
                Claim(
                    assetID: assetID, projectID: asset.uuid(0), token: claim.uuid(0),
                    purpose: FilePurpose(rawValue: asset.string(6)), mediaType: asset.string(2),
                    byteCount: asset.int(3), incomingKey: try ObjectKey(claim.string(1)),
                    isExpired: claim.bool(2)))
        }
    }

    /// Looks at the bytes and stores them under the file's own key.
    private func check(_ claim: Claim) async throws {
        guard let size = try await objects.size(of: claim.incomingKey) else {
            throw claim.isExpired
                ? FileInspector.refusal(.uploadExpired, "No bytes have arrived in time.")
                : FileInspector.refusal(.uploadMissing, "No bytes have arrived yet.")
        }
        guard size == claim.byteCount else {
            throw FileInspector.refusal(
                .uploadSize, "\(claim.byteCount) bytes were announced, \(size) have arrived.")
        }
        if let kind = OldOfficeKind(mediaType: claim.mediaType) {
            try await checkOldOffice(claim, kind)
        } else if DocumentKind(mediaType: claim.mediaType) != nil || claim.purpose == .appellationTable {
            let inspector = documentInspector
            try await checkCopy(claim) { path, _ in
                try inspector.inspect(path: path, announced: claim.mediaType, purpose: claim.purpose ?? .document)
            }
        } else if MediaInspector.covers(claim.mediaType) {
            let inspector = mediaInspector
            try await checkCopy(claim) { path, check in
                try inspector.inspect(path: path, announced: [claim.mediaType], checkCancellation: check)
            }
        } else if claim.mediaType == PictureFormat.psd.mediaType {
            let inspector = inspector
            try await checkCopy(claim) { path, _ in
                try inspector.inspect(picture: .file(path), announced: claim.mediaType)
            }
        } else {
            try await checkPicture(claim)
        }
        try await objects.delete(claim.incomingKey)
    }

    private func checkPicture(_ claim: Claim) async throws {
        let bytes = try await objects.get(claim.incomingKey)
        let inspector = inspector
        let drawings = drawings
        let found = try await blocking.run(stoppable: "inspecting an upload") { check in
            guard DrawingKind(mediaType: claim.mediaType) != nil else {
                return try inspector.inspect(picture: bytes, announced: claim.mediaType)
            }
            return try inspector.inspect(
                drawing: bytes, announced: claim.mediaType, by: drawings, checkCancellation: check)
        }
        let key = try ObjectKey(claim.objectKey)
        try await objects.withObjects(try Self.keys(beside: claim.objectKey)) {
            try await objects.put(.bytes(bytes), at: key)
            try await accept(claim, found, byteCount: bytes.count)
        }
    }

    /// Documents, videos and layers are too large for memory: the copy is looked at, to which nobody can send other bytes any more.
    private func checkCopy(
        _ claim: Claim,
        _ inspect:
            @escaping @Sendable (
                _ path: String, _ checkCancellation: () throws -> Void
            ) throws -> FileInspector.Inspection
    ) async throws {
        let key = try ObjectKey(claim.objectKey)
        let folder = FileManager.default.temporaryDirectory.path
        try await objects.withObjects(try Self.keys(beside: claim.objectKey)) {
            try await takeCopy(of: claim, to: key)
            let found = try await objects.withLocalFile(key, in: folder, blocking: blocking) { path in
                try await blocking.run(stoppable: "inspecting an upload") { try inspect(path, $0) }
            }
            try await accept(claim, found, byteCount: claim.byteCount)
        }
    }

    /// Copies what has arrived to where nobody can send other bytes any more.
    func takeCopy(of claim: Claim, to key: ObjectKey) async throws {
        let folder = FileManager.default.temporaryDirectory.path
        try await objects.withLocalFile(claim.incomingKey, in: folder, blocking: blocking) { path in
            try await objects.put(.file(path), at: key)
        }
        guard try await objects.size(of: key) == claim.byteCount else {
            throw FileInspector.refusal(
                .uploadSize, "\(claim.byteCount) bytes were announced, others have arrived.")
        }
    }

    /// Makes the file `READY`; `stored` is where its copy is already, if it has one that is too large for memory.
    func accept(
        _ claim: Claim, _ found: FileInspector.Inspection, byteCount: Int, copyAt stored: String? = nil
    ) async throws {
        let key = try ObjectKey(claim.objectKey)
        let thumbnailKey = try await put(found.thumbnail, at: try Thumbnail.key(for: key))
        let previewKey = try await put(found.preview, at: try Self.previewKey(for: key))
        var convertedKey = stored
        if let copy = found.converted { convertedKey = try await put(copy, at: try Self.convertedKey(for: key)) }
        try await endUpload(
            claim,
            """
            update assets
            set state = 'READY',
                media_type = \(found.mediaType),
                byte_count = \(byteCount),
                width = \(found.width),
                height = \(found.height),
                duration_seconds = \(found.durationSeconds),
                frame_rate = \(found.frameRate),
                sha256 = \(found.sha256),
                object_key = \(claim.objectKey),
                thumbnail_key = \(thumbnailKey),
                preview_key = \(previewKey),
                converted_key = \(convertedKey)
            where id = \(claim.assetID)
            """)
    }

    /// Stores a copy if there is one, and gives its key.
    private func put(_ copy: [UInt8]?, at key: ObjectKey) async throws -> String? {
        guard let copy else { return nil }
        try await objects.put(.bytes(copy), at: key)
        return key.text
    }

    private func refuse(_ claim: Claim, _ error: WorkflowError) async throws {
        try await objects.delete(claim.incomingKey)
        try await endUpload(
            claim,
            """
            update assets
            set state = 'FAILED',
                error_code = \(error.problems.first?.code.name ?? "INTERNAL"),
                error_message = \(error.message)
            where id = \(claim.assetID)
            """)
    }

    /// Closes the upload and writes what became of the file, unless another call has taken the check over.
    private func endUpload(_ claim: Claim, _ update: SQL) async throws {
        try await pool.withTransaction { transaction in
            let closed = try await transaction.query(
                "delete from uploads where asset_id = \(claim.assetID) and check_token = \(claim.token)")
            guard closed.affectedRows == 1 else { throw Self.takenOver }
            _ = try await transaction.query(update)
        }
    }

    /// Leaves the upload open, as if this call had not been made.
    private func giveBack(_ claim: Claim) async throws {
        try await pool.withTransaction { transaction in
            let opened = try await transaction.query(
                """
                update uploads
                set check_token = null,
                    check_started_at = null
                where asset_id = \(claim.assetID)
                and check_token = \(claim.token)
                """)
            guard opened.affectedRows == 1 else { return }
            _ = try await transaction.query("update assets set state = 'PENDING' where id = \(claim.assetID)")
        }
    }

    private static func earlierRefusal(_ code: String?, _ message: String?) -> WorkflowError {
        let known = InputProblem.Code.all.first { $0.name == code }
        return FileInspector.refusal(known ?? .uploadUnreadable, message ?? "The file was refused.")
    }
}
