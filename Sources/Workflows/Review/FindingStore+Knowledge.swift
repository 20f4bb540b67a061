public import Database
public import FoundationEssentials

// What is worth knowing beyond a review: a project's knowledge.
extension FindingStore {
    /// Keeps a finding as knowledge of the project, and gives the entry's id.
    ///
    /// The entry says what the finding says now, whatever becomes of it and of its material. `scope` is who reads it, by the
    /// names of the API's KnowledgeScope.
    ///
    /// - Throws: ``WorkflowError``: `forbidden` for who may not share so far.
    public func promote(
        viewer: UUID, findingID: UUID, notes: String, tags: [String], scope: String = "PROJECT"
    ) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let finding = try await LiveFinding.lock(findingID, viewer: viewer, in: transaction)
            try await LiveKnowledge.requireRight(to: scope, viewer: viewer, in: finding.projectID, transaction)
            var check = InputCheck()
            let notes = check.text(notes, ["notes"])
            let tags = check.knowledgeTags(tags)
            try check.finish()
            let row = try await transaction.queryFirst(
                """
                insert into promoted_findings (
                    project_id, finding_id, description, severity, suggestion, area_x, area_y, area_width,
                    area_height, image_width, image_height, start_seconds, end_seconds, rpd_version_id, rpd_title,
                    rpd_version_number, asset_id, notes, tags, scope, created_by
                )
                select findings.project_id, findings.id, findings.description, severity, suggestion, area_x, area_y,
                    area_width, area_height, image_width, image_height, start_seconds, end_seconds, versions.id,
                    versions.title, versions.version_number, contents.asset_id, \(notes), \(tags), \(scope),
                    \(viewer)
                from findings
                join reviews on reviews.id = findings.review_id
                join subtask_contents as contents on contents.id = reviews.content_id
                join rpd_versions as versions on versions.id = findings.rpd_version_id
                where findings.id = \(findingID)
                on conflict (finding_id) do nothing
                returning id
                """)
            guard let row else {
                throw WorkflowError(problems: [
                    InputProblem(["findingId"], .duplicate, "The finding is knowledge of the project already.")
                ])
            }
            return row.uuid(0)
        }
    }

    /// Changes the notes, tags and scope of an entry; nil leaves them as they are.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    ///
    /// - Throws: ``WorkflowError``: `notFound`, or `forbidden` for who only reads the entry or may not share so far.
    public func updatePromotion(
        viewer: UUID, promotionID: UUID, notes: String?, tags: [String]?, scope: String? = nil,
        expectedUpdatedAt: Timestamp? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            let entry = try await LiveKnowledge.lock(promotionID, viewer: viewer, in: transaction)
            if let scope {
                try await LiveKnowledge.requireRight(to: scope, viewer: viewer, in: entry.projectID, transaction)
            }
            var check = InputCheck()
            let notes = notes.map { check.text($0, ["notes"]) }
            let tags = tags.map { check.knowledgeTags($0) }
            check.unchanged(since: expectedUpdatedAt, entry.updatedAt)
            try check.finish()
            _ = try await transaction.query(
                """
                update promoted_findings
                set notes = coalesce(\(notes), notes),
                    tags = coalesce(\(tags), tags),
                    scope = coalesce(\(scope), scope)
                where id = \(promotionID)
                """)
        }
    }

    /// Takes an entry back; its finding stays.
    ///
    /// - Throws: ``WorkflowError``: `notFound`, or `forbidden` for who only reads the entry or may not share so far.
    public func deletePromotion(viewer: UUID, promotionID: UUID) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveKnowledge.lock(promotionID, viewer: viewer, in: transaction)
            _ = try await transaction.query("delete from promoted_findings where id = \(promotionID)")
        }
    }
}

extension InputCheck {
    /// Checks the words by which an entry is found.
    fileprivate mutating func knowledgeTags(_ tags: [String]) -> [String] {
        if tags.count > 100 { fail(["tags"], .tooLong, "At most 100 tags are allowed.") }
        return tags.enumerated().map { name($1, ["tags", String($0)], maximum: 100) }
    }
}
