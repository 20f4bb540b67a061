import Database
import Foundation

/// What the viewer is in an organisation.
struct Membership: Sendable {
    /// Whether the viewer is a member, or sees all as a system admin.
    let isMember: Bool
    /// Whether the viewer may administer it.
    let isAdmin: Bool

    static func load(_ keys: [UUID], viewer: UUID, _ pool: ConnectionPool) async throws -> [UUID: Membership] {
        let rows = try await pool.query(
            """
            select organizations.id, members.user_id is not null,
                coalesce(members.is_admin, false) or exists (
                    select 1
                    from users
                    where users.id = \(viewer)
                    and users.role = 'ADMIN'
                )
            from organizations
            left join organization_members as members
                on members.organization_id = organizations.id
                and members.user_id = \(viewer)
            where organizations.id = any(\(keys))
            """)
        return Dictionary(
            rows.map { ($0.uuid(0), Membership(isMember: $0.bool(1), isAdmin: $0.bool(2))) },
            uniquingKeysWith: { first, _ in first })
    }
}
