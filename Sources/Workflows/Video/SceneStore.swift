import Database
import FoundationEssentials

/// Asks for the scenes of videos, as part of what people do with them.
///
/// What the worker writes is in `SceneRunStore`.
enum SceneStore {
    /// How far the search for a video's scenes is; the raw values are stored, and are those of the API.
    enum Status: String {
        case pending = "PENDING"
        case running = "RUNNING"
        case completed = "COMPLETED"
        case failed = "FAILED"
    }

    /// Has the scenes of a file found if it is a video, once, and again if that has failed.
    static func request(_ assetID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            """
            insert into scene_detections (project_id, asset_id)
            select project_id, id
            from assets
            where id = \(assetID)
            and media_type = any(\(MediaInspector.videoTypes))
            on conflict (asset_id) do update
            set status = 'PENDING', attempt = scene_detections.attempt + 1, progress = 0, error_code = null,
                error_message = null, started_at = null, finished_at = null
            where scene_detections.status = 'FAILED'
            returning id, attempt
            """)
        guard let row else { return }
        try await JobStore.enqueue(
            .scenes, key: "\(row.uuid(0).text)/\(row.int(1))", maximumAttempts: 3, in: transaction)
        try await TaskEvents.scenesChanged(assetID, in: transaction)
    }

    /// Does the same for the file of a version.
    static func request(ofContent contentID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            "select asset_id from subtask_contents where id = \(contentID)")
        if let row { try await request(row.uuid(0), in: transaction) }
    }

    /// How far the search for a file's scenes is; nil if nobody has asked for them.
    static func status(of assetID: UUID, in pool: ConnectionPool) async throws -> Status? {
        let row = try await pool.queryFirst("select status from scene_detections where asset_id = \(assetID)")
        return row.flatMap { Status(rawValue: $0.string(0)) }
    }
}
