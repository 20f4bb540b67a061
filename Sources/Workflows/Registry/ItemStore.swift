public import Database
public import FoundationEssentials

/// Makes, changes and deletes the reference pictures of a project's registry.
///
/// Who entered a picture changes it, and so do the owner's admins.
public struct ItemStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Enters a picture and gives the entry's id.
    public func create(
        viewer: UUID, projectID: UUID, assetID: UUID, description: String, tags: [String]
    ) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            var check = InputCheck()
            let description = check.text(description, ["description"])
            let tags = check.tags(tags, ["tags"])
            try check.finish()
            return try await Self.enter(
                assetID, in: projectID, description: description, tags: tags, viewer: viewer, transaction)
        }
    }

    /// Enters a picture of a project that the viewer sees, and has it measured, as part of the caller's transaction.
    ///
    /// Description and tags have been checked.
    static func enter(
        _ assetID: UUID, in projectID: UUID, description: String, tags: [String], viewer: UUID,
        _ transaction: Transaction
    ) async throws -> UUID {
        try await CharacterStore.requirePictures([assetID], projectID: projectID, field: "assetId", in: transaction)
        let row = try await transaction.queryFirst(
            """
            insert into items (project_id, asset_id, description, tags, created_by)
            values (\(projectID), \(assetID), \(description), \(tags), \(viewer))
            on conflict (asset_id) where deleted_at is null do nothing
            returning id
            """)
        guard let row else { throw duplicate }
        try await VectorRun.enqueue(assetID, in: transaction)
        return row.uuid(0)
    }

    /// Changes what is not nil.
    ///
    /// Another picture is searched for by its own looks from then on.
    public func update(
        viewer: UUID, itemID: UUID, assetID: UUID?, description: String?, tags: [String]?,
        expectedUpdatedAt: Timestamp?
    ) async throws {
        try await pool.withTransaction { transaction in
            let row = try await lock(itemID, condition: "deleted_at is null", viewer: viewer, transaction)
            var check = InputCheck()
            let description = description.map { check.text($0, ["description"]) }
            let tags = tags.map { check.tags($0, ["tags"]) }
            check.unchanged(since: expectedUpdatedAt, row.updatedAt)
            try check.finish()
            if let assetID { try await Self.requireNew(assetID, of: itemID, in: row.projectID, transaction) }
            _ = try await transaction.query(
                """
                update items
                set asset_id = coalesce(\(assetID), asset_id), description = coalesce(\(description), description),
                    tags = coalesce(\(tags), tags)
                where id = \(itemID)
                """)
            if let assetID { try await VectorRun.enqueue(assetID, in: transaction) }
        }
    }

    /// Takes a picture from the registry; the file stays one of the project.
    ///
    /// What is taken from it already stays so.
    public func delete(viewer: UUID, itemID: UUID) async throws {
        try await pool.withTransaction { transaction in
            _ = try await lock(itemID, viewer: viewer, transaction)
            _ = try await transaction.query(
                "update items set deleted_at = coalesce(deleted_at, now()) where id = \(itemID)")
        }
    }

    /// Brings a picture back into the registry, unless it was entered again meanwhile; what is there stays as it is.
    public func restore(viewer: UUID, itemID: UUID) async throws {
        do {
            try await pool.withTransaction { transaction in
                _ = try await lock(itemID, viewer: viewer, transaction)
                _ = try await transaction.query("update items set deleted_at = null where id = \(itemID)")
            }
        } catch let error as DatabaseError where error.isUniqueViolation(of: "items_once") {
            throw WorkflowError(problems: [
                InputProblem(["itemId"], .duplicate, "The picture was entered again and is in the registry.")
            ])
        }
    }

    /// Throws a problem of the input unless the picture is one of the project that no other entry has.
    private static func requireNew(
        _ assetID: UUID, of itemID: UUID, in projectID: UUID, _ transaction: Transaction
    ) async throws {
        try await CharacterStore.requirePictures([assetID], projectID: projectID, field: "assetId", in: transaction)
        let taken = try await transaction.queryFirst(
            "select 1 from items where asset_id = \(assetID) and id <> \(itemID) and deleted_at is null")
        if taken != nil { throw duplicate }
    }

    private static var duplicate: WorkflowError {
        WorkflowError(problems: [InputProblem(["assetId"], .duplicate, "The picture is in the registry already.")])
    }

    /// Locks an entry that fulfils a condition and that the viewer may change.
    private func lock(
        _ id: UUID, condition: String? = nil, viewer: UUID, _ transaction: Transaction
    ) async throws -> LiveRow {
        let row = try await LiveRow.lock(
            id, in: "items", "An item", condition: condition, viewer: viewer, transaction)
        if row.createdBy == viewer { return row }
        let admin = try await transaction.queryFirst(
            """
            select 1
            from projects
            join organization_members as members on members.organization_id = projects.organization_id
            where projects.id = \(row.projectID)
            and members.user_id = \(viewer)
            and members.is_admin
            """)
        guard admin != nil else {
            throw WorkflowError(.forbidden, "Only who entered it and administrators of the owner may do this.")
        }
        return row
    }
}

extension InputCheck {
    /// Checks words to find something by: at most 100 of at most 100 characters, each once.
    mutating func tags(_ tags: [String], _ field: [String]) -> [String] {
        if tags.count > 100 { fail(field, .tooLong, "At most 100 tags are allowed.") }
        var seen: Swift.Set<String> = []
        return tags.enumerated().map { name($1, field + [String($0)], maximum: 100) }.filter {
            seen.insert($0).inserted
        }
    }
}
