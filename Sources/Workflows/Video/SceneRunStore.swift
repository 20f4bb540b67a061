import Clients
import Database
import FoundationEssentials

/// What the worker of a search for scenes writes, each time only while it is `RUNNING` under this run's token.
struct SceneRunStore: Sendable {
    /// What is to be searched.
    struct Plan: Sendable {
        let detectionID: UUID
        let projectID: UUID
        let assetID: UUID
        let runToken: UUID
        let objectKey: ObjectKey
        let durationSeconds: Double
        let width: Int
        let height: Int
    }

    let pool: ConnectionPool

    /// Takes the search over; nil when this attempt has ended or the file is gone.
    ///
    /// What an earlier run has found of it is forgotten: the same is found again.
    func begin(_ job: Job) async throws -> Plan? {
        let (detectionID, attempt) = try job.keyAttempt()
        return try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select detections.project_id, detections.asset_id, assets.object_key, assets.duration_seconds,
                    assets.width, assets.height
                from scene_detections as detections
                join assets on assets.id = detections.asset_id
                where detections.id = \(detectionID)
                and detections.attempt = \(attempt)
                and detections.status in ('PENDING', 'RUNNING')
                for no key update of detections
                """)
            guard let row else { return nil }
            guard let key = row.optionalString(2), let duration = row.optionalDouble(3), let width = row.optionalInt(4),
                let height = row.optionalInt(5)
            else { throw WorkflowError(.inconsistentData, "A video has not been measured.") }
            try await RunRow.requireLease(job, in: transaction)
            _ = try await transaction.query(
                """
                update scene_detections
                set status = 'RUNNING', run_token = \(job.leaseToken), progress = 0,
                    started_at = coalesce(started_at, now())
                where id = \(detectionID)
                """)
            _ = try await transaction.query("delete from video_scenes where asset_id = \(row.uuid(1))")
            try await TaskEvents.scenesChanged(row.uuid(1), in: transaction)
            return Plan(
                detectionID: detectionID, projectID: row.uuid(0), assetID: row.uuid(1), runToken: job.leaseToken,
                objectKey: try ObjectKey(key), durationSeconds: duration, width: width, height: height)
        }
    }

    /// Says how far the search is, from 0 to 1.
    func progress(_ fraction: Double, _ plan: Plan) async throws {
        try await write(plan) { transaction in
            _ = try await transaction.query(
                "update scene_detections set progress = \(fraction) where id = \(plan.detectionID)")
        }
    }

    /// Stores a scene with the pictures of its middle.
    func store(
        _ scene: VideoScene, number: Int, frame: ObjectKey, thumbnail: ObjectKey, progress: Double, _ plan: Plan
    ) async throws {
        try await write(plan) { transaction in
            _ = try await transaction.query(
                """
                insert into video_scenes (
                    project_id, asset_id, number, start_seconds, end_seconds, start_frame, end_frame, middle_seconds,
                    frame_key, thumbnail_key
                )
                values (
                    \(plan.projectID), \(plan.assetID), \(number), \(scene.startSeconds), \(scene.endSeconds),
                    \(scene.startFrame), \(scene.endFrame), \(scene.middleSeconds), \(frame.text), \(thumbnail.text)
                )
                """)
            _ = try await transaction.query(
                "update scene_detections set progress = \(progress) where id = \(plan.detectionID)")
        }
    }

    /// Says that all scenes are stored.
    func complete(_ plan: Plan) async throws {
        try await write(plan) { transaction in
            _ = try await transaction.query(
                """
                update scene_detections
                set status = 'COMPLETED', run_token = null, progress = 1, finished_at = now()
                where id = \(plan.detectionID)
                """)
        }
    }

    /// Says that the video's scenes cannot be found.
    func fail(_ plan: Plan, code: String, message: String) async throws {
        try await write(plan) { transaction in
            try await RunRow(.sceneDetections, plan.detectionID).fail(code: code, message: message, in: transaction)
        }
    }

    /// Says the same for a job that was tried too often.
    func fail(_ job: Job, code: String, message: String) async throws {
        let row = RunRow(.sceneDetections, try job.keyAttempt().id)
        try await pool.withTransaction { transaction in
            guard try await row.lockActive(for: job, in: transaction) else { return }
            try await row.fail(code: code, message: message, in: transaction)
            let detection = try await transaction.queryFirst(
                "select asset_id from scene_detections where id = \(row.id)")
            if let detection { try await TaskEvents.scenesChanged(detection.uuid(0), in: transaction) }
        }
    }

    /// Writes under the run's token, and tells of it.
    private func write(_ plan: Plan, _ body: @Sendable (Transaction) async throws -> Void) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.sceneDetections, plan.detectionID).requireRun(plan.runToken, in: transaction)
            try await body(transaction)
            try await TaskEvents.scenesChanged(plan.assetID, in: transaction)
        }
    }
}
