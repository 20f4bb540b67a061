import Database
import Foundation
import GraphQL
import Schema

/// A row of the view `attached_ips`.
///
/// A work has a row for each project to which it is attached; by key any of them will do.
struct IpRow: Entity {
    typealias Object = IntellectualPropertyType
    static let table = "attached_ips"
    static let columns = [
        "id", "project_id", "organization_id", "name", "description", "created_by", "created_at", "updated_at",
        "deleted_at",
    ]
    static let accessColumn = "project_id"
    static let existence: String? = "entity.deleted_at is null"

    let row: Row

    static let fields = IntellectualPropertyFields<IpRow>(
        id: { $0.id },
        name: { $0.row.leaf(3) },
        description: { $0.row.leaf(4) },
        owner: { ips, call in try await call.one(ips, { $0.row.uuid(2) }, as: OrganizationRow.self) },
        projects: { ips, call in
            try await call.many(ips, as: ProjectRow.self) {
                ProjectRow.linked(by: "project_ips", "ip_id", "project_id", of: $0, viewer: $1)
            }
        },
        createdBy: { ips, call in try await call.one(ips, { $0.row.optionalUUID(5) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(6) },
        updatedAt: { $0.row.dateTime(7) },
        deletedAt: { $0.row.optionalDateTime(8) })

    /// Members of the owner may bring a work back, whoever else takes part in the project.
    static func isVisibleDeleted(to viewer: UUID) -> SQL {
        isAccessible(to: viewer)
            + """
             and entity.deleted_at is not null
            and entity.organization_id in (select organization_id from organization_members where user_id = \(viewer))
            """
    }

    /// The works of a project in the order in which they were made.
    static let ofProject = ListDefinition<IpRow>.oldestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: IpFilter) -> SQL? {
        SQL.filter(SQL.text("entity.name || ' ' || entity.description", has: filter.text))
    }
}
