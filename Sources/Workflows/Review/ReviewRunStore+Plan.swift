import Clients
import Database
import FoundationEssentials
import JSON

extension ReviewRunStore {
    /// Reads what is left to do, inside the transaction that took the review over.
    static func plan(
        _ reviewID: UUID, runToken: UUID, in transaction: Transaction
    ) async throws -> ReviewPlan {
        let contents = try await transaction.query(
            """
            select reviews.project_id, reviews.mode, assets.picture_key, assets.media_type, assets.width, assets.height,
                assets.id
            from reviews
            join subtask_contents as contents on contents.id = reviews.content_id
            join assets on assets.id = contents.asset_id
            where reviews.id = \(reviewID)
            """)
        guard let content = contents.first, let key = content.optionalString(2),
            let medium = ReviewPlan.Medium(
                mediaType: content.string(3), assetID: content.uuid(6), isMeasured: content.optionalInt(4) != nil)
        else {
            throw WorkflowError(.contentUnreadable, "The reviewed file is no material that has been checked.")
        }
        return ReviewPlan(
            reviewID: reviewID, projectID: content.uuid(0), runToken: runToken, mode: content.string(1),
            contentKey: key, mediaType: content.string(3), medium: medium,
            imageWidth: content.optionalInt(4), imageHeight: content.optionalInt(5),
            checks: try await checks(of: reviewID, in: transaction))
    }

    private static func checks(of reviewID: UUID, in transaction: Transaction) async throws -> [ReviewPlan.Check] {
        let rows = try await transaction.query(
            """
            select outcomes.id, versions.id, rpds.kind, versions.title,
                \(unsafeSQL: RpdContent.fullInstruction), versions.tags,
                versions.ng_subcategory,
                array(
                    select assets.picture_key
                    from rpd_version_assets as entries
                    join assets on assets.id = entries.asset_id
                    where entries.rpd_version_id = versions.id
                    and assets.picture_key is not null
                    order by entries.position
                ), versions.readiness, versions.visual_check, versions.appellations, versions.special_rules
            from review_outcomes as outcomes
            join rpd_versions as versions on versions.id = outcomes.rpd_version_id
            join rpds on rpds.id = versions.rpd_id
            where outcomes.review_id = \(reviewID)
            and outcomes.status in ('PENDING', 'RUNNING')
            order by outcomes.position
            """)
        return try rows.map { row in
            ReviewPlan.Check(
                outcomeID: row.uuid(0), versionID: row.uuid(1), kind: row.string(2), title: row.string(3),
                instruction: row.string(4), tags: row.array(5), ngSubcategory: row.optionalString(6),
                referenceKeys: row.array(7), readiness: RpdReadiness(rawValue: row.string(8)) ?? .pending,
                visualCheck: row.optionalString(9).flatMap(VisualCheck.init(name:)),
                appellations: try row.optionalJSONB(10).map { try JSONReader.read($0.bytes) },
                specialRules: try JSONReader.read(row.jsonb(11).bytes).array?.compactMap(SpecialRule.init) ?? [])
        }
    }
}
