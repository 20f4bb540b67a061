import GraphQL
import Schema

extension ConnectionFields {
    /// The pages of lists of an entity.
    static func pages<E: Entity>(of _: E.Type) -> ConnectionFields where E.Object == Connection.Edge.Node {
        typealias Entry = Edge<E, Connection.Edge>
        return ConnectionFields(
            edges: { (pages: [Page<E, Connection>]) in Page.edges(pages) },
            pageInfo: { Page.pageInfo($0) },
            totalCount: { try await Page.totalCount($0, $1) },
            cursor: { (edge: Entry) in edge.cursor },
            node: { Entry.node($0) })
    }
}
