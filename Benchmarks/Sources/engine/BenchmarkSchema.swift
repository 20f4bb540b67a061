import GraphQL

/// The bench-only schema: lists of lists, as a dashboard asks for them.
let benchmarkSDL = """
    type Query { projects(first: Int!): [Project!]! }
    type Project { id: ID! name: String! description: String owner: User! reviews(first: Int!): [Review!]! }
    type User { id: ID! name: String! email: String! }
    type Review { id: ID! version: Int! status: ReviewStatus! author: User! findings: [Finding!]! }
    enum ReviewStatus { PENDING PROCESSING COMPLETED }
    type Finding { id: ID! description: String! severity: Severity! suggestion: String area: Area! }
    enum Severity { RISK ALERT SAFE }
    type Area { x: Float! y: Float! width: Float! height: Float! }
    """

/// The operation of the first slice, about 10,000 fields for 20 projects.
let dashOperation = """
    query Dash($n: Int!) { projects(first: $n) { id name description owner { ...U } reviews(first: 5) { id version \
    status author { ...U } findings { id description severity suggestion area { x y width height } } } } }
    fragment U on User { id name email }
    """

enum ProjectTag: ObjectTypeTag { static var typeName: String { "Project" } }
enum UserTag: ObjectTypeTag { static var typeName: String { "User" } }
enum ReviewTag: ObjectTypeTag { static var typeName: String { "Review" } }
enum FindingTag: ObjectTypeTag { static var typeName: String { "Finding" } }
enum AreaTag: ObjectTypeTag { static var typeName: String { "Area" } }

final class User: ObjectSource {
    typealias Object = UserTag
    let id: String
    let name: String
    let email: String

    init(_ number: Int) {
        id = "user-\(number)"
        name = "監修者 \(number)"
        email = "user\(number)@demo.example"
    }
}

final class Project: ObjectSource {
    typealias Object = ProjectTag
    let id: String
    let name: String
    let description: String?
    let owner: User
    let reviews: [Review]

    init(_ number: Int, reviews: Int, findings: Int) {
        id = "project-\(number)"
        name = "Project number \(number)"
        description = number.isMultiple(of: 3) ? nil : "What the project \(number) is about, in one sentence."
        owner = User(number)
        self.reviews = (0..<reviews).map { Review(number * 100 + $0, findings: findings) }
    }
}

final class Review: ObjectSource {
    typealias Object = ReviewTag
    let id: String
    let version: Int32
    let status: ReviewStatus
    let author: User
    let findings: [Finding]

    init(_ number: Int, findings: Int) {
        id = "review-\(number)"
        version = Int32(number % 7 + 1)
        status = .completed
        author = User(number % 10)
        self.findings = (0..<findings).map { Finding(number * 100 + $0) }
    }
}

final class Finding: ObjectSource {
    typealias Object = FindingTag
    let id: String
    let description: String
    let severity: Severity
    let suggestion: String?
    let area: Area

    init(_ number: Int) {
        id = "finding-\(number)"
        description = "The eyes differ from the reference by more than allowed (\(number))"
        severity = number.isMultiple(of: 3) ? .risk : .alert
        suggestion = number.isMultiple(of: 2) ? "Use the reference colour #3366cc" : nil
        area = Area(x: Double(number % 640), y: Double(number % 480), width: 64.5, height: 48.25)
    }
}

struct Area: ObjectSource {
    typealias Object = AreaTag
    let x: Double
    let y: Double
    let width: Double
    let height: Double
}

enum ReviewStatus: String, LeafValue {
    case pending = "PENDING"
    case processing = "PROCESSING"
    case completed = "COMPLETED"

    func write(to out: inout ResponseWriter) {
        out.json.writeString(rawValue)
    }
}

enum Severity: String, LeafValue {
    case risk = "RISK"
    case alert = "ALERT"
    case safe = "SAFE"

    func write(to out: inout ResponseWriter) {
        out.json.writeString(rawValue)
    }
}

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
