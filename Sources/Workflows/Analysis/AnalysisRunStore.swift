import Clients
import Database
import FoundationEssentials

/// What the worker of a look at a picture writes, each time only while the look is `PROCESSING` under this run's token.
struct AnalysisRunStore: Sendable {
    /// What is to be looked at.
    struct Plan: Sendable {
        let analysisID: UUID
        let projectID: UUID
        let subtaskID: UUID
        let runToken: UUID
        let kind: AnalysisKind
        let contentKey: String
        /// What the file is if it is a video; nil for a picture.
        let video: Video?
        /// Whom to look for; empty when objects are looked for.
        let candidates: [Candidate]
    }

    /// A video that has been measured.
    struct Video: Sendable {
        let durationSeconds: Double
        let width: Int
        let height: Int
    }

    /// A character with pictures.
    struct Candidate: Sendable {
        let characterID: UUID
        let name: String
        /// The main picture first, then the gallery in its order.
        let pictures: [(assetID: UUID, key: String)]
    }

    /// The most pictures of a character that are compared.
    static let maximumPictures = 6

    let pool: ConnectionPool

    /// Takes the look over; nil when it has ended or is gone.
    func begin(_ job: Job, analysisID: UUID) async throws -> Plan? {
        try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select analyses.project_id, analyses.subtask_id, analyses.kind, analyses.status, assets.picture_key,
                    assets.duration_seconds, assets.width, assets.height
                from picture_analyses as analyses
                join subtask_contents as contents on contents.id = analyses.content_id
                join assets on assets.id = contents.asset_id
                where analyses.id = \(analysisID)
                and analyses.status in ('PENDING', 'PROCESSING')
                for no key update of analyses
                """)
            guard let row else { return nil }
            guard let kind = AnalysisKind(rawValue: row.string(2)), let key = row.optionalString(4) else {
                throw WorkflowError(.inconsistentData, "A look at a picture has no kind or no file.")
            }
            try await RunRow.requireLease(job, in: transaction)
            _ = try await transaction.query(
                """
                update picture_analyses
                set status = 'PROCESSING', run_token = \(job.leaseToken), started_at = coalesce(started_at, now())
                where id = \(analysisID)
                """)
            if row.string(3) == "PENDING" { try await TaskEvents.analysisChanged(analysisID, in: transaction) }
            return Plan(
                analysisID: analysisID, projectID: row.uuid(0), subtaskID: row.uuid(1), runToken: job.leaseToken,
                kind: kind, contentKey: key, video: Self.video(row, from: 5),
                candidates: kind == .characters
                    ? try await Self.candidates(of: row.uuid(0), in: transaction) : [])
        }
    }

    private static func video(_ row: Row, from column: Int) -> Video? {
        guard let duration = row.optionalDouble(column), let width = row.optionalInt(column + 1),
            let height = row.optionalInt(column + 2)
        else { return nil }
        return Video(durationSeconds: duration, width: width, height: height)
    }

    /// The project's characters that have pictures, oldest first.
    static func candidates(of projectID: UUID, in transaction: Transaction) async throws -> [Candidate] {
        let rows = try await transaction.query(
            """
            select characters.id, characters.name, array_agg(pictures.asset_id order by pictures.place),
                array_agg(pictures.picture_key order by pictures.place)
            from characters
            join lateral (
                select ranked.asset_id, assets.picture_key, min(ranked.place) as place
                from (
                    select characters.picture_id as asset_id, 0 as place
                    union all
                    select links.asset_id, links.position
                    from character_pictures as links
                    where links.character_id = characters.id
                    and links.kind = 'GALLERY'
                ) as ranked
                join assets on assets.id = ranked.asset_id
                where assets.state = 'READY'
                and assets.width is not null
                and assets.duration_seconds is null
                group by ranked.asset_id, assets.picture_key
                order by place
                limit \(maximumPictures)
            ) as pictures on true
            where characters.project_id = \(projectID)
            and characters.deleted_at is null
            group by characters.id
            order by characters.created_at, characters.id
            """)
        return rows.map { row in
            Candidate(
                characterID: row.uuid(0), name: row.string(1),
                pictures: Array(zip(row.array(2, of: UUID.self), row.array(3, of: String.self))).map { ($0, $1) })
        }
    }

    /// Stores who was seen; from now on that is what the subtask is taken to show.
    func complete(_ plan: Plan, seen: [SeenCharacter], modelName: String) async throws {
        try await write(plan) { transaction in
            for character in seen {
                let candidate = plan.candidates[character.sample]
                _ = try await transaction.query(
                    """
                    insert into picture_analysis_characters (
                        analysis_id, character_id, project_id, confidence, asset_id, area_x, area_y, area_width,
                        area_height
                    )
                    select \(plan.analysisID), characters.id, \(plan.projectID), \(character.confidence),
                        \(character.reference.map { candidate.pictures[$0].assetID }), \(character.area?.x),
                        \(character.area?.y), \(character.area?.width), \(character.area?.height)
                    from characters
                    where characters.id = \(candidate.characterID)
                    """)
            }
            _ = try await transaction.query(
                "delete from subtask_characters where subtask_id = \(plan.subtaskID) and is_predicted")
            _ = try await transaction.query(
                """
                insert into subtask_characters (subtask_id, character_id, is_predicted, project_id)
                select \(plan.subtaskID), character_id, true, project_id
                from picture_analysis_characters
                where analysis_id = \(plan.analysisID)
                """)
            try await Self.complete(plan, modelName, transaction)
        }
    }

    /// Stores what was seen where.
    func complete(_ plan: Plan, seen: [SeenObject], modelName: String) async throws {
        try await write(plan) { transaction in
            for (index, object) in seen.enumerated() {
                _ = try await transaction.query(
                    """
                    insert into picture_analysis_objects (
                        analysis_id, position, project_id, label, confidence, area_x, area_y, area_width, area_height
                    )
                    values (
                        \(plan.analysisID), \(index + 1), \(plan.projectID), \(object.label), \(object.confidence),
                        \(object.area.x), \(object.area.y), \(object.area.width), \(object.area.height)
                    )
                    """)
            }
            try await Self.complete(plan, modelName, transaction)
        }
    }

    /// Says that the picture can never be looked at.
    func fail(_ plan: Plan, code: String, message: String) async throws {
        try await write(plan) { transaction in
            try await RunRow(.pictureAnalyses, plan.analysisID).fail(code: code, message: message, in: transaction)
        }
    }

    /// Says the same for a job that was tried too often.
    func fail(_ job: Job, analysisID: UUID, code: String, message: String) async throws {
        let row = RunRow(.pictureAnalyses, analysisID)
        try await pool.withTransaction { transaction in
            guard try await row.lockActive(for: job, in: transaction) else { return }
            try await row.fail(code: code, message: message, in: transaction)
            try await TaskEvents.analysisChanged(analysisID, in: transaction)
        }
    }

    private static func complete(_ plan: Plan, _ modelName: String, _ transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            update picture_analyses
            set status = 'COMPLETED', run_token = null, model_name = \(modelName), finished_at = now()
            where id = \(plan.analysisID)
            """)
    }

    /// Writes under the run's token, and tells of it.
    private func write(_ plan: Plan, _ body: @Sendable (Transaction) async throws -> Void) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.pictureAnalyses, plan.analysisID).requireRun(plan.runToken, in: transaction)
            try await body(transaction)
            try await TaskEvents.analysisChanged(plan.analysisID, in: transaction)
        }
    }
}
