import Database
import FoundationEssentials

/// An entry of knowledge that the viewer may change, its row locked until the transaction ends.
struct LiveKnowledge {
    let projectID: UUID
    let updatedAt: Timestamp

    /// Locks the row.
    ///
    /// What is shared beyond its project is changed by those only who may share so far: their readers trust the words.
    ///
    /// - Throws: ``WorkflowError``: `notFound` for who may not read it, `forbidden` for who only reads it.
    static func lock(_ id: UUID, viewer: UUID, in transaction: Transaction) async throws -> LiveKnowledge {
        let row = try await transaction.queryFirst(
            """
            select entries.project_id, entries.updated_at, entries.scope,
                entries.project_id in (select project_id from accessible_projects(\(viewer)))
            from promoted_findings as entries
            join projects on projects.id = entries.project_id
            where entries.id = \(id)
            and projects.deleted_at is null
            and entries.audience_id in (select audience_id from knowledge_audiences(\(viewer)))
            for no key update of entries
            """)
        guard let row else { throw WorkflowError.notFound("An entry") }
        guard row.bool(3) else {
            throw WorkflowError(.forbidden, "Only who takes part in the project may do this.")
        }
        try await requireRight(to: row.string(2), viewer: viewer, in: row.uuid(0), transaction)
        return LiveKnowledge(projectID: row.uuid(0), updatedAt: row.timestamp(1))
    }

    /// Throws `forbidden` unless the viewer, who takes part in the project, may share its knowledge so far.
    static func requireRight(
        to scope: String, viewer: UUID, in projectID: UUID, _ transaction: Transaction
    ) async throws {
        if scope == "PROJECT" { return }
        let row = try await transaction.queryFirst(
            """
            select members.is_admin
            from projects
            join organization_members as members on members.organization_id = projects.organization_id
            where projects.id = \(projectID)
            and members.user_id = \(viewer)
            """)
        guard let row else { throw WorkflowError(.forbidden, "Only members of the owner may do this.") }
        guard scope == "ORGANIZATION" || row.bool(0) else { throw WorkflowError.adminsOnly }
    }
}
