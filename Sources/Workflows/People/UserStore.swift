public import Database
public import FoundationEssentials
public import JSON

/// What system admins do with people, and what people keep for themselves.
public struct UserStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Makes a user before their first sign-in, for a system admin.
    public func create(viewer: UUID, email: String, name: String) async throws -> UUID {
        try await SystemAdmin.require(viewer, pool)
        var check = InputCheck()
        let email = check.email(email, ["email"])
        let name = check.name(name, ["name"])
        try check.finish()
        let row = try await pool.queryFirst(
            """
            insert into users (email, name)
            values (\(email), \(name))
            on conflict (email) do nothing
            returning id
            """)
        guard let row else {
            throw WorkflowError(problems: [InputProblem(["email"], .duplicate, "This address has a user already.")])
        }
        return row.uuid(0)
    }

    /// Sets what a user may do in the whole system, for a system admin; one's own role stays.
    public func setRole(viewer: UUID, userID: UUID, role: String) async throws {
        try await pool.withTransaction { transaction in
            try await SystemAdmin.lock(viewer, in: transaction)
            try Self.requireOther(viewer, userID)
            let changed = try await transaction.query("update users set role = \(role) where id = \(userID)")
            if changed.affectedRows == 0 { throw WorkflowError.notFound("A user") }
        }
    }

    /// Deletes a user, for a system admin; what they made stays, without its maker.
    ///
    /// Nobody is assigned to their tasks any more, and open invitations of their address are void. The only admin of an
    /// organisation stays.
    public func delete(viewer: UUID, userID: UUID) async throws {
        try await pool.withTransaction { transaction in
            try await SystemAdmin.lock(viewer, in: transaction)
            try Self.requireOther(viewer, userID)
            try await Self.requireOtherAdmins(than: userID, in: transaction)
            try await InvitationStore.revokeOpen(of: [userID], .everywhere, in: transaction)
            // The foreign key would empty it without telling anybody.
            let released = try await transaction.query(
                "update tasks set assignee_id = null where assignee_id = \(userID) returning id")
            let deleted = try await transaction.query("delete from users where id = \(userID)")
            if deleted.affectedRows == 0 { throw WorkflowError.notFound("A user") }
            try await TaskEvents.tasksChanged(released.map { $0.uuid(0) }, in: transaction)
        }
    }

    /// Locks the person's organisations, and refuses if the person is the only admin of one.
    private static func requireOtherAdmins(than userID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            select id
            from organizations
            where id in (select organization_id from organization_members where user_id = \(userID))
            order by id
            for no key update
            """)
        let alone = try await transaction.queryFirst(
            """
            select organizations.name
            from organization_members as own
            join organizations on organizations.id = own.organization_id
            where own.user_id = \(userID)
            and own.is_admin
            and not exists (
                select 1
                from organization_members as others
                where others.organization_id = own.organization_id
                and others.user_id <> own.user_id
                and others.is_admin
            )
            order by organizations.name
            limit 1
            """)
        guard let alone else { return }
        throw WorkflowError(problems: [
            InputProblem(["userId"], .conflict, "\(alone.string(0)) needs another administrator first.")
        ])
    }

    private static func requireOther(_ viewer: UUID, _ userID: UUID) throws {
        guard viewer != userID else {
            throw WorkflowError(problems: [
                InputProblem(["userId"], .conflict, "Somebody else has to do this to you.")
            ])
        }
    }

    /// Replaces the viewer's settings, an object of at most 64 KiB.
    public func setPreferences(viewer: UUID, _ settings: JSONValue) async throws {
        let bytes = settings.encoded()
        var check = InputCheck()
        if settings.object == nil { check.fail(["settings"], .invalid, "The settings have to be an object.") }
        check.json(bytes, ["settings"], maximum: 65_536)
        try check.finish()
        _ = try await pool.query(
            """
            insert into user_preferences (user_id, settings)
            select id, \(JSONB(bytes))
            from users
            where id = \(viewer)
            on conflict (user_id) do update
            set settings = excluded.settings
            """)
    }

    /// Likes a picture, or no longer; the same again changes nothing.
    public func setLike(viewer: UUID, assetID: UUID, isLiked: Bool) async throws {
        let asset = try await pool.queryFirst(
            """
            select 1
            from assets
            where id = \(assetID)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        if asset == nil { throw WorkflowError.notFound("A file") }
        try await setLike(viewer, "asset_id", assetID, isLiked)
    }

    /// Likes a picture that was made for the viewer, or no longer; the same again changes nothing.
    public func setLike(viewer: UUID, referenceID: UUID, isLiked: Bool) async throws {
        let reference = try await pool.queryFirst(
            """
            select 1
            from generated_references
            where id = \(referenceID)
            and created_by = \(viewer)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        if reference == nil { throw WorkflowError.notFound("A generated picture") }
        try await setLike(viewer, "generated_reference_id", referenceID, isLiked)
    }

    /// `column` is that of `likes` which refers to the picture.
    private func setLike(_ viewer: UUID, _ column: String, _ picture: UUID, _ isLiked: Bool) async throws {
        if isLiked {
            _ = try await pool.query(
                "insert into likes (user_id, \(unsafeSQL: column)) values (\(viewer), \(picture)) on conflict do nothing"
            )
        } else {
            _ = try await pool.query(
                "delete from likes where user_id = \(viewer) and \(unsafeSQL: column) = \(picture)")
        }
    }
}
