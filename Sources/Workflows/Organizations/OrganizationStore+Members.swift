import Database
public import FoundationEssentials

// Who is a member, and who of them is an admin. Admins are members with a right more; an organisation that has admins
// keeps one.
extension OrganizationStore {
    /// Makes a person a member, for a system admin; others invite.
    ///
    /// Who is a member already stays what they are.
    public func addMember(viewer: UUID, organizationID: UUID, userID: UUID, isAdmin: Bool) async throws {
        try await pool.withTransaction { transaction in
            try await SystemAdmin.require(viewer, transaction)
            _ = try await AdministeredOrganization.lock(organizationID, viewer: viewer, in: transaction)
            let known = try await transaction.queryFirst("select 1 from users where id = \(userID)")
            if known == nil {
                throw WorkflowError(problems: [InputProblem(["userId"], .notFound, "There is no such user.")])
            }
            try await Self.add(userID, to: organizationID, isAdmin: isAdmin, in: transaction)
        }
    }

    /// Ends a membership: an admin removes a member, or members leave.
    ///
    /// Whoever no longer takes part in a project is no longer assigned to its tasks. Open invitations of their address are
    /// void: only a new one leads back.
    public func removeMember(viewer: UUID, organizationID: UUID, userID: UUID) async throws {
        try await pool.withTransaction { transaction in
            if viewer != userID {
                _ = try await AdministeredOrganization.lock(organizationID, viewer: viewer, in: transaction)
            } else {
                // Who leaves must be there, and nothing more.
                let own = try await transaction.queryFirst(
                    """
                    select 1
                    from organizations
                    where id = \(organizationID)
                    and id in (select organization_id from accessible_organizations(\(viewer)))
                    for no key update
                    """)
                if own == nil { throw WorkflowError.notFound("An organisation") }
            }
            try await Self.requireMember(userID, of: organizationID, in: transaction)
            try await Self.requireOtherAdmin(than: userID, in: organizationID, transaction)
            // Before the membership goes: whoever is accepting one at this moment is a member until then.
            try await InvitationStore.revokeOpen(of: [userID], .organization(organizationID), in: transaction)
            _ = try await transaction.query(
                "delete from organization_members where organization_id = \(organizationID) and user_id = \(userID)")
            try await Self.releaseTasks(of: [userID], in: transaction)
        }
    }

    /// Gives a member the rights of an admin, or takes them.
    public func setAdmin(viewer: UUID, organizationID: UUID, userID: UUID, isAdmin: Bool) async throws {
        try await pool.withTransaction { transaction in
            let organization = try await AdministeredOrganization.lock(organizationID, viewer: viewer, in: transaction)
            // Making a user an admin makes them a member; that is for those who may make members.
            if isAdmin, organization.isBySystemAdmin {
                try await Self.add(userID, to: organizationID, isAdmin: false, in: transaction)
            }
            try await Self.requireMember(userID, of: organizationID, in: transaction)
            if !isAdmin { try await Self.requireOtherAdmin(than: userID, in: organizationID, transaction) }
            _ = try await transaction.query(
                """
                update organization_members
                set is_admin = \(isAdmin)
                where organization_id = \(organizationID)
                and user_id = \(userID)
                and is_admin <> \(isAdmin)
                """)
        }
    }

    /// Writes a membership down, unless there is one.
    static func add(
        _ userID: UUID, to organizationID: UUID, isAdmin: Bool, in transaction: Transaction
    ) async throws {
        _ = try await transaction.query(
            """
            insert into organization_members (organization_id, user_id, is_admin)
            select \(organizationID), id, \(isAdmin)
            from users
            where id = \(userID)
            on conflict do nothing
            """)
    }

    /// Takes tasks from people who take no part in their projects any more.
    static func releaseTasks(of userIDs: [UUID], in transaction: Transaction) async throws {
        let released = try await transaction.query(
            """
            update tasks
            set assignee_id = null
            where assignee_id = any(\(userIDs))
            and (project_id, assignee_id) not in (
                select project_id, user_id
                from project_participants
                where user_id = any(\(userIDs))
            )
            returning id
            """)
        try await TaskEvents.tasksChanged(released.map { $0.uuid(0) }, in: transaction)
    }

    private static func requireMember(
        _ userID: UUID, of organizationID: UUID, in transaction: Transaction
    ) async throws {
        let member = try await transaction.queryFirst(
            "select 1 from organization_members where organization_id = \(organizationID) and user_id = \(userID)")
        if member == nil {
            throw WorkflowError(problems: [
                InputProblem(["userId"], .notFound, "The organisation has no such member.")
            ])
        }
    }

    /// The caller has locked the organisation, so that two admins cannot leave each other alone.
    private static func requireOtherAdmin(
        than userID: UUID, in organizationID: UUID, _ transaction: Transaction
    ) async throws {
        let row = try await transaction.queryFirst(
            """
            select coalesce(bool_or(is_admin) filter (where user_id = \(userID)), false)
                and not coalesce(bool_or(is_admin) filter (where user_id <> \(userID)), false)
            from organization_members
            where organization_id = \(organizationID)
            """)
        if row?.bool(0) == true {
            throw WorkflowError(problems: [
                InputProblem(["userId"], .conflict, "The organisation needs an administrator.")
            ])
        }
    }
}
