// A program in miniature over the generated types: hand-made sources and resolvers for some types of the schema.

import GraphQL
import JSON
import Schema

struct ProjectRow: ObjectSource {
    typealias Object = ProjectType
    let uuid: UUIDScalar
    let name: String
    let reviews: [UUIDScalar]

    static let all = [
        ProjectRow(
            uuid: UUIDScalar(high: 0, low: 1), name: "First", reviews: (1...3).map { UUIDScalar(high: 1, low: $0) }),
        ProjectRow(uuid: UUIDScalar(high: 0, low: 2), name: "Second \"2\"", reviews: []),
    ]

    static func find(_ id: ID) -> ProjectRow? {
        ProjectType.uuid(in: id).flatMap { uuid in all.first { $0.uuid == uuid } }
    }
}

struct ReviewPage: ObjectSource {
    typealias Object = ReviewConnectionType
    let edges: [ReviewEdge]
    let hasNext: Bool
    let total: Int32
}

struct ReviewEdge: ObjectSource {
    typealias Object = ReviewEdgeType
    let review: UUIDScalar
}

struct ReviewRow: ObjectSource {
    typealias Object = ReviewType
    let uuid: UUIDScalar
}

struct PageSource: ObjectSource {
    typealias Object = PageInfoType
    let hasNext: Bool
    let end: String?
}

struct ExportEvent: ObjectSource {
    typealias Object = ExportProgressType
    let number: Int32
    let status: ExportStatus
}

enum SampleResolvers {
    static let page = ConnectionFields<ReviewConnectionType>(
        edges: { (sources: [ReviewPage]) in Objects(lists: sources.map(\.edges)) },
        pageInfo: { sources in
            Objects(
                sources.map { page in
                    PageSource(
                        hasNext: page.hasNext, end: page.edges.last.map { Cursor([.uuid($0.review)]).text })
                })
        },
        totalCount: { sources, _ in Leaves(sources.map(\.total)) },
        cursor: { (edge: ReviewEdge) in Text(Cursor([.uuid(edge.review)]).text) },
        node: { sources in Objects(sources.map { ReviewRow(uuid: $0.review) }) })

    static let pageInfo = PageInfoFields<PageSource>(
        hasNextPage: { $0.hasNext },
        hasPreviousPage: { _ in false },
        startCursor: { _ in nil },
        endCursor: { $0.end.map { Text($0) } })
}

/// The root fields of the tests' own schema and its projects, by hand: the generated structs want all fields of ours.
struct SampleRoots: InstallableFields {
    func install(into table: inout ResolverTable) {
        table.set("Project", "id", .stored { (project: ProjectRow) in ProjectType.id(project.uuid) })
        table.set("Project", "name", .stored { (project: ProjectRow) in Text(project.name) })
        table.set("Project", "createdAt", .stored { (_: ProjectRow) in DateTimeScalar(microseconds: 0) })
        table.set(
            "Project", "reviews",
            .loadedObjects { (projects: [ProjectRow], arguments: ProjectReviewsArguments, _) in
                let page = try ConnectionArguments(arguments)
                return Objects<ReviewConnectionType>(
                    projects.map { project in
                        ReviewPage(
                            edges: project.reviews.prefix(page.count).map(ReviewEdge.init),
                            hasNext: project.reviews.count > page.count, total: Int32(project.reviews.count))
                    })
            })
        table.set(
            "Query", "project",
            .rootObjects { (arguments: QueryProjectArguments, _) in Objects([ProjectRow.find(arguments.id)]) })
        table.set(
            "Query", "node",
            .rootObjects { (arguments: QueryNodeArguments, _) in
                var found = AbstractObjects<NodeType>()
                if let row = ProjectRow.find(arguments.id) { found.append(row) } else { found.appendNull() }
                return found.finish()
            })
        table.set(
            "Query", "nodes",
            .rootObjects { (arguments: QueryNodesArguments, _) in
                var found = AbstractObjects<NodeType>()
                found.appendList { list in
                    for id in arguments.ids {
                        if let row = ProjectRow.find(id) { list.append(row) } else { list.appendNull() }
                    }
                }
                return found.finish()
            })
        table.set(
            "Subscription", "exportProgress",
            .subscription { (arguments: SubscriptionExportProgressArguments, _) in
                guard let after = Int32(arguments.after?.text ?? "0") else {
                    throw FieldError("no event", code: .badUserInput)
                }
                let numbers = Numbers(after: after, through: 2)
                return TypedSourceStream<ExportProgressType> {
                    guard let number = numbers.next() else { return nil }
                    return .one(ExportEvent(number: number, status: number == 2 ? .completed : .processing))
                }
            })
    }
}

extension SampleResolvers {
    static let exportProgress = ExportProgressFields<ExportEvent>(
        eventId: { ID(String($0.number)) },
        occurredAt: { _ in DateTimeScalar(microseconds: 0) },
        export: { sources, _ in .none(count: sources.count) },
        status: { $0.status },
        slidesDone: { $0.number },
        slidesTotal: { _ in 2 })
}

/// Counts up to a number.
// Only the one task that reads the stream, event after event, touches it.
private final class Numbers: @unchecked Sendable {
    private var current: Int32
    private let last: Int32

    init(after: Int32, through last: Int32) {
        current = after
        self.last = last
    }

    func next() -> Int32? {
        guard current < last else { return nil }
        current += 1
        return current
    }
}
