import Database
import Foundation
import GraphQL
import Schema

/// A page of a list: the object of a connection type (GraphQL Cursor Connections Specification).
struct Page<E: Entity, Tag: ObjectTypeTag>: ObjectSource {
    typealias Object = Tag

    let list: ListDefinition<E>
    let filter: SQL?
    /// Whose list it is; nil for lists of the root.
    let parent: UUID?
    private let slice: PageSlice<E>

    /// `fetched` has the rows as the statement gave them, one more than asked if there are more.
    init(
        _ list: ListDefinition<E>, filter: SQL?, parent: UUID?, fetched: [E], _ arguments: ConnectionArguments
    ) {
        self.list = list
        self.filter = filter
        self.parent = parent
        slice = PageSlice(fetched, arguments)
    }

    /// In the list's order.
    var rows: [E] { slice.items }

    /// Whether there is more in front or behind.
    var info: PageInfoSource { slice.info { list.cursor(of: $0.row) } }
}

/// An edge of a page.
struct Edge<E: Entity, Tag: ObjectTypeTag>: ObjectSource {
    typealias Object = Tag

    let list: ListDefinition<E>
    let node: E

    var cursor: Text { Text(list.cursor(of: node.row).text) }
}

/// The object of `PageInfo`.
struct PageInfoSource: ObjectSource {
    typealias Object = PageInfoType

    let hasNextPage: Bool
    let hasPreviousPage: Bool
    let startCursor: String?
    let endCursor: String?
}

// The fields of every connection and edge type, once.
extension Page {
    static func edges<EdgeTag: ObjectTypeTag>(_ pages: [Page]) -> Objects<EdgeTag> {
        Objects(lists: pages.map { page in page.rows.map { Edge<E, EdgeTag>(list: page.list, node: $0) } })
    }

    static func pageInfo(_ pages: [Page]) -> Objects<PageInfoType> {
        Objects(pages.map(\.info))
    }

    /// Counts only when asked, one statement for all parents.
    static func totalCount(_ pages: [Page], _ call: FieldCall) async throws -> Leaves<Int32> {
        guard let first = pages.first else { return Leaves([]) }
        let viewer = try call.request.requireViewer()
        let pool = call.request.services.pool
        // All pages of a batch come from one field, so they have one list and one filter.
        guard first.parent != nil else {
            let row = try await pool.queryFirst(first.list.count(filter: first.filter, viewer: viewer))
            return Leaves(pages.map { _ in row?.int32(0) ?? 0 })
        }
        let rows = try await pool.query(
            first.list.counts(of: pages.compactMap(\.parent), filter: first.filter, viewer: viewer))
        let counts = Dictionary(rows.map { ($0.uuid(0), $0.int32(1)) }, uniquingKeysWith: { first, _ in first })
        return Leaves(pages.map { page in page.parent.flatMap { counts[$0] } ?? 0 })
    }
}

extension Edge {
    static func node(_ edges: [Edge]) -> Objects<E.Object> { Objects(edges.map(\.node)) }
}

extension FieldCall {
    /// A page of the list for each of the parents, by one statement; null for parents that `isAllowed` refuses.
    ///
    /// `owner` is whose list a parent shows, if it is not its own: several parents may show the same.
    func pages<Parent: Entity, E: Entity, Tag: ObjectTypeTag>(
        _ list: ListDefinition<E>, of parents: [Parent], owner: ((Parent) -> UUID)? = nil,
        _ arguments: some PagingArguments, filter: SQL? = nil, nullUnless isAllowed: (Parent) -> Bool = { _ in true }
    ) async throws -> Objects<Tag> {
        let arguments = try ConnectionArguments(arguments)
        let list = list.narrowed(to: selection)
        let viewer = try request.requireViewer()
        var allowed = parents.filter(isAllowed).map(owner ?? { $0.key })
        if owner != nil { allowed = Array(Set(allowed)) }
        let statement = try list.pages(of: allowed, arguments, filter: filter, viewer: viewer)
        let fetched: [UUID: [E]] =
            allowed.isEmpty
            ? [:] : try await request.services.pool.query(statement).grouped(by: list.parentIDColumn)
        return Objects(
            parents.map { parent -> Page<E, Tag>? in
                guard isAllowed(parent) else { return nil }
                let key = owner?(parent) ?? parent.key
                return Page(list, filter: filter, parent: key, fetched: fetched[key] ?? [], arguments)
            })
    }

    /// A page of a list of the root.
    func page<E: Entity, Tag: ObjectTypeTag>(
        _ list: ListDefinition<E>, _ arguments: some PagingArguments, filter: SQL? = nil
    ) async throws -> Objects<Tag> {
        let arguments = try ConnectionArguments(arguments)
        let list = list.narrowed(to: selection)
        let viewer = try request.requireViewer()
        let rows = try await request.services.pool.query(
            try list.page(arguments, filter: filter, viewer: viewer))
        return .one(Page<E, Tag>(list, filter: filter, parent: nil, fetched: rows.map { E(row: $0) }, arguments))
    }
}
