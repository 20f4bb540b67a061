import Database
import Foundation
import GraphQL
import Schema

// How many rows of a list fit a filter, by what they have. Each facet is one statement for all parents, and only for those
// that are asked for.

/// What the facets of some parents are counted over: the object of `TaskFacets` and its like.
struct Facets<E: Entity, Tag: ObjectTypeTag>: ObjectSource {
    typealias Object = Tag

    let list: ListDefinition<E>
    let filter: SQL?
    let parent: UUID

    /// One for each parent.
    static func of<Parent: Entity>(_ parents: [Parent], in list: ListDefinition<E>, filter: SQL?) -> Objects<Tag> {
        Objects(parents.map { Facets(list: list, filter: filter, parent: $0.key) })
    }

    /// The counts by an expression, the most first; over another list than the parents' if rows have several values.
    ///
    /// `maximum` is for those that people make up.
    fileprivate static func counts<Count: FacetCount>(
        _ facets: [Facets], by expression: String, in list: ListDefinition<E>? = nil, atMost maximum: Int = .max,
        _ call: FieldCall,
        _ make: (Row) -> Count
    ) async throws -> Objects<Count.Object> {
        guard let first = facets.first else { return Objects(lists: [[Count]]()) }
        // All facets of a batch come from one field, so they have one list and one filter.
        let rows = try await call.request.services.pool.query(
            (list ?? first.list).counts(
                of: facets.map(\.parent), by: expression, filter: first.filter, viewer: try call.request.requireViewer()
            ))
        var found: [UUID: [Count]] = [:]
        for row in rows where found[row.uuid(0), default: []].count < maximum {
            found[row.uuid(0), default: []].append(make(row))
        }
        return Objects(lists: facets.map { found[$0.parent] ?? [] })
    }
}

/// How many have one value: a row of parent, value and count.
private protocol FacetCount: ObjectSource {
    var row: Row { get }
}

extension FacetCount {
    var count: Int32 { row.int32(2) }
}

extension Facets where E == TaskRow, Tag == TaskFacetsType {
    static var fields: TaskFacetsFields<Facets> {
        func objects(_ column: String, _ type: String)
            -> @Sendable ([Facets], FieldCall) async throws -> Objects<
                ObjectFacetType
            >
        {
            { facets, call in
                try await counts(facets, by: "entity.\(column)", call) { ObjectFacetSource(typeName: type, row: $0) }
            }
        }
        return TaskFacetsFields(
            statuses: objects("status_id", TaskStatusType.typeName),
            priorities: objects("priority_id", TaskPriorityType.typeName),
            assignees: objects("assignee_id", UserType.typeName),
            taskTags: { facets, call in
                let list = TaskRow.byTagOfProject(isOfDeleted: facets.first?.list.isOfDeleted == true)
                return try await counts(facets, by: "links.tag_id", in: list, call) {
                    ObjectFacetSource(typeName: TaskTagType.typeName, row: $0)
                }
            })
    }
}

extension Facets where E == FindingRow, Tag == FindingFacetsType {
    static var fields: FindingFacetsFields<Facets> {
        FindingFacetsFields(
            severities: { facets, call in
                try await counts(facets, by: "entity.severity", call) { SeverityFacetSource(row: $0) }
            },
            statuses: { facets, call in
                try await counts(facets, by: "entity.status", call) { FindingStatusFacetSource(row: $0) }
            },
            rpdKinds: { facets, call in
                let kind = """
                    (
                        select rpds.kind
                        from rpd_versions as versions
                        join rpds on rpds.id = versions.rpd_id
                        where versions.id = entity.rpd_version_id
                    )
                    """
                return try await counts(facets, by: kind, call) { RpdKindFacetSource(row: $0) }
            })
    }
}

extension Facets where E == GeneratedReferenceRow, Tag == GeneratedReferenceFacetsType {
    static var fields: GeneratedReferenceFacetsFields<Facets> {
        func words(_ column: String)
            -> @Sendable ([Facets], FieldCall) async throws -> Objects<
                WordFacetType
            >
        {
            { facets, call in
                try await counts(facets, by: "entity.\(column)", atMost: 100, call) { WordFacetSource(row: $0) }
            }
        }
        return GeneratedReferenceFacetsFields(
            styles: words("style"), poses: words("pose"), cameras: words("camera"), lightings: words("lighting"))
    }
}

/// The object of `WordFacet`.
struct WordFacetSource: FacetCount {
    typealias Object = WordFacetType

    let row: Row

    static let fields = WordFacetFields<WordFacetSource>(word: { $0.row.optionalLeaf(1) }, count: { $0.count })
}

/// The object of `ObjectFacet`.
struct ObjectFacetSource: FacetCount {
    typealias Object = ObjectFacetType

    let typeName: String
    let row: Row

    static let fields = ObjectFacetFields<ObjectFacetSource>(
        node: { facets, call in
            try await call.nodes(
                facets.map { facet in
                    facet.row.optionalUUID(1).map { GlobalID(typeName: facet.typeName, uuid: UUIDScalar($0)) }
                })
        },
        count: { $0.count })
}

/// The object of `SeverityFacet`.
struct SeverityFacetSource: FacetCount {
    typealias Object = SeverityFacetType

    let row: Row

    static let fields = SeverityFacetFields<SeverityFacetSource>(
        severity: { $0.row.enumeration(1) }, count: { $0.count })
}

/// The object of `FindingStatusFacet`.
struct FindingStatusFacetSource: FacetCount {
    typealias Object = FindingStatusFacetType

    let row: Row

    static let fields = FindingStatusFacetFields<FindingStatusFacetSource>(
        status: { $0.row.enumeration(1) }, count: { $0.count })
}

/// The object of `RpdKindFacet`.
struct RpdKindFacetSource: FacetCount {
    typealias Object = RpdKindFacetType

    let row: Row

    static let fields = RpdKindFacetFields<RpdKindFacetSource>(
        kind: { $0.row.enumeration(1) }, count: { $0.count })
}
