import Database
import FoundationEssentials

/// An organisation that the viewer may administer, its row locked until the transaction ends.
struct AdministeredOrganization {
    let id: UUID
    /// Whether the viewer is a system admin.
    let isBySystemAdmin: Bool

    /// Locks the row: what concerns the members of one organisation happens one after the other.
    ///
    /// - Throws: ``WorkflowError``: `notFound` for who may not see it, `forbidden` for who sees it only.
    static func lock(
        _ id: UUID, viewer: UUID, in transaction: Transaction
    ) async throws -> AdministeredOrganization {
        let row = try await transaction.queryFirst(
            """
            select
                id in (select organization_id from administered_organizations(\(viewer))),
                exists (select 1 from users where users.id = \(viewer) and users.role = 'ADMIN')
            from organizations
            where id = \(id)
            and id in (select organization_id from accessible_organizations(\(viewer)))
            for no key update
            """)
        guard let row else { throw WorkflowError.notFound("An organisation") }
        guard row.bool(0) else { throw WorkflowError.adminsOnly }
        return AdministeredOrganization(id: id, isBySystemAdmin: row.bool(1))
    }
}

extension WorkflowError {
    /// The refusal of what only admins of the organisation may do.
    static var adminsOnly: WorkflowError {
        WorkflowError(.forbidden, "Only administrators of the organisation may do this.")
    }

    /// The refusal of what only system admins may do.
    static var systemAdminsOnly: WorkflowError {
        WorkflowError(.forbidden, "Only administrators may do this.")
    }
}

/// Who may do what in the whole system.
enum SystemAdmin {
    /// Throws `forbidden` unless the viewer is a system admin.
    static func require(_ viewer: UUID, _ database: some Queryable) async throws {
        let row = try await database.queryFirst("select 1 from users where id = \(viewer) and role = 'ADMIN'")
        guard row != nil else { throw WorkflowError.systemAdminsOnly }
    }

    /// Throws `forbidden` unless the viewer is a system admin, and stays one until the transaction ends.
    ///
    /// Whoever takes the right from system admins holds this: two of them cannot take it from each other at once.
    static func lock(_ viewer: UUID, in transaction: Transaction) async throws {
        // Who is none waits for nobody.
        try await require(viewer, transaction)
        let admins = try await transaction.query(
            "select id from users where role = 'ADMIN' order by id for no key update")
        guard admins.contains(where: { $0.uuid(0) == viewer }) else { throw WorkflowError.systemAdminsOnly }
    }
}
