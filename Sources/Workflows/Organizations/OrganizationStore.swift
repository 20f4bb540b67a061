public import Database
public import FoundationEssentials

/// Makes, changes and deletes organisations.
public struct OrganizationStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Makes an organisation with one status and one priority, for a system admin.
    ///
    /// `domain` is the Google Workspace domain whose people become members when they first sign in.
    public func create(viewer: UUID, name: String, description: String, domain: String?) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await SystemAdmin.require(viewer, transaction)
            var check = InputCheck()
            let name = check.name(name, ["name"])
            let description = check.text(description, ["description"])
            let domain = domain.map { check.domain($0, ["domain"]) }
            try check.finish()
            let rows = try await transaction.query(
                """
                insert into organizations (name, description, domain)
                values (\(name), \(description), \(domain))
                on conflict do nothing
                returning id
                """)
            guard let row = rows.first else {
                throw try await Self.duplicate(name: name, domain: domain, except: nil, in: transaction)
            }
            let id = row.uuid(0)
            // Without these no task could be made; admins rename them and add others.
            for table in [TaskOptionKind.status, .priority] {
                _ = try await transaction.query(
                    """
                    insert into \(unsafeSQL: table.table) (organization_id, position, name)
                    values (\(id), 1, \(table.firstName))
                    """)
            }
            return id
        }
    }

    /// What is to become of an organisation; nil and `keep` leave a property as it is.
    public struct OrganizationChange: Sendable, Hashable {
        /// The name to show, unique.
        public var name: String?
        /// What it does.
        public var description: String?
        /// The domain whose people become members; only system admins set it.
        public var domain: Change<String>
        /// The state that the person saw: the change is refused if somebody was faster; nil asks for no check.
        public var expectedUpdatedAt: Timestamp?

        /// Makes a change.
        public init(
            name: String? = nil, description: String? = nil, domain: Change<String> = .keep,
            expectedUpdatedAt: Timestamp? = nil
        ) {
            self.name = name
            self.description = description
            self.domain = domain
            self.expectedUpdatedAt = expectedUpdatedAt
        }
    }

    /// Changes an organisation.
    public func update(viewer: UUID, organizationID: UUID, _ change: OrganizationChange) async throws {
        try await pool.withTransaction { transaction in
            let organization = try await AdministeredOrganization.lock(organizationID, viewer: viewer, in: transaction)
            // A domain makes members of all its people, so whoever sets it must know that it is theirs.
            if change.domain.isSet, !organization.isBySystemAdmin { throw WorkflowError.systemAdminsOnly }
            var check = InputCheck()
            let name = change.name.map { check.name($0, ["name"]) }
            let description = change.description.map { check.text($0, ["description"]) }
            let domain = change.domain.value.map { check.domain($0, ["domain"]) }
            if change.expectedUpdatedAt != nil {
                let current = try await transaction.queryFirst(
                    "select updated_at from organizations where id = \(organizationID)")
                if let current { check.unchanged(since: change.expectedUpdatedAt, current.timestamp(0)) }
            }
            try check.finish()
            let taken = try await transaction.queryFirst(
                """
                select 1
                from organizations
                where id <> \(organizationID)
                and (name = \(name) or domain = \(domain))
                """)
            if taken != nil {
                throw try await Self.duplicate(name: name, domain: domain, except: organizationID, in: transaction)
            }
            _ = try await transaction.query(
                """
                update organizations
                set name = coalesce(\(name), name),
                    description = coalesce(\(description), description),
                    domain = case when \(change.domain.isSet) then \(domain) else domain end
                where id = \(organizationID)
                """)
        }
    }

    /// Deletes an organisation, for a system admin.
    ///
    /// One that still owns projects stays: deleting people or companies never deletes work. Its people are no longer
    /// assigned to tasks of projects in which it took part.
    public func delete(viewer: UUID, organizationID: UUID) async throws {
        try await pool.withTransaction { transaction in
            try await SystemAdmin.require(viewer, transaction)
            _ = try await AdministeredOrganization.lock(organizationID, viewer: viewer, in: transaction)
            let project = try await transaction.queryFirst(
                "select 1 from projects where organization_id = \(organizationID) limit 1")
            if project != nil {
                throw WorkflowError(problems: [
                    InputProblem(["organizationId"], .conflict, "The organisation still owns projects.")
                ])
            }
            let members = try await transaction.query(
                "select user_id from organization_members where organization_id = \(organizationID)")
            _ = try await transaction.query("delete from organizations where id = \(organizationID)")
            try await Self.releaseTasks(of: members.map { $0.uuid(0) }, in: transaction)
        }
    }

    /// Says which of the two is taken.
    private static func duplicate(
        name: String?, domain: String?, except id: UUID?, in transaction: Transaction
    ) async throws -> WorkflowError {
        let row = try await transaction.queryFirst(
            "select 1 from organizations where name = \(name) and id is distinct from \(id)")
        return WorkflowError(problems: [
            row != nil
                ? InputProblem(["name"], .duplicate, "There is an organisation with this name.")
                : InputProblem(["domain"], .duplicate, "The domain belongs to another organisation.")
        ])
    }
}

extension InputCheck {
    /// Checks the name of a domain: labels with dots between, given back in lower case.
    fileprivate mutating func domain(_ text: String, _ field: [String]) -> String {
        let domain = text.trimmedSpaces.lowercased()
        let isDomain =
            domain.contains(".") && (3...255).contains(domain.utf8.count)
            && domain.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty
                    && label.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
            }
        if !isDomain { fail(field, .invalid, "This is no domain.") }
        return domain
    }
}
