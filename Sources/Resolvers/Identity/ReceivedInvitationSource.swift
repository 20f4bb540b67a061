import Database
import Foundation
import GraphQL
import Schema

/// The object of `ReceivedInvitation`.
struct ReceivedInvitationSource: ObjectSource {
    typealias Object = ReceivedInvitationType

    let row: Row

    static let fields = ReceivedInvitationFields<ReceivedInvitationSource>(
        organizationName: { $0.row.leaf(0) },
        projectName: { $0.row.optionalLeaf(1) },
        isAdmin: { $0.row.bool(2) },
        canBringOrganization: { $0.row.bool(3) },
        invitedByName: { $0.row.optionalLeaf(4) },
        createdAt: { $0.row.dateTime(5) },
        expiresAt: { $0.row.dateTime(6) })

    /// The most invitations of a person.
    private static let maximum = 100

    /// The viewer's own, newest first; no statement is needed where nobody is the viewer.
    static func load(_ users: [UserRow], _ call: FieldCall) async throws -> Objects<ReceivedInvitationType> {
        let viewer = try call.request.requireViewer()
        guard users.contains(where: { $0.key == viewer }) else {
            return Objects(lists: users.map { _ in [ReceivedInvitationSource]() })
        }
        let rows = try await call.request.services.pool.query(
            """
            select organizations.name, projects.name, invitations.is_admin, invitations.can_bring_organization,
                inviters.name, invitations.created_at, invitations.expires_at
            from organization_invitations as invitations
            join organizations on organizations.id = invitations.organization_id
            left join projects on projects.id = invitations.project_id
            left join users as inviters on inviters.id = invitations.created_by
            where invitations.email = (select email from users where id = \(viewer))
            and invitations.accepted_at is null
            and invitations.revoked_at is null
            and invitations.expires_at > now()
            and projects.deleted_at is null
            order by invitations.created_at desc, invitations.id desc
            limit \(maximum)
            """)
        let own = rows.map(ReceivedInvitationSource.init)
        return Objects(lists: users.map { $0.key == viewer ? own : [] })
    }
}
