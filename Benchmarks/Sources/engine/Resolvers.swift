// The resolvers over the objects in memory, written as generated code writes them.

import GraphQL

struct FirstArgument: ArgumentDecodable {
    let first: Int32

    init(_ values: ArgumentValues) throws {
        first = try values.required(0)
    }
}

/// The resolvers over objects in memory.
func benchmarkResolvers(_ projects: [Project]) -> ResolverTable {
    var table = ResolverTable()
    table.set(
        "Query", "projects",
        .rootObjects { (arguments: FirstArgument, _) -> Objects<ProjectTag> in
            Objects(lists: [Array(projects.prefix(Int(arguments.first)))])
        })
    table.set("Project", "id", .stored { (project: Project) in ID(project.id) })
    table.set("Project", "name", .stored { (project: Project) in project.name })
    table.set("Project", "description", .stored { (project: Project) in project.description })
    table.set(
        "Project", "owner",
        .storedObjects { (projects: [Project]) -> Objects<UserTag> in
            Objects(projects.map(\.owner))
        })
    table.set(
        "Project", "reviews",
        .storedObjects { (projects: [Project], arguments: FirstArgument) -> Objects<ReviewTag> in
            Objects(lists: projects.map { Array($0.reviews.prefix(Int(arguments.first))) })
        })
    table.set("User", "id", .stored { (user: User) in ID(user.id) })
    table.set("User", "name", .stored { (user: User) in user.name })
    table.set("User", "email", .stored { (user: User) in user.email })
    table.set("Review", "id", .stored { (review: Review) in ID(review.id) })
    table.set("Review", "version", .stored { (review: Review) in review.version })
    table.set("Review", "status", .stored { (review: Review) in review.status })
    table.set(
        "Review", "author",
        .storedObjects { (reviews: [Review]) -> Objects<UserTag> in
            Objects(reviews.map(\.author))
        })
    table.set(
        "Review", "findings",
        .storedObjects { (reviews: [Review]) -> Objects<FindingTag> in
            Objects(lists: reviews.map(\.findings))
        })
    table.set("Finding", "id", .stored { (finding: Finding) in ID(finding.id) })
    table.set("Finding", "description", .stored { (finding: Finding) in finding.description })
    table.set("Finding", "severity", .stored { (finding: Finding) in finding.severity })
    table.set("Finding", "suggestion", .stored { (finding: Finding) in finding.suggestion })
    table.set(
        "Finding", "area",
        .storedObjects { (findings: [Finding]) -> Objects<AreaTag> in
            Objects(findings.map(\.area))
        })
    table.set("Area", "x", .stored { (area: Area) in area.x })
    table.set("Area", "y", .stored { (area: Area) in area.y })
    table.set("Area", "width", .stored { (area: Area) in area.width })
    table.set("Area", "height", .stored { (area: Area) in area.height })
    return table
}
