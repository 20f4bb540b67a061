import Database
import Foundation
import GraphQL
import Schema

/// A row of `projects`.
struct ProjectRow: Entity {
    typealias Object = ProjectType
    static let table = "projects"
    static let columns = ["id", "organization_id", "name", "description", "created_by", "created_at", "updated_at"]
    static let accessColumn = "id"

    let row: Row

    static let fields = ProjectFields<ProjectRow>(
        id: { $0.id },
        name: { $0.row.leaf(2) },
        description: { $0.row.leaf(3) },
        owner: { projects, call in
            try await call.one(projects, { $0.row.uuid(1) }, as: OrganizationRow.self)
        },
        createdBy: { projects, call in try await call.one(projects, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        rpds: { projects, arguments, call in
            try await call.pages(
                RpdRow.ofProject, of: projects, arguments, filter: arguments.filter.flatMap(RpdRow.condition))
        },
        tasks: { projects, arguments, call in try await call.pages(TaskRow.ofProject, of: projects, arguments) },
        reviews: { projects, arguments, call in
            try await call.pages(ReviewRow.ofProject, of: projects, arguments)
        },
        createdAt: { $0.row.dateTime(5) },
        updatedAt: { $0.row.dateTime(6) })

    /// All that the viewer can see, newest first.
    static let all = ListDefinition<ProjectRow>.newestFirst(of: nil)

    /// An organisation's projects, newest first.
    static let ofOrganization = ListDefinition<ProjectRow>.newestFirst(of: "organization_id")
}
