import Database
import Foundation
import GraphQL
import Schema

/// The object of `ProjectAccess`.
struct ProjectAccessSource: ObjectSource {
    typealias Object = ProjectAccessType

    let row: Row

    static let fields = ProjectAccessFields<ProjectAccessSource>(
        projectName: { $0.row.leaf(1) },
        role: { $0.row.enumeration(2) })

    /// The most projects of a person.
    private static let maximum = 100

    /// What people can open, by one statement; nothing of those whose projects are not the viewer's business.
    static func load(_ users: [UserRow], _ call: FieldCall) async throws -> Objects<ProjectAccessType> {
        let viewer = try call.request.requireViewer()
        let rows = try await call.request.services.pool.query(
            """
            select person.id, access.name, access.role
            from unnest(\(users.map(\.key))) as person (id)
            cross join lateral (
                select projects.name,
                    case
                        when exists (
                            select 1
                            from organization_members as members
                            where members.organization_id = projects.organization_id
                            and members.user_id = person.id
                        ) then 'OWNER_MEMBER'
                        when exists (
                            select 1
                            from project_organizations as coop
                            join organization_members as members on members.organization_id = coop.organization_id
                            where coop.project_id = projects.id
                            and members.user_id = person.id
                        ) then 'COOPERATING_MEMBER'
                        else 'INDIVIDUAL'
                    end as role
                from projects
                where projects.id in (select project_id from accessible_projects(person.id))
                and projects.deleted_at is null
                and (
                    person.id = \(viewer)
                    or exists (select 1 from users where id = \(viewer) and role = 'ADMIN')
                )
                order by projects.created_at desc, projects.id desc
                limit \(maximum)
            ) as access
            """)
        var found: [UUID: [ProjectAccessSource]] = [:]
        for row in rows { found[row.uuid(0), default: []].append(ProjectAccessSource(row: row)) }
        return Objects(lists: users.map { found[$0.key] ?? [] })
    }
}
