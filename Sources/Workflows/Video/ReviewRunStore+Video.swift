import Clients
import Database
import FoundationEssentials
import JSON

extension ReviewRunStore {
    /// The scenes of a video in their order.
    func scenes(of assetID: UUID) async throws -> [ReviewScene] {
        try await pool.query(
            """
            select id, number, start_seconds, end_seconds, frame_key
            from video_scenes
            where asset_id = \(assetID)
            order by number
            """
        ).map { row in
            ReviewScene(
                id: row.uuid(0), number: row.int(1), startSeconds: row.double(2), endSeconds: row.double(3),
                frameKey: row.string(4))
        }
    }

    /// What earlier runs of the review have stored, by outcome and scene.
    func sceneResults(of plan: ReviewPlan, scenes: [ReviewScene]) async throws -> [UUID: [UUID: SceneResult]] {
        let byID = Dictionary(uniqueKeysWithValues: scenes.map { ($0.id, $0) })
        let rows = try await pool.query(
            """
            select outcome_id, scene_id, status, error_code, error_message, measurements, findings
            from review_scene_results
            where review_id = \(plan.reviewID)
            """)
        var results: [UUID: [UUID: SceneResult]] = [:]
        for row in rows {
            guard let scene = byID[row.uuid(1)], let state = OutcomeState(rawValue: row.string(2)) else { continue }
            let findings = try JSONReader.read(row.jsonb(6).bytes).array ?? []
            results[row.uuid(0), default: [:]][scene.id] = SceneResult(
                scene: scene, state: state, errorCode: row.optionalString(3), message: row.optionalString(4),
                measurements: try row.optionalJSONB(5).map { try JSONReader.read($0.bytes) },
                findings: findings.compactMap { FindingDraft($0) })
        }
        return results
    }

    /// Stores what came of a review point in a scene, once however often it is looked at.
    func store(
        _ result: SceneResult, of check: ReviewPlan.Check, scenesTotal: Int, in plan: ReviewPlan
    ) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.reviews, plan.reviewID).requireRun(plan.runToken, in: transaction)
            let inserted = try await transaction.query(
                """
                insert into review_scene_results (
                    outcome_id, scene_id, review_id, project_id, status, error_code, error_message, measurements,
                    findings
                )
                values (
                    \(check.outcomeID), \(result.scene.id), \(plan.reviewID), \(plan.projectID),
                    \(result.state.rawValue), \(result.errorCode), \(result.message),
                    \(result.measurements.map { JSONB($0.encoded()) }),
                    \(JSONB(JSONValue.array(result.findings.map(\.json)).encoded()))
                )
                on conflict do nothing
                """)
            guard inserted.affectedRows == 1 else { return }
            let finished = try await transaction.queryFirst(
                "select count(*) from review_scene_results where outcome_id = \(check.outcomeID)")
            try await EventStore.append(
                .reviewSceneChecked,
                [
                    "reviewId": .string(plan.reviewID.text), "outcomeId": .string(check.outcomeID.text),
                    "sceneId": .string(result.scene.id.text), "status": .string(result.state.rawValue),
                    "scenesFinished": .int(Int64(finished?.int(0) ?? 0)), "scenesTotal": .int(Int64(scenesTotal)),
                ], to: .review(plan.reviewID), in: transaction)
        }
    }
}
