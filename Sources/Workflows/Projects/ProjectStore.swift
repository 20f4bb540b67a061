public import Database
public import FoundationEssentials

/// Makes and changes projects.
public struct ProjectStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Makes a project of an organisation of which the viewer is a member, and gives its id.
    public func create(
        viewer: UUID, organizationID: UUID, name: String, description: String
    ) async throws -> UUID {
        var check = InputCheck()
        let name = check.name(name, ["name"])
        let description = check.text(description, ["description"])
        try check.finish()
        let rows = try await pool.query(
            """
            insert into projects (organization_id, name, description, created_by)
            select members.organization_id, \(name), \(description), members.user_id
            from organization_members as members
            where members.organization_id = \(organizationID)
            and members.user_id = \(viewer)
            returning id
            """)
        guard let row = rows.first else { throw WorkflowError.notFound("An organisation") }
        return row.uuid(0)
    }

    /// Changes what is not nil.
    public func update(viewer: UUID, projectID: UUID, name: String?, description: String?) async throws {
        var check = InputCheck()
        let name = name.map { check.name($0, ["name"]) }
        let description = description.map { check.text($0, ["description"]) }
        try check.finish()
        let rows = try await pool.query(
            """
            update projects
            set name = coalesce(\(name), name),
                description = coalesce(\(description), description)
            where id = \(projectID)
            and id in (select project_id from accessible_projects(\(viewer)))
            """)
        if rows.affectedRows == 0 { throw WorkflowError.notFound("A project") }
    }
}
