import Database
public import FoundationEssentials
import JSON

// What becomes of review points as a whole, and which of their versions is in force.
extension RpdStore {
    /// Makes an earlier version the active one, as it is.
    public func activate(viewer: UUID, versionID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let rpd = try await transaction.queryFirst(
                """
                select rpds.id
                from rpds
                join rpd_versions as versions on versions.rpd_id = rpds.id
                where versions.id = \(versionID)
                and rpds.deleted_at is null
                and rpds.project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update of rpds
                """)
            guard let rpd else { throw WorkflowError.notFound("A version") }
            // Off first: at no moment may there be two.
            let changed = try await transaction.query(
                """
                update rpd_versions
                set is_active = false
                where rpd_id = \(rpd.uuid(0))
                and is_active
                and id <> \(versionID)
                """)
            guard changed.affectedRows == 1 else { return }
            _ = try await transaction.query("update rpd_versions set is_active = true where id = \(versionID)")
            _ = try await transaction.query("update rpds set updated_at = now() where id = \(rpd.uuid(0))")
        }
    }

    /// Has a version prepared again whose preparation has failed; any other stays as it is.
    public func retryPreparation(viewer: UUID, versionID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let version = try await transaction.queryFirst(
                """
                select versions.readiness, versions.preparation_attempt + 1
                from rpd_versions as versions
                join rpds on rpds.id = versions.rpd_id
                where versions.id = \(versionID)
                and rpds.deleted_at is null
                and versions.project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update of versions
                """)
            guard let version else { throw WorkflowError.notFound("A version") }
            guard version.string(0) == RpdReadiness.failed.rawValue else { return }
            _ = try await transaction.query(
                """
                update rpd_versions
                set readiness = 'PENDING', preparation_attempt = \(version.int(1)), error_code = null, error_message = null
                where id = \(versionID)
                """)
            try await PreparationStore.enqueue(versionID, attempt: version.int(1), in: transaction)
        }
    }

    /// Makes a review point of the same kind that says what the active version says, and gives its id.
    ///
    /// It is off until somebody switches it on, so that nothing is checked twice.
    public func duplicate(viewer: UUID, rpdID: UUID, title: String?) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let source = try await transaction.queryFirst(
                """
                select rpds.project_id, rpds.kind, versions.id, versions.title, versions.instruction, versions.tags,
                    versions.ng_subcategory, versions.appellations, versions.special_rules
                from rpds
                join rpd_versions as versions on versions.rpd_id = rpds.id and versions.is_active
                where rpds.id = \(rpdID)
                and rpds.deleted_at is null
                and rpds.project_id in (select project_id from accessible_projects(\(viewer)))
                """)
            guard let source else { throw WorkflowError.notFound("A review point") }
            let assets = try await transaction.query(
                """
                select asset_id
                from rpd_version_assets
                where rpd_version_id = \(source.uuid(2))
                order by position
                """)
            var check = InputCheck()
            let content = RpdContent(
                title: title ?? String(source.string(3).prefix(240)) + " (Copy)", instruction: source.string(4),
                groups: try await MotifGroup.read(ofVersion: source.uuid(2), in: transaction),
                tags: source.array(5, of: String.self), ngSubcategory: source.optionalString(6),
                referenceAssetIDs: assets.map { $0.uuid(0) },
                appellations: try source.optionalJSONB(7).map { try JSONReader.read($0.bytes) },
                specialRules: try JSONReader.read(source.jsonb(8).bytes).array?.compactMap(SpecialRule.init) ?? []
            ).checked(kind: source.string(1), field: [], &check)
            try check.finish()
            let rows = try await transaction.query(
                """
                insert into rpds (project_id, kind, is_active, created_by)
                values (\(source.uuid(0)), \(source.string(1)), false, \(viewer))
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A review point got no id.") }
            return try await Self.insertVersion(
                of: row.uuid(0), kind: source.string(1), projectID: source.uuid(0), number: 1, content: content,
                viewer: viewer,
                in: transaction
            ).rpdID
        }
    }

    /// Deletes a review point, or brings it back: no list shows a deleted one, and no review executes it.
    ///
    /// Old findings still lead to it. One that is so already stays as it is.
    public func setDeleted(viewer: UUID, rpdID: UUID, isDeleted: Bool) async throws {
        let changed = try await pool.query(
            """
            update rpds
            set deleted_at = case when \(isDeleted) then coalesce(deleted_at, now()) end
            where id = \(rpdID)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        if changed.affectedRows == 0 { throw WorkflowError.notFound("A review point") }
    }
}
