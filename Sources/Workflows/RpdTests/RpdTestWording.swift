import Database
import FoundationEssentials
import JSON

/// What a try checks: a copy, so that it stays what it was whatever becomes of the review point.
struct RpdTestWording: Sendable {
    let kind: String
    let content: RpdContent
    let rpdID: UUID?
    let versionID: UUID?

    /// Makes a try of it on one material, with its job, and gives its id.
    func insert(
        _ material: RpdTestStore.Material, number: Int, of batchKey: UUID, mode: String, projectID: UUID,
        requestKey: UUID?, viewer: UUID, in transaction: Transaction
    ) async throws -> UUID {
        var (assetID, speaker, text): (UUID?, String?, String?)
        switch material.content {
        case .asset(let id): assetID = id
        case .line(let name, let line): (speaker, text) = (name, line)
        }
        let row = try await transaction.queryFirst(
            """
            insert into rpd_tests (
                project_id, rpd_id, rpd_version_id, batch_key, number, kind, title, instruction, tags, ng_subcategory,
                appellations, special_rules, mode, asset_id, line_speaker, line_text, expected_severity, request_key,
                created_by
            )
            values (
                \(projectID), \(rpdID), \(versionID), \(batchKey), \(number), \(kind), \(content.title),
                \(content.instruction + content.groupText), \(content.tags), \(content.ngSubcategory),
                \(content.appellations.map { JSONB($0.encoded()) }),
                \(JSONB(JSONValue.array(content.specialRules.map(\.stored)).encoded())), \(mode), \(assetID),
                \(speaker), \(text), \(material.expectedSeverity), \(requestKey), \(viewer)
            )
            returning id
            """)
        guard let row else { throw WorkflowError(.inconsistentData, "A try of a review point got no id.") }
        let id = row.uuid(0)
        if !content.referenceAssetIDs.isEmpty {
            _ = try await transaction.query(
                """
                insert into rpd_test_references (rpd_test_id, project_id, position, asset_id)
                select \(id), \(projectID), entries.position, entries.asset_id
                from unnest(\(content.referenceAssetIDs)) with ordinality as entries (asset_id, position)
                """)
        }
        try await RpdTestRunStore.tell(id, in: transaction)
        // Before the try itself, so that the search for the scenes of a video is under way when it is made.
        if let assetID { try await SceneStore.request(assetID, in: transaction) }
        try await JobStore.enqueue(.rpdTest, key: id.text, maximumAttempts: 3, in: transaction)
        return id
    }
}

extension RpdTestStore {
    /// What is tried, checked as if it were saved.
    static func wording(
        of subject: Subject, projectID: UUID, in transaction: Transaction
    ) async throws -> RpdTestWording {
        switch subject {
        case .version(let id): return try await wording(ofVersion: id, projectID: projectID, in: transaction)
        case .draft(let kind, let content, let rpdID):
            var check = InputCheck()
            if !RpdStore.kinds.contains(kind) {
                check.fail(["subject", "draft", "kind"], .invalid, "There is no such kind.")
            }
            let content = content.checked(kind: kind, field: ["subject", "draft", "content"], &check)
            if let rpdID {
                let row = try await transaction.queryFirst(
                    "select kind from rpds where id = \(rpdID) and project_id = \(projectID) and deleted_at is null")
                if row == nil {
                    check.fail(["subject", "draft", "rpdId"], .notFound, "This project has no such review point.")
                }
                if let row, row.string(0) != kind {
                    check.fail(["subject", "draft", "kind"], .invalid, "The review point is of another kind.")
                }
            }
            try check.finish()
            try await RpdStore.requireFiles(
                of: content, field: ["subject", "draft", "content"], projectID: projectID, in: transaction)
            return RpdTestWording(kind: kind, content: content, rpdID: rpdID, versionID: nil)
        }
    }

    private static func wording(
        ofVersion id: UUID, projectID: UUID, in transaction: Transaction
    ) async throws -> RpdTestWording {
        let row = try await transaction.queryFirst(
            """
            select rpds.kind, rpds.id, versions.title, \(unsafeSQL: RpdContent.fullInstruction), versions.tags,
                versions.ng_subcategory,
                array(
                    select asset_id
                    from rpd_version_assets
                    where rpd_version_id = versions.id
                    order by position
                ), versions.appellations, versions.special_rules
            from rpd_versions as versions
            join rpds on rpds.id = versions.rpd_id
            where versions.id = \(id)
            and versions.project_id = \(projectID)
            and rpds.deleted_at is null
            """)
        guard let row else {
            throw WorkflowError(problems: [
                InputProblem(["subject", "rpdVersionId"], .notFound, "This project has no such version.")
            ])
        }
        return RpdTestWording(
            kind: row.string(0),
            // The groups are in the instruction by now.
            content: RpdContent(
                title: row.string(2), instruction: row.string(3), tags: row.array(4),
                ngSubcategory: row.optionalString(5), referenceAssetIDs: row.array(6),
                appellations: try row.optionalJSONB(7).map { try JSONReader.read($0.bytes) },
                specialRules: try JSONReader.read(row.jsonb(8).bytes).array?.compactMap(SpecialRule.init) ?? []),
            rpdID: row.uuid(1), versionID: id)
    }
}
