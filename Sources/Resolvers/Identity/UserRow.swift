import Database
import GraphQL
import Schema

/// A row of `users`.
struct UserRow: Entity {
    typealias Object = UserType
    static let table = "users"
    static let columns = ["id", "name", "email", "role", "created_at"]
    static let accessColumn = "id"

    let row: Row

    static let fields = UserFields<UserRow>(
        id: { $0.id },
        name: { $0.row.leaf(1) },
        email: { $0.row.leaf(2) },
        role: { $0.row.enumeration(3) },
        organizations: { users, arguments, call in
            try await call.pages(OrganizationRow.ofUser, of: users, arguments)
        },
        createdAt: { $0.row.dateTime(4) })

    /// The members of an organisation in the order in which they joined.
    static let ofOrganization = ListDefinition<UserRow>(
        source: "organization_members as members join users as entity on entity.id = members.user_id",
        parentColumn: "members.organization_id",
        order: [.timestamp("members.created_at"), .uuid("members.user_id")], isDescending: false)
}
