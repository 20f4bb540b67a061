import Database
import FoundationEssentials

/// A project that the viewer may administer, its row locked until the transaction ends.
///
/// Its owner's admins may. System admins manage people and organisations; projects they see by taking part only.
struct AdministeredProject {
    let id: UUID
    let organizationID: UUID
    let updatedAt: Timestamp
    /// Whether it is deleted; only where the caller asks for those, too.
    let isDeleted: Bool

    /// Locks the row: what concerns the people of one project happens one after the other.
    ///
    /// - Throws: ``WorkflowError``: `notFound` for who may not see it, `forbidden` for who sees it only.
    static func lock(
        _ id: UUID, viewer: UUID, orDeleted: Bool = false, in transaction: Transaction
    ) async throws -> AdministeredProject {
        let row = try await transaction.queryFirst(
            """
            select projects.organization_id, projects.updated_at, projects.deleted_at is not null,
                coalesce(members.is_admin, false),
                projects.id in (select project_id from accessible_projects(\(viewer))),
                projects.purge_started_at is not null
            from projects
            left join organization_members as members
                on members.organization_id = projects.organization_id
                and members.user_id = \(viewer)
            where projects.id = \(id)
            for no key update of projects
            """)
        guard let row else { throw WorkflowError.notFound("A project") }
        let isAdmin = row.bool(3)
        // A deleted project is there for its admins only, and only to be restored, as long as all of it is there.
        guard row.bool(4) || (orDeleted && isAdmin && !row.bool(5)) else { throw WorkflowError.notFound("A project") }
        guard isAdmin else { throw WorkflowError.adminsOnly }
        return AdministeredProject(
            id: id, organizationID: row.uuid(0), updatedAt: row.timestamp(1), isDeleted: row.bool(2))
    }
}
