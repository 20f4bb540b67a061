import Database
import GraphQL
import Schema

/// A row of the view `project_cooperations`.
struct ProjectCooperationRow: Entity {
    typealias Object = ProjectCooperationType
    static let table = "project_cooperations"
    static let columns = ["id", "project_id", "organization_id", "name", "created_at"]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = ProjectCooperationFields<ProjectCooperationRow>(
        id: { $0.id },
        organizationName: { $0.row.leaf(3) },
        organization: { cooperations, call in
            try await call.one(cooperations, { $0.row.uuid(2) }, as: OrganizationRow.self)
        },
        project: { cooperations, call in
            try await call.one(cooperations, { $0.row.uuid(1) }, as: ProjectRow.self)
        },
        createdAt: { $0.row.dateTime(4) })

    /// The organisations that take part in a project, in the order in which they came.
    static let ofProject = ListDefinition<ProjectCooperationRow>.oldestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ProjectCooperationFilter) -> SQL? {
        SQL.filter(SQL.text("entity.name", has: filter.name))
    }
}
