public import Clients
public import Database
public import EventLoop
import FoundationEssentials
import Imaging

/// Measures how pictures look, once for each file of the registry.
public struct VectorRun: JobHandler {
    private let pool: ConnectionPool
    private let objects: any ObjectStore
    private let blocking: BlockingPool

    /// Makes a handler for the jobs of kind `vector`.
    public init(pool: ConnectionPool, objects: any ObjectStore, blocking: BlockingPool = .shared) {
        self.pool = pool
        self.objects = objects
        self.blocking = blocking
    }

    /// Jobs of kind `vector`.
    public var kind: JobKind { .vector }

    /// Measures the file that the job is about, unless it is gone.
    public func run(_ job: Job) async throws {
        let assetID = try job.keyID()
        let row = try await pool.queryFirst("select picture_key from assets where id = \(assetID) and state = 'READY'")
        guard let key = row?.optionalString(0) else { return }
        let vectors = try await Self.vectors(of: try ObjectKey(key), areas: [nil], objects, blocking)
        // The file may have gone meanwhile.
        _ = try await pool.query(
            """
            insert into asset_vectors (asset_id, vector)
            select id, \(vectors.first?.bytes)
            from assets
            where id = \(assetID)
            on conflict (asset_id) do nothing
            """)
    }

    /// Without its vector a picture is not found; nothing else depends on it.
    public func bury(_ job: Job, reason: String) async throws {}

    /// Has files of the registry measured, as part of the caller's transaction.
    static func enqueue(_ assetID: UUID, in transaction: Transaction) async throws {
        try await JobStore.enqueue(.vector, key: assetID.text, in: transaction)
    }

    /// Measures parts of a stored picture, or all of it for a part that is nil.
    static func vectors(
        of key: ObjectKey, areas: [BoundingBox?], _ objects: any ObjectStore, _ blocking: BlockingPool
    ) async throws -> [PictureVector] {
        let bytes = try await objects.get(key)
        return try await blocking.run("measuring a picture") {
            let picture = try Picture.decode(.bytes(bytes), limits: FileInspector().limits)
            return try areas.map { area in
                guard let area else { return try PictureVector(of: picture) }
                let part = area.pixels(imageWidth: picture.width, imageHeight: picture.height)
                return try PictureVector(
                    of: try picture.cropped(
                        to: PixelRectangle(x: part.x, y: part.y, width: part.width, height: part.height)))
            }
        }
    }
}
