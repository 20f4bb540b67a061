import Clients
import Database
import FoundationEssentials
import Imaging

/// A file that the system has made or found, stored under its key, with its small copy beside it.
struct StoredFile: Sendable {
    let objectKey: String
    /// Nil for what cannot be seen.
    let thumbnailKey: String?
    let mediaType: String
    /// In pixels; nil for what cannot be seen.
    let width: Int?
    /// In pixels; nil for what cannot be seen.
    let height: Int?
    let byteCount: Int
    /// 64 hexadecimal digits.
    let sha256: String
    /// How long a video or a recording lasts.
    var durationSeconds: Double?
    /// The frames of a video in a second, on average.
    var frameRate: Double?

    /// The keys of all that is stored.
    var keys: [ObjectKey] {
        get throws { try ([objectKey] + [thumbnailKey].compactMap { $0 }).map { try ObjectKey($0) } }
    }

    /// Makes a file of the project of it, `READY`, as part of the caller's transaction; returns its id.
    func insertAsset(
        projectID: UUID, purpose: String, fileName: String, createdBy: UUID?, in transaction: Transaction
    ) async throws -> UUID {
        let row = try await transaction.queryFirst(
            """
            insert into assets (
                project_id, purpose, state, file_name, media_type, byte_count, object_key, thumbnail_key, width,
                height, duration_seconds, frame_rate, sha256, created_by
            )
            values (
                \(projectID), \(purpose), 'READY', \(fileName), \(mediaType), \(byteCount), \(objectKey),
                \(thumbnailKey), \(width), \(height), \(durationSeconds), \(frameRate), \(sha256), \(createdBy)
            )
            returning id
            """)
        guard let row else { throw WorkflowError(.inconsistentData, "A file got no id.") }
        return row.uuid(0)
    }
}

/// The small copies of pictures, which lists show: JPEG, transparent parts on white, never enlarged.
enum Thumbnail {
    /// The longer side in pixels: a card of 240 points on a screen with two pixels a point.
    static let side = 480
    /// The type of all small copies.
    static let mediaType = "image/jpeg"

    /// The small copy of a picture; computes.
    static func bytes(of picture: Picture) throws -> [UInt8] {
        try picture.fitted(into: side).jpegBytes(quality: 85)
    }

    /// Where the small copy of the object at `key` is.
    static func key(for key: ObjectKey) throws -> ObjectKey { try ObjectKey(key.text + "-small") }
}

/// The copies of pictures that screens show large: JPEG, transparent parts on white, never enlarged.
enum Preview {
    /// The most columns.
    static let width = 1920
    /// The most rows.
    static let height = 1080

    /// The copy of a picture; computes.
    static func bytes(of picture: Picture) throws -> [UInt8] {
        try picture.fitted(intoWidth: width, height: height).jpegBytes(quality: 85)
    }
}
