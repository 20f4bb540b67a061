import Database
import Foundation
import GraphQL
import Schema

/// A row of `organizations`.
struct OrganizationRow: Entity {
    typealias Object = OrganizationType
    static let table = "organizations"
    static let columns = ["id", "name", "description", "created_at", "updated_at"]
    static let accessColumn = "id"

    let row: Row

    static let fields = OrganizationFields<OrganizationRow>(
        id: { $0.id },
        name: { $0.row.leaf(1) },
        description: { $0.row.leaf(2) },
        members: { organizations, arguments, call in
            try await members(of: organizations, arguments, call)
        },
        projects: { organizations, arguments, call in
            try await call.pages(ProjectRow.ofOrganization, of: organizations, arguments)
        },
        taskStatuses: { organizations, call in
            try await call.many(organizations, as: TaskStatusRow.self) { TaskStatusRow.ofOrganizations($0, viewer: $1) }
        },
        taskPriorities: { organizations, call in
            try await call.many(organizations, as: TaskPriorityRow.self) {
                TaskPriorityRow.ofOrganizations($0, viewer: $1)
            }
        },
        createdAt: { $0.row.dateTime(3) },
        updatedAt: { $0.row.dateTime(4) })

    /// All that the viewer can see, oldest first.
    static let all = ListDefinition<OrganizationRow>.oldestFirst(of: nil)

    /// A user's organisations, oldest first.
    static let ofUser = ListDefinition<OrganizationRow>(
        source: "organization_members as members join organizations as entity on entity.id = members.organization_id",
        parentColumn: "members.user_id",
        order: [.timestamp("entity.created_at"), .uuid("entity.id")], isDescending: false)

    /// Members are for members: whoever sees an organisation only through one of its projects gets null.
    private static func members(
        of organizations: [OrganizationRow], _ arguments: OrganizationMembersArguments, _ call: FieldCall
    ) async throws -> Objects<UserConnectionType> {
        let viewer = try call.request.requireViewer()
        let own = try await call.request.services.pool.query(
            """
            select organization_id
            from organization_members
            where user_id = \(viewer)
            and organization_id = any(\(organizations.map(\.key)))
            """)
        let ownKeys = Set(own.map { $0.uuid(0) })
        return try await call.pages(
            UserRow.ofOrganization, of: organizations, arguments, nullUnless: { ownKeys.contains($0.key) })
    }
}
