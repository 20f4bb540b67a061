public import Clients
public import Database
public import EventLoop
public import FoundationEssentials
import JSON

/// Takes files in: a ticket, then the bytes, then a look at the bytes.
///
/// The bytes arrive under a key of their own and are stored anew under the file's key once they have been checked: a
/// ticket that is used again changes nothing that anybody reads.
public struct UploadStore: Sendable {
    /// How long a ticket is good for.
    public static let ticketLifetime: Duration = .seconds(3600)
    /// After this time without a sign of life, a check may be made by another call: its process died.
    static let checkDeadline: Duration = .seconds(60)
    /// How long a request waits for a check; shorter than requests may take, so that it can say that it goes on.
    public static let requestPatience: Duration = .seconds(20)

    /// How often a check gives a sign of life.
    var checkHeartbeat: Duration = .seconds(15)

    let pool: ConnectionPool
    let objects: any ObjectStore
    let blocking: BlockingPool
    let inspector = FileInspector()
    let documentInspector = DocumentInspector()
    let mediaInspector: MediaInspector
    /// Nil where no program for drawings is installed.
    let drawings: DrawingReader?

    /// Nil where LibreOffice is not installed.
    let office: OldOfficeReader?

    /// Makes a store over a pool and a place for files; without `media` videos and recordings are refused, without
    /// `drawings` SVG, AI and EPS files, without `office` those of Office until 2007.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, media: MediaReader? = nil, drawings: DrawingReader? = nil,
        office: OldOfficeReader? = nil, blocking: BlockingPool = .shared
    ) {
        self.drawings = drawings
        self.office = office
        mediaInspector = MediaInspector(reader: media)
        self.pool = pool
        self.objects = objects
        self.blocking = blocking
    }

    /// A permission to send the bytes of a file; the URL is signed by whoever knows the secret.
    public struct Ticket: Sendable, Hashable {
        /// The file.
        public let assetID: UUID
        /// What stands in the upload's URL: `/uploads/<id>`.
        public let uploadID: String
        /// The only media type that is accepted.
        public let mediaType: String
        /// The largest body that is accepted: as many bytes as were announced.
        public let maximumBytes: Int
        /// How many seconds the URL is to be good for.
        public let validForSeconds: Int
        /// When the ticket ends, by the database's clock.
        public let expiresAt: Timestamp
    }

    /// Announces a file of a project.
    public func create(
        viewer: UUID, projectID: UUID, purpose: FilePurpose, fileName: String, mediaType: String, byteCount: Int
    ) async throws -> Ticket {
        var check = InputCheck()
        let fileName = check.name(fileName, ["fileName"])
        if fileName.contains(where: { $0 == "/" || $0 == "\\" }) {
            check.fail(["fileName"], .invalid, "A file's name has no path.")
        }
        let mediaType = FilePurpose.canonical(mediaType)
        if !purpose.mediaTypes.contains(mediaType) {
            let allowed = purpose.mediaTypes.joined(separator: ", ")
            check.fail(["mediaType"], .uploadType, "Allowed here are \(allowed).")
        }
        // Better no byte is sent than that a gigabyte is refused.
        if MediaInspector.covers(mediaType), mediaInspector.reader == nil {
            check.fail(["mediaType"], .mediaToolsMissing, MediaReader.Refusal.unavailable.message)
        }
        if let kind = DrawingKind(mediaType: mediaType), drawings?.reads(kind) != true {
            check.fail(["mediaType"], .mediaToolsMissing, kind.unavailable)
        }
        if let kind = OldOfficeKind(mediaType: mediaType), office?.reads(kind) != true {
            check.fail(["mediaType"], .mediaToolsMissing, kind.unavailable)
        }
        if byteCount < 1 { check.fail(["byteCount"], .uploadSize, "The file is empty.") }
        let maximum = purpose.maximumBytes(of: mediaType)
        if byteCount > maximum { check.fail(["byteCount"], .uploadSize, "At most \(maximum) bytes are allowed.") }
        try check.finish()
        return try await pool.withTransaction { transaction in
            let assets = try await transaction.query(
                """
                insert into assets (project_id, purpose, file_name, media_type, byte_count, created_by)
                select projects.id, \(purpose.rawValue), \(fileName), \(mediaType), \(byteCount), \(viewer)
                from projects
                where projects.id = \(projectID)
                and projects.id in (select project_id from accessible_projects(\(viewer)))
                returning id
                """)
            guard let asset = assets.first else { throw WorkflowError.notFound("A project") }
            let assetID = asset.uuid(0)
            let uploads = try await transaction.query(
                """
                insert into uploads (asset_id, incoming_key, maximum_bytes, expires_at)
                values (
                    \(assetID), \(Self.incomingKey(assetID)), \(byteCount),
                    now() + make_interval(secs => \(Self.ticketLifetime.seconds))
                )
                returning expires_at
                """)
            guard let upload = uploads.first else { throw WorkflowError(.inconsistentData, "No upload was made.") }
            return Ticket(
                assetID: assetID, uploadID: assetID.text, mediaType: mediaType, maximumBytes: byteCount,
                validForSeconds: Int(Self.ticketLifetime.seconds), expiresAt: upload.timestamp(0))
        }
    }

    /// Stores the bytes that came for a ticket.
    ///
    /// The caller has checked the URL's signature and the number of bytes.
    ///
    /// Throws `notFound` when the ticket was used up or does not exist, and what the object store throws.
    public func receive(_ content: ObjectContent, uploadID: String) async throws {
        guard let assetID = UUID(uuidString: uploadID) else { throw WorkflowError.notFound("An upload") }
        let uploads = try await pool.query(
            "select incoming_key from uploads where asset_id = \(assetID) and expires_at > now()")
        guard let upload = uploads.first else { throw WorkflowError.notFound("An upload") }
        try await objects.put(content, at: try ObjectKey(upload.string(0)))
    }

    /// How long a file that was announced and never completed is kept once its ticket has ended.
    public static let graceAfterExpiry: Duration = .seconds(3600)

    /// Deletes files that were announced and never came, or came and were never completed, and gives their number.
    ///
    /// So they do whose check died. What arrived and was stored of them goes with them.
    @discardableResult
    public func deleteExpired() async throws -> Int {
        try await pool.withTransaction { transaction in
            let deleted = try await transaction.query(
                """
                delete from assets
                using uploads
                where uploads.asset_id = assets.id
                and uploads.expires_at < now() - make_interval(secs => \(Self.graceAfterExpiry.seconds))
                and (
                    assets.state = 'PENDING'
                    or uploads.check_started_at < now() - make_interval(secs => \(Self.checkDeadline.seconds))
                )
                and not asset_is_used(assets.id)
                returning assets.id, assets.project_id, uploads.check_token
                """)
            for row in deleted {
                try await Self.deleteCopy(
                    of: row.uuid(0), projectID: row.uuid(1), checkedBy: row.optionalUUID(2), in: transaction)
            }
            return deleted.count
        }
    }

    /// Schedules the deletion of what a check that died may have stored.
    static func deleteCopy(
        of assetID: UUID, projectID: UUID, checkedBy token: UUID?, in transaction: Transaction
    ) async throws {
        guard let token else { return }
        for key in try keys(beside: checkedKey(of: assetID, projectID: projectID, checkedBy: token)) {
            try await JobStore.enqueue(
                .objectDeletion, key: UUID().text, payload: ["objectKey": .string(key.text)], maximumAttempts: 20,
                in: transaction)
        }
    }

    /// All that a check may store: the checked bytes at a key, and the copies of a picture beside them.
    static func keys(beside key: String) throws -> [ObjectKey] {
        let key = try ObjectKey(key)
        return [key, try Thumbnail.key(for: key), try previewKey(for: key), try convertedKey(for: key)]
    }

    /// Where the copy for screens of the object at `key` is.
    static func previewKey(for key: ObjectKey) throws -> ObjectKey { try ObjectKey(key.text + "-preview") }

    /// Where the object at `key` is in a format that everybody reads.
    static func convertedKey(for key: ObjectKey) throws -> ObjectKey { try ObjectKey(key.text + "-converted") }

    /// Where the checked bytes of a file go: a key that no other check of the same file writes to.
    static func checkedKey(of assetID: UUID, projectID: UUID, checkedBy token: UUID) -> String {
        "projects/\(projectID.text)/assets/\(assetID.text)/\(token.text)"
    }

    /// Where the bytes of a file arrive.
    static func incomingKey(_ assetID: UUID) -> String { "incoming/\(assetID.text)" }
}
