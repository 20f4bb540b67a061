import Clients
import Database
import FoundationEssentials
import Imaging

/// A picture that the system has made, stored under its key, with its small copy beside it.
struct StoredPicture: Sendable {
    let objectKey: String
    let thumbnailKey: String
    let mediaType: String
    let width: Int
    let height: Int
    let byteCount: Int
    /// 64 hexadecimal digits.
    let sha256: String

    /// Makes a file of the project of it, `READY`, as part of the caller's transaction; returns its id.
    func insertAsset(
        projectID: UUID, purpose: String, fileName: String, createdBy: UUID?, in transaction: Transaction
    ) async throws -> UUID {
        let row = try await transaction.queryFirst(
            """
            insert into assets (
                project_id, purpose, state, file_name, media_type, byte_count, object_key, thumbnail_key, width,
                height, sha256, created_by
            )
            values (
                \(projectID), \(purpose), 'READY', \(fileName), \(mediaType), \(byteCount), \(objectKey),
                \(thumbnailKey), \(width), \(height), \(sha256), \(createdBy)
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
