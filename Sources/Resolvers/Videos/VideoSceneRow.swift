import Clients
import Database
import Foundation
import GraphQL
import Schema

/// A row of `video_scenes`, with what signs the URLs of its pictures.
struct VideoSceneRow: Entity {
    typealias Object = VideoSceneType
    static let table = "video_scenes"
    static let columns = [
        "id", "asset_id", "number", "start_seconds", "end_seconds", "start_frame", "end_frame", "middle_seconds",
        "frame_key", "thumbnail_key", "created_at",
    ]
    static let accessColumn = "project_id"

    let row: Row

    static func fields(_ urls: FileURLs) -> VideoSceneFields<VideoSceneRow> {
        VideoSceneFields<VideoSceneRow>(
            id: { $0.id },
            number: { $0.row.int32(2) },
            startSeconds: { $0.row.double(3) },
            endSeconds: { $0.row.double(4) },
            startFrame: { $0.row.int32(5) },
            endFrame: { $0.row.int32(6) },
            middleSeconds: { $0.row.double(7) },
            frameUrl: { urls.jpeg($0.row.string(8), fileName: "frame.jpg") },
            thumbnailUrl: { urls.thumbnail($0.row.string(9)) },
            asset: { scenes, call in try await call.one(scenes, { $0.row.uuid(1) }, as: AssetRow.self) },
            createdAt: { $0.row.dateTime(10) })
    }

    /// The scenes of a video's file in their order.
    ///
    /// Over the versions that have the file, Postgres would not see that the index gives the order.
    static let ofFile = ListDefinition<VideoSceneRow>(of: "asset_id", order: [.integer("number")], isDescending: false)
}

/// The object of `SceneDetection`.
struct SceneDetectionSource: ObjectSource {
    typealias Object = SceneDetectionType

    let row: Row

    static let fields = SceneDetectionFields<SceneDetectionSource>(
        status: { $0.row.enumeration(1) },
        progress: { $0.row.double(2) },
        errorCode: { $0.row.optionalLeaf(3) },
        errorMessage: { $0.row.optionalLeaf(4) },
        startedAt: { $0.row.optionalDateTime(5) },
        finishedAt: { $0.row.optionalDateTime(6) })

    /// How far the search is for the videos of versions.
    ///
    /// Who sees the version sees this.
    static func of(_ contents: [SubtaskContentRow], _ call: FieldCall) async throws -> Objects<SceneDetectionType> {
        let rows = try await call.request.services.pool.query(
            """
            select contents.id, detections.status, detections.progress, detections.error_code,
                detections.error_message, detections.started_at, detections.finished_at
            from subtask_contents as contents
            join scene_detections as detections on detections.asset_id = contents.asset_id
            where contents.id = any(\(contents.map(\.key)))
            """)
        return call.object(of: contents, in: rows, SceneDetectionSource.init)
    }
}
