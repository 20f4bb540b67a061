public import Database
public import FoundationEssentials

/// Makes and changes projects.
public struct ProjectStore: Sendable {
    let pool: ConnectionPool

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

    /// Changes what is not nil, for members of the owner organisation.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func update(
        viewer: UUID, projectID: UUID, name: String?, description: String?, expectedUpdatedAt: Timestamp? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select updated_at,
                    exists (
                        select 1
                        from organization_members as members
                        where members.organization_id = projects.organization_id
                        and members.user_id = \(viewer)
                    )
                from projects
                where id = \(projectID)
                and id in (select project_id from accessible_projects(\(viewer)))
                for no key update
                """)
            guard let row else { throw WorkflowError.notFound("A project") }
            guard row.bool(1) else {
                throw WorkflowError(.forbidden, "Only members of the owner organisation may do this.")
            }
            var check = InputCheck()
            let name = name.map { check.name($0, ["name"]) }
            let description = description.map { check.text($0, ["description"]) }
            check.unchanged(since: expectedUpdatedAt, row.timestamp(0))
            try check.finish()
            _ = try await transaction.query(
                """
                update projects
                set name = coalesce(\(name), name),
                    description = coalesce(\(description), description)
                where id = \(projectID)
                """)
        }
    }

    /// Puts a project out of the way, or back; lists leave archived ones out where they are asked to.
    public func setArchived(viewer: UUID, projectID: UUID, isArchived: Bool) async throws {
        try await pool.withTransaction { transaction in
            _ = try await AdministeredProject.lock(projectID, viewer: viewer, in: transaction)
            _ = try await transaction.query(
                """
                update projects
                set archived_at = case when \(isArchived) then now() end
                where id = \(projectID)
                and (archived_at is not null) <> \(isArchived)
                """)
        }
    }

    /// Deletes a project: with it, everything in it is gone from sight.
    ///
    /// Its active reviews, looks at pictures and exports end.
    public func delete(viewer: UUID, projectID: UUID) async throws {
        try await pool.withTransaction { transaction in
            _ = try await AdministeredProject.lock(projectID, viewer: viewer, in: transaction)
            _ = try await transaction.query(
                "update projects set deleted_at = now(), deleted_by = \(viewer) where id = \(projectID)")
            let reviewed = try await transaction.query(
                """
                select subtask_id
                from reviews
                where project_id = \(projectID)
                and status in ('PENDING', 'PROCESSING')
                """)
            try await ReviewStore.cancelActive(of: reviewed.map { $0.uuid(0) }, in: transaction)
            let analyzed = try await transaction.query(
                """
                select subtask_id
                from picture_analyses
                where project_id = \(projectID)
                and status in ('PENDING', 'PROCESSING')
                """)
            try await AnalysisStore.cancelActive(of: analyzed.map { $0.uuid(0) }, in: transaction)
            let exported = try await transaction.query(
                """
                select distinct links.task_id
                from exports
                join export_tasks as links on links.export_id = exports.id
                where exports.project_id = \(projectID)
                and exports.status in ('PENDING', 'PROCESSING')
                """)
            try await ExportStore.cancelActive(of: exported.map { $0.uuid(0) }, in: transaction)
        }
    }

    /// Brings a deleted project back with all that is in it; one that is not deleted stays as it is.
    public func restore(viewer: UUID, projectID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let project = try await AdministeredProject.lock(
                projectID, viewer: viewer, orDeleted: true, in: transaction)
            guard project.isDeleted else { return }
            _ = try await transaction.query(
                "update projects set deleted_at = null, deleted_by = null where id = \(projectID)")
        }
    }
}
