public import Database
public import FoundationEssentials

/// Invites people into organisations by their e-mail addresses.
///
/// Whoever holds the token and signs in with the invited address becomes a member. The token is given once, to the admin;
/// the database knows its hash, and where letters are sent the sealed token until then.
public struct InvitationStore: Sendable {
    /// What every token of an invitation begins with.
    static let prefix = "aimage_invitation_"
    /// How long an invitation can be accepted.
    public static let lifetime: Duration = .seconds(14 * 24 * 3600)

    private let pool: ConnectionPool
    private let tokens: InvitationTokens?

    /// Makes a store over a pool; `tokens` keeps what letters need, nil if none are sent.
    public init(pool: ConnectionPool, tokens: InvitationTokens? = nil) {
        self.pool = pool
        self.tokens = tokens
    }

    /// Invites somebody to become a member, and gives the invitation's key and its token.
    ///
    /// An open invitation of the same address is replaced: its token is void from then on.
    public func create(
        viewer: UUID, organizationID: UUID, email: String, isAdmin: Bool
    ) async throws -> (id: UUID, token: String) {
        try await pool.withTransaction { transaction in
            _ = try await AdministeredOrganization.lock(organizationID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let email = check.email(email, ["email"])
            try check.finish()
            let member = try await transaction.queryFirst(
                """
                select 1
                from organization_members as members
                join users on users.id = members.user_id
                where members.organization_id = \(organizationID)
                and users.email = \(email)
                """)
            if member != nil {
                throw WorkflowError(problems: [
                    InputProblem(["email"], .duplicate, "Somebody with this address is a member already.")
                ])
            }
            return try await insert(
                Invited(email: email, organizationID: organizationID, isAdmin: isAdmin), viewer, transaction)
        }
    }

    /// Invites somebody to take part in a project, alone or, if they may, with an organisation.
    public func create(
        viewer: UUID, projectID: UUID, email: String, canBringOrganization: Bool
    ) async throws -> (id: UUID, token: String) {
        try await pool.withTransaction { transaction in
            let project = try await AdministeredProject.lock(projectID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let email = check.email(email, ["email"])
            try check.finish()
            return try await insert(
                Invited(
                    email: email, organizationID: project.organizationID, projectID: projectID,
                    canBringOrganization: canBringOrganization), viewer, transaction)
        }
    }

    /// Who is invited where to.
    private struct Invited {
        let email: String
        let organizationID: UUID
        var projectID: UUID?
        var isAdmin = false
        var canBringOrganization = false
    }

    private func insert(
        _ invited: Invited, _ viewer: UUID, _ transaction: Transaction
    ) async throws -> (id: UUID, token: String) {
        try await Self.takeBack(
            """
            organization_id = \(invited.organizationID)
            and email = \(invited.email)
            and project_id is not distinct from \(invited.projectID)
            """, in: transaction)
        let token = SecretToken(prefix: Self.prefix)
        let rows = try await transaction.query(
            """
            insert into organization_invitations (
                organization_id, project_id, email, is_admin, can_bring_organization, hash, created_by, expires_at,
                delivery
            )
            values (
                \(invited.organizationID), \(invited.projectID), \(invited.email), \(invited.isAdmin),
                \(invited.canBringOrganization), \(token.hash), \(viewer), \(Timestamp.now() + Self.lifetime),
                \(tokens == nil ? "NOT_CONFIGURED" : "PENDING")
            )
            returning id
            """)
        guard let row = rows.first else { throw WorkflowError(.inconsistentData, "An invitation got no id.") }
        if let tokens {
            try await tokens.keep(token.text, for: row.uuid(0), in: transaction)
            try await JobStore.enqueue(.invitationMail, key: row.uuid(0).text, in: transaction)
        }
        return (row.uuid(0), token.text)
    }

    /// Takes back what is open of some invitations; their letters are not sent any more.
    private static func takeBack(_ condition: SQL, in transaction: Transaction) async throws {
        let rows = try await transaction.query(
            """
            update organization_invitations
            set revoked_at = now()
            where accepted_at is null
            and revoked_at is null
            and \(condition)
            returning id
            """)
        try await withdrawLetters(of: rows.map { $0.uuid(0) }, in: transaction)
    }

    /// Ends the letters of invitations that wait to be sent.
    private static func withdrawLetters(of invitationIDs: [UUID], in transaction: Transaction) async throws {
        let rows = try await transaction.query(
            """
            update organization_invitations
            set delivery = 'WITHDRAWN'
            where id = any(\(invitationIDs))
            and delivery = 'PENDING'
            returning id
            """)
        try await InvitationTokens.delete(rows.map { $0.uuid(0) }, in: transaction)
        for row in rows {
            try await JobStore.requestCancel(.invitationMail, key: row.uuid(0).text, in: transaction)
        }
    }

    /// Takes an invitation back; one that has ended stays as it is.
    public func revoke(viewer: UUID, invitationID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select accepted_at is null and revoked_at is null
                from organization_invitations
                where id = \(invitationID)
                and organization_id in (select organization_id from administered_organizations(\(viewer)))
                for no key update
                """)
            guard let row else { throw WorkflowError.notFound("An invitation") }
            guard row.bool(0) else { return }
            try await Self.takeBack("id = \(invitationID)", in: transaction)
        }
    }

    /// From where people go whose invitations are taken back.
    enum Place {
        /// An organisation, with all of its projects.
        case organization(UUID)
        case project(UUID)
        case everywhere
    }

    /// Takes back the open invitations of people who go, so that none of them leads back.
    static func revokeOpen(of userIDs: [UUID], _ place: Place, in transaction: Transaction) async throws {
        let isThere: SQL =
            switch place {
            case .organization(let id): "organization_id = \(id)"
            case .project(let id): "project_id = \(id)"
            case .everywhere: "true"
            }
        try await takeBack(
            "email in (select email from users where id = any(\(userIDs))) and \(isThere)", in: transaction)
    }

    /// What an accepted invitation led to.
    public enum Accepted: Sendable, Hashable {
        /// The viewer is a member of this organisation.
        case organization(UUID)
        /// The viewer, or the viewer's organisation, takes part in this project.
        case project(UUID)
    }

    /// Accepts an invitation for the viewer, whose address it must be.
    ///
    /// An invitation into a project can be accepted for an organisation that the viewer administers, if it says so.
    public func accept(viewer: UUID, token: String, for organizationID: UUID?) async throws -> Accepted {
        let token = SecretToken(received: token)
        return try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select invitations.id, invitations.organization_id, invitations.is_admin,
                    invitations.expires_at <= now() or invitations.revoked_at is not null,
                    invitations.accepted_at is not null, users.email = invitations.email, invitations.project_id,
                    projects.deleted_at is not null, invitations.can_bring_organization
                from organization_invitations as invitations
                left join projects on projects.id = invitations.project_id
                join users on users.id = \(viewer)
                where invitations.hash = \(token.hash)
                for no key update of invitations
                """)
            guard let row else {
                throw WorkflowError(problems: [InputProblem(["token"], .notFound, "There is no such invitation.")])
            }
            guard row.bool(5) else {
                throw WorkflowError(problems: [
                    InputProblem(["token"], .invalid, "The invitation is for another e-mail address.")
                ])
            }
            if organizationID != nil, row.optionalUUID(6) != nil, !row.bool(8) {
                throw WorkflowError(problems: [
                    InputProblem(["organizationId"], .conflict, "The invitation is for you, not for an organisation.")
                ])
            }
            if row.bool(3) || row.bool(4) || row.bool(7) {
                throw WorkflowError(problems: [
                    InputProblem(["token"], .conflict, "The invitation is no longer open. Ask for another one.")
                ])
            }
            _ = try await transaction.query(
                """
                update organization_invitations
                set accepted_at = now(), accepted_by = \(viewer)
                where id = \(row.uuid(0))
                """)
            try await Self.withdrawLetters(of: [row.uuid(0)], in: transaction)
            guard let projectID = row.optionalUUID(6) else {
                try await OrganizationStore.add(viewer, to: row.uuid(1), isAdmin: row.bool(2), in: transaction)
                return .organization(row.uuid(1))
            }
            try await Self.join(
                projectID, of: row.uuid(1), as: viewer, for: organizationID, in: transaction)
            return .project(projectID)
        }
    }

    private static func join(
        _ projectID: UUID, of owner: UUID, as viewer: UUID, for organizationID: UUID?, in transaction: Transaction
    ) async throws {
        guard let organizationID else {
            return try await ProjectStore.add(member: viewer, to: projectID, in: transaction)
        }
        let isAdmin = try await transaction.queryFirst(
            """
            select 1
            from organization_members
            where organization_id = \(organizationID)
            and user_id = \(viewer)
            and is_admin
            """)
        if isAdmin == nil || organizationID == owner {
            throw WorkflowError(problems: [
                InputProblem(["organizationId"], .notFound, "You administer no other organisation with this id.")
            ])
        }
        try await ProjectStore.add(organization: organizationID, to: projectID, in: transaction)
    }
}

extension InputCheck {
    /// Checks an e-mail address as far as one can without sending a letter; gives it back in lower case.
    mutating func email(_ text: String, _ field: [String]) -> String {
        let email = name(text, field).lowercased()
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        if problems.isEmpty,
            parts.count != 2 || parts.contains(where: \.isEmpty) || email.contains(where: \.isWhitespace)
        {
            fail(field, .invalid, "This is no e-mail address.")
        }
        return email
    }
}
