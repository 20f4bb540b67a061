import Database
import Foundation
import GraphQL
import Schema

/// A page of what was found: the object of `SearchHitConnection`.
struct SearchPage: ObjectSource {
    typealias Object = SearchHitConnectionType

    let search: Search
    let slice: PageSlice<SearchHit>

    /// `fetched` has one hit more than asked if there are more.
    init(search: Search, fetched: [SearchHit], _ page: ConnectionArguments) {
        self.search = search
        slice = PageSlice(fetched, page)
    }

    static let fields = ConnectionFields<SearchHitConnectionType>(
        edges: { (pages: [SearchPage]) in Objects(lists: pages.map { $0.slice.items.map(SearchEdge.init) }) },
        pageInfo: { pages in Objects(pages.map { page in page.slice.info { $0.position.cursor } }) },
        totalCount: { pages, call in
            guard let search = pages.first?.search, let statement = search.count() else {
                return Leaves(pages.map { _ in 0 })
            }
            let row = try await call.request.services.pool.withTransaction(access: .readOnly) { transaction in
                try await SearchWords.planForValues(in: transaction)
                return try await transaction.queryFirst(statement)
            }
            return Leaves(pages.map { _ in row?.int32(0) ?? 0 })
        },
        cursor: { (edge: SearchEdge) in Text(edge.hit.position.cursor.text) },
        node: { edges in Objects(edges.map(\.hit)) })
}

/// An edge of a page.
struct SearchEdge: ObjectSource {
    typealias Object = SearchHitEdgeType

    let hit: SearchHit
}

/// The object of `SearchHit`.
struct SearchHit: ObjectSource {
    typealias Object = SearchHitType

    let branch: SearchBranch
    let position: SearchPosition
    /// The texts of the target's fields.
    let texts: [String?]
    let words: SearchWords

    static let fields = SearchHitFields<SearchHit>(
        object: { hits, call in try await objects(hits, call) },
        match: { $0.branch.match },
        highlights: { hits in
            // All hits of a batch come from one search.
            let highlighter = SearchHighlighter(hits.first?.words.folded ?? [])
            return Objects(lists: hits.map { $0.highlights(highlighter) })
        })

    private func highlights(_ highlighter: SearchHighlighter) -> [SearchHighlightSource] {
        zip(branch.target.fields, texts).compactMap { field, text in
            guard let text, let fragments = highlighter.fragments(of: text) else { return nil }
            return SearchHighlightSource(field: field.field, fragments: fragments)
        }
    }

    /// The objects under the viewer's rights, by one statement for each sort.
    private static func objects(_ hits: [SearchHit], _ call: FieldCall) async throws -> Objects<SearchResultType> {
        async let characters = found(hits, .character, CharacterRow.self, call)
        async let rpds = found(hits, .reviewPointDefinition, RpdRow.self, call)
        async let tasks = found(hits, .task, TaskRow.self, call)
        async let findings = found(hits, .finding, FindingRow.self, call)
        async let knowledge = found(hits, .promotedFinding, PromotedFindingRow.self, call)
        let sources = try await [characters, rpds, tasks, findings, knowledge]
        var objects = AbstractObjects<SearchResultType>()
        for hit in hits {
            if let source = sources.lazy.compactMap({ $0[hit.position.key] }).first {
                objects.append(source)
            } else {
                objects.appendNull()
            }
        }
        return objects.finish()
    }

    private static func found<E: Entity>(
        _ hits: [SearchHit], _ type: SearchType, _: E.Type, _ call: FieldCall
    ) async throws -> [UUID: any ObjectSource] {
        let keys = hits.filter { $0.branch.target.type == type }.map(\.position.key)
        guard !keys.isEmpty else { return [:] }
        let loaded = try await call.request.loader(of: E.self).load(keys)
        var found: [UUID: any ObjectSource] = [:]
        for case let entity? in loaded { found[entity.key] = entity }
        return found
    }
}

/// The object of `SearchHighlight`.
struct SearchHighlightSource: ObjectSource {
    typealias Object = SearchHighlightType

    let field: SearchField
    let fragments: [SearchHighlighter.Fragment]

    static let fields = SearchHighlightFields<SearchHighlightSource>(
        field: { $0.field },
        fragments: { highlights in Objects(lists: highlights.map { $0.fragments.map(SearchFragmentSource.init) }) })
}

/// The object of `SearchFragment`.
struct SearchFragmentSource: ObjectSource {
    typealias Object = SearchFragmentType

    let fragment: SearchHighlighter.Fragment

    static let fields = SearchFragmentFields<SearchFragmentSource>(
        text: { Text($0.fragment.text) },
        isMatch: { $0.fragment.isMatch })
}

extension FieldCall {
    /// Finds objects by words.
    func search(_ arguments: QuerySearchArguments) async throws -> Objects<SearchHitConnectionType> {
        let page = try ConnectionArguments(arguments)
        let viewer = try request.requireViewer()
        // An identifier of nothing finds nothing.
        let project = arguments.projectId.map { ProjectType.uuid(in: $0)?.uuid }
        let types = project == .some(nil) ? [] : arguments.types ?? SearchType.allCases
        return try await request.services.pool.withTransaction(access: .readOnly) { transaction in
            let words = try await SearchWords(arguments.query, in: transaction)
            let search = Search(words: words, types: types, project: project ?? nil, viewer: viewer)
            guard let statement = try search.page(page) else {
                return .one(SearchPage(search: search, fetched: [], page))
            }
            let fetched = try await transaction.query(statement).map { row in
                SearchHit(
                    branch: SearchBranch.all[row.int(0)],
                    position: SearchPosition(place: row.int(0), createdAt: row.timestamp(2), key: row.uuid(1)),
                    texts: row.arrayWithNulls(3, of: String.self), words: words)
            }
            return .one(SearchPage(search: search, fetched: fetched, page))
        }
    }
}
