import Database
import Foundation
import GraphQL
import Schema

/// A row of `organizations`.
struct OrganizationRow: Entity {
    typealias Object = OrganizationType
    static let table = "organizations"
    static let columns = ["id", "name", "description", "domain", "created_at", "updated_at"]
    static let accessColumn = "id"

    let row: Row

    static let fields = OrganizationFields<OrganizationRow>(
        id: { $0.id },
        name: { $0.row.leaf(1) },
        description: { $0.row.leaf(2) },
        domain: { $0.row.optionalLeaf(3) },
        viewerIsMember: { organizations, call in
            Leaves(try await memberships(of: organizations, call).map(\.isMember))
        },
        viewerIsAdmin: { organizations, call in
            Leaves(try await memberships(of: organizations, call).map(\.isAdmin))
        },
        members: { organizations, arguments, call in
            let viewer = try call.request.requireViewer()
            return try await pages(
                UserRow.ofOrganization.ordered(by: arguments.orderBy), of: organizations, arguments,
                filter: arguments.filter.flatMap { UserRow.condition($0, viewer: viewer) }, call
            ) { $0.isMember || $0.isAdmin }
        },
        admins: { organizations, arguments, call in
            let viewer = try call.request.requireViewer()
            return try await pages(
                UserRow.administering.ordered(by: arguments.orderBy), of: organizations, arguments,
                filter: arguments.filter.flatMap { UserRow.condition($0, viewer: viewer) }, call
            ) { $0.isMember || $0.isAdmin }
        },
        invitations: { organizations, arguments, call in
            try await pages(
                OrganizationInvitationRow.ofOrganization.ordered(by: arguments.orderBy), of: organizations, arguments,
                filter: arguments.filter.flatMap(OrganizationInvitationRow.condition), call, for: \.isAdmin)
        },
        auditLog: { organizations, arguments, call in
            try await pages(
                AuditEntryRow.ofOrganization.ordered(by: arguments.orderBy), of: organizations, arguments,
                filter: arguments.filter.flatMap(AuditEntryRow.condition), call, for: \.isAdmin)
        },
        projects: { organizations, arguments, call in
            try await call.pages(
                ProjectRow.ofOrganization.among(arguments.filter?.deleted).ordered(by: arguments.orderBy),
                of: organizations, arguments,
                filter: arguments.filter.flatMap(ProjectRow.condition))
        },
        taskStatuses: { organizations, call in
            try await call.many(organizations, as: TaskStatusRow.self) { TaskStatusRow.ofOrganizations($0, viewer: $1) }
        },
        taskPriorities: { organizations, call in
            try await call.many(organizations, as: TaskPriorityRow.self) {
                TaskPriorityRow.ofOrganizations($0, viewer: $1)
            }
        },
        createdAt: { $0.row.dateTime(4) },
        updatedAt: { $0.row.dateTime(5) })

    /// All that the viewer can see, oldest first.
    static let all = ListDefinition<OrganizationRow>.oldestFirst(of: nil)

    /// A user's organisations, oldest first unless a client chooses; memberships repeat what they are ordered by.
    static func ofUser(in order: OrganizationOrder?) -> ListDefinition<OrganizationRow> {
        ListDefinition(
            source: """
                organization_members as members
                join organizations as entity on entity.id = members.organization_id
                """,
            parentColumn: "members.user_id", order: OrganizationOrder.keysOfMember(order?.field ?? .createdAt),
            isDescending: order?.direction == .descending)
    }

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: OrganizationFilter) -> SQL? {
        SQL.filter(SQL.text("entity.name", has: filter.name))
    }

    /// What the viewer is in each of them.
    private static func memberships(
        of organizations: [OrganizationRow], _ call: FieldCall
    ) async throws -> [Membership] {
        try await call.request.memberships().load(organizations.map(\.key)).map {
            $0 ?? Membership(isMember: false, isAdmin: false)
        }
    }

    /// A list that only some may see, such as the members: others get null, not an empty list.
    private static func pages<E: Entity, Tag: ObjectTypeTag>(
        _ list: ListDefinition<E>, of organizations: [OrganizationRow], _ arguments: some PagingArguments,
        filter: SQL?, _ call: FieldCall, for isAllowed: (Membership) -> Bool
    ) async throws -> Objects<Tag> {
        let memberships = try await memberships(of: organizations, call)
        let allowed = Set(zip(organizations, memberships).filter { isAllowed($1) }.map(\.0.key))
        return try await call.pages(
            list, of: organizations, arguments, filter: filter, nullUnless: { allowed.contains($0.key) })
    }
}
