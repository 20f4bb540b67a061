import Database
import Foundation
import GraphQL
import JSON
import Schema

/// A row of `users`.
struct UserRow: Entity {
    typealias Object = UserType
    static let table = "users"
    static let columns = ["id", "name", "email", "role", "created_at", "picture_url"]
    static let accessColumn = "id"

    let row: Row

    /// Whether the person manages people and organisations.
    var isSystemAdmin: Bool { row.enumeration(3, UserRole.self) == .admin }

    static let fields = UserFields<UserRow>(
        id: { $0.id },
        name: { $0.row.leaf(1) },
        email: { users, call in try await addresses(of: users, call) },
        pictureUrl: { $0.row.optionalString(5).flatMap(URLScalar.init) },
        role: { $0.row.enumeration(3) },
        projectAccess: { users, call in try await ProjectAccessSource.load(users, call) },
        receivedInvitations: { users, call in try await ReceivedInvitationSource.load(users, call) },
        organizations: { users, arguments, call in
            try await call.pages(
                OrganizationRow.ofUser(in: arguments.orderBy), of: users, arguments,
                filter: arguments.filter.flatMap(OrganizationRow.condition))
        },
        preferences: { users, call in try await preferences(of: users, call) },
        likes: { users, arguments, call in
            let viewer = try call.request.requireViewer()
            return try await call.pages(LikeRow.ofUser, of: users, arguments, nullUnless: { $0.key == viewer })
        },
        notifications: { users, arguments, call in
            let viewer = try call.request.requireViewer()
            return try await call.pages(
                NotificationRow.ofUser.ordered(by: arguments.orderBy), of: users, arguments,
                filter: arguments.filter.flatMap(NotificationRow.condition), nullUnless: { $0.key == viewer })
        },
        createdAt: { $0.row.dateTime(4) })

    /// All that the viewer can see, longest known first.
    static let all = ListDefinition<UserRow>.oldestFirst(of: nil)

    /// The members of an organisation in the order in which they joined.
    static let ofOrganization = ListDefinition<UserRow>(
        source: "organization_members as members join users as entity on entity.id = members.user_id",
        parentColumn: "members.organization_id",
        order: [.timestamp("members.created_at"), .uuid("members.user_id")], isDescending: false)

    /// The admins of an organisation in the order in which they joined.
    static let administering = ListDefinition<UserRow>(
        source: "organization_members as members join users as entity on entity.id = members.user_id",
        parentColumn: "members.organization_id",
        order: [.timestamp("members.created_at"), .uuid("members.user_id")], isDescending: false,
        condition: "members.is_admin")

    /// Everybody who takes part in a project, once, longest known first unless a client chooses.
    static func ofProject(in order: UserOrder?) -> ListDefinition<UserRow> {
        ListDefinition(
            source: "project_people as people join users as entity on entity.id = people.user_id",
            parentColumn: "people.project_id", order: UserOrder.keysOfPerson(order?.field ?? .createdAt),
            isDescending: order?.direction == .descending,
            // Of those who take part in several ways, the first.
            condition: """
                not exists (
                    select 1
                    from project_people as others
                    where others.project_id = people.project_id
                    and others.user_id = people.user_id
                    and others.way < people.way
                )
                """)
    }

    /// The individuals who take part in a project without an organisation, in the order in which they came.
    static let cooperating = ListDefinition<UserRow>(
        source: "project_members as members join users as entity on entity.id = members.user_id",
        parentColumn: "members.project_id",
        order: [.timestamp("members.created_at"), .uuid("members.user_id")], isDescending: false)

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: UserFilter, viewer: UUID) -> SQL? {
        var parts: [SQL] = []
        if let name = filter.name { parts.append("strpos(lower(entity.name), lower(\(name))) > 0") }
        if let email = filter.email {
            // Who may not see an address must not find it by guessing either.
            parts.append("strpos(entity.email, lower(\(email))) > 0")
            parts.append("entity.id in (select user_id from users_with_known_address(\(viewer)))")
        }
        if let role = filter.role { parts.append("entity.role = \(role.rawValue)") }
        return SQL.all(parts)
    }

    /// Addresses are for people of the same organisation; no statement is needed for one's own.
    private static func addresses(of users: [UserRow], _ call: FieldCall) async throws -> Leaves<Text?> {
        let viewer = try call.request.requireViewer()
        let others = users.map(\.key).filter { $0 != viewer }
        var known: Set<UUID> = [viewer]
        if !others.isEmpty {
            let rows = try await call.request.services.pool.query(
                """
                select user_id
                from users_with_known_address(\(viewer))
                where user_id = any(\(others))
                """)
            known.formUnion(rows.map { $0.uuid(0) })
        }
        return Leaves(users.map { known.contains($0.key) ? $0.row.leaf(2) : nil })
    }

    /// Settings are for the person alone.
    private static func preferences(of users: [UserRow], _ call: FieldCall) async throws -> Leaves<JSONScalar?> {
        let viewer = try call.request.requireViewer()
        guard users.contains(where: { $0.key == viewer }) else { return Leaves(users.map { _ in nil }) }
        let row = try await call.request.services.pool.queryFirst(
            "select settings from user_preferences where user_id = \(viewer)")
        let settings =
            row.map { row in
                let settings = row.jsonb(0)
                return JSONScalar(owner: settings.owner, uncheckedText: settings.bytes)
            } ?? JSONScalar(.object([:]))
        return Leaves(users.map { $0.key == viewer ? settings : nil })
    }
}
