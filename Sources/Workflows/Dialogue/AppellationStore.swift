public import Clients
public import Database
public import EventLoop
public import FoundationEssentials

/// Tables of appellations in the files of projects.
public struct AppellationStore: Sendable {
    private let pool: ConnectionPool
    private let objects: any ObjectStore
    private let blocking: BlockingPool

    /// Makes a store over a pool and a place for files.
    public init(pool: ConnectionPool, objects: any ObjectStore, blocking: BlockingPool = .shared) {
        self.pool = pool
        self.objects = objects
        self.blocking = blocking
    }

    /// Reads the table of a checked file; nil if the viewer has no such file.
    public func table(viewer: UUID, assetID: UUID) async throws -> AppellationTable? {
        let row = try await pool.queryFirst(
            """
            select object_key, media_type
            from assets
            where id = \(assetID)
            and state = 'READY'
            and purpose = \(FilePurpose.appellationTable.rawValue)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        guard let row, let text = row.optionalString(0) else { return nil }
        let key = try ObjectKey(text)
        let mediaType = row.string(1)
        guard try await objects.size(of: key) != nil else { return nil }
        let bytes = try await objects.get(key)
        return try await blocking.run("reading a table of appellations") {
            // The file was read when it was sent.
            try? AppellationFile.table(bytes, mediaType: mediaType)
        }
    }
}
