import GraphQL
import JSON
import Testing

@testable import Resolvers

/// Overviews of long lists read fewer columns, and say the same.
@Suite("Overviews", .timeLimit(.minutes(15)))
struct OverviewTests {
    /// What to ask of those fields that are objects.
    private static let selections = [
        "area": "{ x y width height normalized { x y width height } imageWidth imageHeight }",
        "review": "{ id }", "overriddenBy": "{ id }", "promotion": "{ id }",
        "revisions": "{ edges { node { id } } }",
    ]

    private static let fields = FindingRow.overview?.fields.sorted().map { "\($0) \(selections[$0] ?? "")" } ?? []

    private static func pages(_ fields: String, arguments: String = "first: 20") -> String {
        """
        { node(id: "\(Key.project(1).id)") { ... on Project { reviews(first: 20) { edges { node {
            findings(\(arguments)) { edges { cursor node { \(fields) } } pageInfo { startCursor endCursor } }
        } } } } } }
        """
    }

    @Test("every field of an overview says the same from the overview's columns as from all")
    func sameAnswers() async throws {
        try await API.run { api in
            #expect(Self.fields.count == FindingRow.overview?.fields.count)
            for arguments in [
                "first: 20", "last: 2", "first: 3, orderBy: { field: SEVERITY, direction: DESCENDING }",
                "first: 3, orderBy: { field: UPDATED_AT, direction: ASCENDING }",
            ] {
                for field in Self.fields {
                    let narrow = try await api.execute(Self.pages("id key: id value: \(field)", arguments: arguments))
                    #expect(narrow.errors == [], "\(field)")
                    // A fragment that asks for another column makes the whole list have all.
                    let wide = try await api.execute(
                        Self.pages("id key: id value: \(field) ... { confidence }", arguments: arguments))
                    let nodes = try #require(Self.nodes(wide))
                    #expect(!nodes.isEmpty && Self.nodes(narrow) == nodes, "\(field), \(arguments)")
                }
            }
        }
    }

    /// The findings of all pages without what only one answer asked for.
    private static func nodes(_ response: Response) -> [JSONValue]? {
        response["node.reviews.edges"]?.array?.flatMap { edge -> [JSONValue] in
            let page = edge["node"]?["findings"]
            let values = page?["edges"]?.array?.flatMap { edge in
                [edge["cursor"] ?? .null, edge["node"]?["key"] ?? .null, edge["node"]?["value"] ?? .null]
            }
            return (values ?? []) + [page?["pageInfo"] ?? .null]
        }
    }

    @Test("a list has no column that nobody asked for, wherever the question stands")
    func columns() async throws {
        try await API.run { api in
            for (fields, hasAll) in [
                ("__typename id description area { x }", false), ("id confidence", true),
                ("id ... on Finding { other: confidence }", true), ("id createdBy { id }", true),
                ("id ... @defer { confidence }", true),
            ] {
                let statements = try await api.countStatements {
                    // What comes later is read from the rows that are fetched now.
                    let request = try api.engine.prepare(GraphQLRequest(Self.pages(fields)))
                    let context = api.context(of: .supervisor)
                    let response = await api.engine.executeIncrementally(request, in: context)
                    #expect(response.initial.errorCount == 0)
                    while let payload = await response.next() {
                        #expect(try JSONReader.read(payload)["errors"] == nil)
                    }
                }
                let list = try #require(statements.first { $0.contains("from findings as entity") }, "\(fields)")
                #expect(list.contains("entity.confidence") == hasAll, "\(fields)")
            }
        }
    }
}
