public import Database
public import FoundationEssentials
import JSON

/// Makes review points and their versions.
///
/// The row of the review point is locked while a version is added: numbers have no gaps and exactly one version is
/// active, however many people add one at once.
public struct RpdStore: Sendable {
    /// The kinds that exist, as they are stored.
    public static let kinds = [
        "GENERAL_NG_REVIEW", "VISUAL_REVIEW", "SETTINGS_REVIEW", "DESIGN_REVIEW", "TEXT_REVIEW", "COPYRIGHT_REVIEW",
    ]

    let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// The ids of a new version and its review point.
    public struct Created: Sendable, Hashable {
        /// The review point.
        public let rpdID: UUID
        /// The version.
        public let versionID: UUID
        /// The version's number, from 1.
        public let versionNumber: Int
    }

    /// Makes a review point with version 1.
    public func create(
        viewer: UUID, projectID: UUID, kind: String, content: RpdContent, isActive: Bool
    ) async throws -> Created {
        var check = InputCheck()
        if !Self.kinds.contains(kind) { check.fail(["kind"], .invalid, "There is no such kind.") }
        let content = content.checked(kind: kind, field: ["content"], &check)
        try check.finish()
        return try await pool.withTransaction { transaction in
            let rows = try await transaction.query(
                """
                insert into rpds (project_id, kind, is_active, created_by)
                select projects.id, \(kind), \(isActive), \(viewer)
                from projects
                where projects.id = \(projectID)
                and projects.id in (select project_id from accessible_projects(\(viewer)))
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError.notFound("A project") }
            return try await Self.insertVersion(
                of: row.uuid(0), kind: kind, projectID: projectID, number: 1, content: content, viewer: viewer,
                in: transaction)
        }
    }

    /// Adds a version, which becomes the active one.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the version is refused if somebody was faster.
    public func createVersion(
        viewer: UUID, rpdID: UUID, content: RpdContent, expectedUpdatedAt: Timestamp? = nil
    ) async throws -> Created {
        try await pool.withTransaction { transaction in
            let rpds = try await transaction.query(
                """
                select project_id, kind, updated_at
                from rpds
                where id = \(rpdID)
                and deleted_at is null
                and project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update
                """)
            guard let rpd = rpds.first else { throw WorkflowError.notFound("A review point") }
            let projectID = rpd.uuid(0)
            try InputCheck.requireUnchanged(since: expectedUpdatedAt, rpd.timestamp(2))
            var check = InputCheck()
            let content = content.checked(kind: rpd.string(1), field: ["content"], &check)
            try check.finish()
            let numbers = try await transaction.query(
                "select coalesce(max(version_number), 0) + 1 from rpd_versions where rpd_id = \(rpdID)")
            _ = try await transaction.query(
                "update rpd_versions set is_active = false where rpd_id = \(rpdID) and is_active")
            _ = try await transaction.query("update rpds set updated_at = now() where id = \(rpdID)")
            return try await Self.insertVersion(
                of: rpdID, kind: rpd.string(1), projectID: projectID, number: numbers.first?.int(0) ?? 1,
                content: content,
                viewer: viewer, in: transaction)
        }
    }

    /// Switches a review point on or off.
    public func setActive(viewer: UUID, rpdID: UUID, isActive: Bool) async throws {
        let rows = try await pool.query(
            """
            update rpds
            set is_active = \(isActive)
            where id = \(rpdID)
            and deleted_at is null
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        if rows.affectedRows == 0 { throw WorkflowError.notFound("A review point") }
    }

    static func insertVersion(
        of rpdID: UUID, kind: String, projectID: UUID, number: Int, content: RpdContent, viewer: UUID,
        in transaction: Transaction
    ) async throws -> Created {
        try await requireFiles(of: content, field: ["content"], projectID: projectID, in: transaction)
        let readiness = RpdReadiness.ofNew(kind: kind, content)
        let rows = try await transaction.query(
            """
            insert into rpd_versions (
                project_id, rpd_id, version_number, is_active, title, instruction, group_text, tags, ng_subcategory,
                readiness, appellations, special_rules, created_by
            )
            values (
                \(projectID), \(rpdID), \(number), true, \(content.title), \(content.instruction),
                \(content.groupText), \(content.tags), \(content.ngSubcategory), \(readiness.rawValue),
                \(content.appellations.map { JSONB($0.encoded()) }),
                \(JSONB(JSONValue.array(content.specialRules.map(\.stored)).encoded())), \(viewer)
            )
            returning id
            """)
        guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A version got no id.") }
        let versionID = row.uuid(0)
        try await MotifGroup.insert(content.groups, of: versionID, projectID: projectID, in: transaction)
        try await insertReferences(content.referenceAssetIDs, of: versionID, projectID: projectID, in: transaction)
        if readiness == .pending { try await PreparationStore.enqueue(versionID, attempt: 0, in: transaction) }
        return Created(rpdID: rpdID, versionID: versionID, versionNumber: number)
    }

    /// Only files of the same project are taken, pictures that have been checked; anything else is a problem of the input.
    ///
    /// Whoever may read the file of another project may not have its table of appellations here.
    static func requireFiles(
        of content: RpdContent, field: [String], projectID: UUID, in transaction: Transaction
    ) async throws {
        let assetIDs = content.referenceAssetIDs
        let known = try await transaction.query(
            """
            select id, state = 'READY' and \(unsafeSQL: FileInspector.isPicture)
            from assets
            where id = any(\(assetIDs + [content.appellationAssetID].compactMap { $0 }))
            and project_id = \(projectID)
            """)
        var isUsable: [UUID: Bool] = [:]
        for row in known { isUsable[row.uuid(0)] = row.bool(1) }
        var check = InputCheck()
        if let table = content.appellationAssetID, isUsable[table] == nil {
            check.fail(field + ["appellationAssetId"], .notFound, "This project has no such file.")
        }
        for (index, id) in assetIDs.enumerated() {
            let field = field + ["referenceAssetIds", String(index)]
            switch isUsable[id] {
            case nil: check.fail(field, .notFound, "This project has no such file.")
            case false: check.fail(field, .assetNotReady, "The file is not a picture that has been checked.")
            default: break
            }
        }
        try check.finish()
    }

    private static func insertReferences(
        _ assetIDs: [UUID], of versionID: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        guard !assetIDs.isEmpty else { return }
        _ = try await transaction.query(
            """
            insert into rpd_version_assets (rpd_version_id, project_id, position, asset_id)
            select \(versionID), \(projectID), entries.position, entries.asset_id
            from unnest(\(assetIDs)) with ordinality as entries (asset_id, position)
            """)
    }
}
