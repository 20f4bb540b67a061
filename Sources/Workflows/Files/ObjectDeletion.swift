public import Clients
public import Database
import JSON

/// Deletes the bytes of rows that are gone.
///
/// Triggers ask for it in the transaction that deletes the row, so that no crash comes between the two. A key is made for
/// one row and taken over by others only from rows that have it: once no row names it, none ever will.
public struct ObjectDeletion: JobHandler {
    private let pool: ConnectionPool
    private let objects: any ObjectStore

    /// Makes a handler for the jobs of kind `object-deletion`.
    public init(pool: ConnectionPool, objects: any ObjectStore) {
        self.pool = pool
        self.objects = objects
    }

    /// Jobs of kind `object-deletion`.
    public var kind: JobKind { .objectDeletion }

    /// Deletes the object, unless a row still names it; one that is gone already is no error.
    public func run(_ job: Job) async throws {
        guard let text = job.payload["objectKey"]?.string else {
            throw JobFailure.permanent(reason: "The job names no object.")
        }
        let named = try await pool.queryFirst(
            """
            select 1 from assets where object_key = \(text)
            union all
            select 1 from assets where thumbnail_key = \(text)
            union all
            select 1 from assets where preview_key = \(text)
            union all
            select 1 from assets where converted_key = \(text)
            union all
            select 1 from generated_references where object_key = \(text) or thumbnail_key = \(text)
            union all
            select 1 from video_scenes where frame_key = \(text) or thumbnail_key = \(text)
            union all
            select 1 from uploads where incoming_key = \(text)
            limit 1
            """)
        guard named == nil else { return }
        try await objects.delete(try ObjectKey(text))
    }

    /// What stays takes up room, and nobody sees it.
    public func bury(_ job: Job, reason: String) async throws {}
}
