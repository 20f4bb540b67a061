public import Database
public import FoundationEssentials

// Who takes part in a project beside its owner's members, and what its tasks choose from. What changes here has effect
// with the commit: every statement asks who takes part.
extension ProjectStore {
    /// Lets a person take part whom the viewer can see; others are invited.
    public func addMember(viewer: UUID, projectID: UUID, userID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let project = try await AdministeredProject.lock(projectID, viewer: viewer, in: transaction)
            let known = try await transaction.queryFirst(
                "select 1 where \(userID) in (select user_id from accessible_users(\(viewer)))")
            if known == nil {
                throw WorkflowError(problems: [InputProblem(["userId"], .notFound, "There is no such user.")])
            }
            try await Self.add(member: userID, to: project.id, in: transaction)
        }
    }

    /// Ends the participation of an individual: an admin ends it, or people leave.
    ///
    /// Who takes part by an organisation cannot leave alone. Open invitations of their address into the project are void.
    public func removeMember(viewer: UUID, projectID: UUID, userID: UUID) async throws {
        try await pool.withTransaction { transaction in
            if viewer == userID {
                let row = try await transaction.queryFirst(
                    """
                    select 1
                    from projects
                    where id = \(projectID)
                    and id in (select project_id from accessible_projects(\(viewer)))
                    for no key update
                    """)
                if row == nil { throw WorkflowError.notFound("A project") }
            } else {
                _ = try await AdministeredProject.lock(projectID, viewer: viewer, in: transaction)
            }
            try await InvitationStore.revokeOpen(of: [userID], .project(projectID), in: transaction)
            let removed = try await transaction.query(
                "delete from project_members where project_id = \(projectID) and user_id = \(userID)")
            if removed.affectedRows == 0 {
                throw WorkflowError(problems: [
                    viewer == userID
                        ? InputProblem(["userId"], .conflict, "You take part by an organisation, not by yourself.")
                        : InputProblem(["userId"], .notFound, "The project has no such individual.")
                ])
            }
            try await OrganizationStore.releaseTasks(of: [userID], in: transaction)
        }
    }

    /// Lets an organisation take part that the viewer can see; others are invited.
    public func addOrganization(viewer: UUID, projectID: UUID, organizationID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let project = try await AdministeredProject.lock(projectID, viewer: viewer, in: transaction)
            let known = try await transaction.queryFirst(
                """
                select 1
                where \(organizationID) in (select organization_id from accessible_organizations(\(viewer)))
                """)
            if known == nil || organizationID == project.organizationID {
                throw WorkflowError(problems: [
                    known == nil
                        ? InputProblem(["organizationId"], .notFound, "There is no such organisation.")
                        : InputProblem(["organizationId"], .conflict, "The project belongs to this organisation.")
                ])
            }
            try await Self.add(organization: organizationID, to: project.id, in: transaction)
        }
    }

    /// Ends the participation of an organisation: the owner's admins end it, or its own.
    ///
    /// Open invitations of its people into the project are void, so that none of them brings it back.
    public func removeOrganization(viewer: UUID, cooperationID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select coop.project_id, coop.organization_id,
                    exists (
                        select 1
                        from organization_members as members
                        where members.user_id = \(viewer)
                        and members.is_admin
                        and members.organization_id in (projects.organization_id, coop.organization_id)
                    )
                from project_organizations as coop
                join projects on projects.id = coop.project_id
                where coop.id = \(cooperationID)
                and coop.project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update of projects
                """)
            guard let row else { throw WorkflowError.notFound("A cooperation") }
            guard row.bool(2) else { throw WorkflowError.adminsOnly }
            let people = try await transaction.query(
                "select user_id from organization_members where organization_id = \(row.uuid(1))"
            ).map { $0.uuid(0) }
            try await InvitationStore.revokeOpen(of: people, .project(row.uuid(0)), in: transaction)
            _ = try await transaction.query("delete from project_organizations where id = \(cooperationID)")
            // Those of its people who have no other way into the project work on nothing there any more.
            try await OrganizationStore.releaseTasks(of: people, in: transaction)
        }
    }

    /// Sets from which of its organisation's statuses and priorities tasks choose.
    ///
    /// An empty list admits all, nil leaves the choice as it is. Tasks keep what they have.
    public func setCandidates(
        viewer: UUID, projectID: UUID, statusIDs: [UUID]?, priorityIDs: [UUID]?, expectedUpdatedAt: Timestamp? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            let project = try await AdministeredProject.lock(projectID, viewer: viewer, in: transaction)
            try InputCheck.requireUnchanged(since: expectedUpdatedAt, project.updatedAt)
            for (kind, ids, field) in [
                (TaskOptionKind.status, statusIDs, "taskStatusIds"), (.priority, priorityIDs, "taskPriorityIds"),
            ] {
                guard let ids else { continue }
                let known = try await transaction.query(
                    """
                    select id
                    from \(unsafeSQL: kind.table)
                    where organization_id = \(project.organizationID)
                    and id = any(\(ids))
                    """)
                var check = InputCheck()
                check.allFound(ids, known, [field], "The organisation has no such entry.")
                try check.finish()
                _ = try await transaction.query(
                    """
                    delete from \(unsafeSQL: kind.candidateTable)
                    where project_id = \(projectID)
                    and \(unsafeSQL: kind.taskColumn) <> all(\(ids))
                    """)
                _ = try await transaction.query(
                    """
                    insert into \(unsafeSQL: kind.candidateTable) (project_id, \(unsafeSQL: kind.taskColumn))
                    select distinct \(projectID)::uuid, chosen
                    from unnest(\(ids)) as chosen
                    on conflict do nothing
                    """)
            }
            _ = try await transaction.query("update projects set updated_at = now() where id = \(projectID)")
        }
    }

    // MARK: Parts

    static func add(member userID: UUID, to projectID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            insert into project_members (project_id, user_id)
            values (\(projectID), \(userID))
            on conflict do nothing
            """)
    }

    static func add(organization id: UUID, to projectID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            insert into project_organizations (project_id, organization_id)
            values (\(projectID), \(id))
            on conflict do nothing
            """)
    }
}
