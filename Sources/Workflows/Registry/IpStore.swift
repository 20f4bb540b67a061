public import Database
public import FoundationEssentials

/// Makes, changes and deletes the works that a company owns, and attaches them to its projects.
///
/// Members of the owner do this; who takes part in an attached project sees the work.
public struct IpStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Makes a work, attached to a project of its owner, and gives its id.
    public func create(viewer: UUID, projectID: UUID, name: String, description: String) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            let owner = try await transaction.queryFirst(
                "select organization_id from projects where id = \(projectID)")
            guard let owner else { throw WorkflowError.notFound("A project") }
            try await Self.requireMember(viewer, of: owner.uuid(0), transaction)
            var check = InputCheck()
            let name = check.name(name, ["name"])
            let description = check.text(description, ["description"])
            try check.finish()
            let row = try await transaction.queryFirst(
                """
                insert into ips (organization_id, name, description, created_by)
                values (\(owner.uuid(0)), \(name), \(description), \(viewer))
                returning id
                """)
            guard let row else { throw WorkflowError(.inconsistentData, "A work got no id.") }
            _ = try await transaction.query(
                """
                insert into project_ips (project_id, ip_id, organization_id)
                values (\(projectID), \(row.uuid(0)), \(owner.uuid(0)))
                """)
            return row.uuid(0)
        }
    }

    /// Changes what is not nil.
    ///
    /// Of the projects only those count that the viewer sees: the others stay attached.
    public func update(
        viewer: UUID, ipID: UUID, name: String?, description: String?, projectIDs: [UUID]?,
        expectedUpdatedAt: Timestamp?
    ) async throws {
        try await pool.withTransaction { transaction in
            let ip = try await Self.lock(ipID, viewer: viewer, transaction)
            var check = InputCheck()
            let name = name.map { check.name($0, ["name"]) }
            let description = description.map { check.text($0, ["description"]) }
            check.unchanged(since: expectedUpdatedAt, ip.updatedAt)
            try check.finish()
            _ = try await transaction.query(
                """
                update ips
                set name = coalesce(\(name), name), description = coalesce(\(description), description)
                where id = \(ipID)
                """)
            if let projectIDs { try await Self.attach(ip, to: projectIDs, viewer: viewer, transaction) }
        }
    }

    /// Deletes a work, or brings it back; while it is deleted, characters have none.
    public func setDeleted(viewer: UUID, ipID: UUID, isDeleted: Bool) async throws {
        try await pool.withTransaction { transaction in
            _ = try await Self.lock(ipID, isDeletedToo: true, viewer: viewer, transaction)
            _ = try await transaction.query(
                """
                update ips
                set deleted_at = case when \(isDeleted) then coalesce(deleted_at, now()) end
                where id = \(ipID)
                """)
        }
    }

    /// Throws a problem of the input unless the project has the work.
    static func requireAttached(
        _ id: UUID?, to projectID: UUID, field: String, in transaction: Transaction
    ) async throws {
        guard let id else { return }
        let row = try await transaction.queryFirst(
            """
            select 1
            from attached_ips
            where id = \(id)
            and project_id = \(projectID)
            and deleted_at is null
            """)
        if row == nil {
            throw WorkflowError(problems: [InputProblem([field], .notFound, "The project has no such work.")])
        }
    }

    /// A work that can be changed.
    private struct LiveIp {
        let id: UUID
        let organizationID: UUID
        let updatedAt: Timestamp
    }

    private static func lock(
        _ id: UUID, isDeletedToo: Bool = false, viewer: UUID, _ transaction: Transaction
    ) async throws -> LiveIp {
        let row = try await transaction.queryFirst(
            """
            select organization_id, updated_at
            from ips
            where id = \(id)
            and (deleted_at is null or \(isDeletedToo))
            and id in (
                select links.ip_id
                from project_ips as links
                join accessible_projects(\(viewer)) as accessible on accessible.project_id = links.project_id
            )
            for no key update
            """)
        guard let row else { throw WorkflowError.notFound("A work") }
        try await requireMember(viewer, of: row.uuid(0), transaction)
        return LiveIp(id: id, organizationID: row.uuid(0), updatedAt: row.timestamp(1))
    }

    private static func requireMember(
        _ viewer: UUID, of organizationID: UUID, _ transaction: Transaction
    ) async throws {
        let row = try await transaction.queryFirst(
            """
            select 1
            from organization_members
            where organization_id = \(organizationID)
            and user_id = \(viewer)
            """)
        if row == nil { throw WorkflowError(.forbidden, "Only members of the owner may do this.") }
    }

    private static func attach(
        _ ip: LiveIp, to projectIDs: [UUID], viewer: UUID, _ transaction: Transaction
    ) async throws {
        let own = try await transaction.query(
            """
            select id
            from projects
            where organization_id = \(ip.organizationID)
            and id in (select project_id from accessible_projects(\(viewer)))
            """)
        var check = InputCheck()
        if projectIDs.isEmpty { check.fail(["projectIds"], .required, "Name at least one project.") }
        if projectIDs.count > ProjectLinks.maximum {
            check.fail(["projectIds"], .tooLong, "At most \(ProjectLinks.maximum) are allowed.")
        }
        check.allFound(projectIDs, own, ["projectIds"], "The owner has no such project.")
        try check.finish()
        let left = own.map { $0.uuid(0) }.filter { !projectIDs.contains($0) }
        _ = try await transaction.query(
            "delete from project_ips where ip_id = \(ip.id) and project_id = any(\(left))")
        // A project without the work has no characters of it.
        _ = try await transaction.query(
            "update characters set ip_id = null where ip_id = \(ip.id) and project_id = any(\(left))")
        _ = try await transaction.query(
            """
            insert into project_ips (project_id, ip_id, organization_id)
            select distinct project_id, \(ip.id)::uuid, \(ip.organizationID)::uuid
            from unnest(\(projectIDs)) as chosen (project_id)
            on conflict do nothing
            """)
    }
}
