import Database
import GraphQL
import Schema

/// A row of `finding_revisions`.
struct FindingRevisionRow: Entity {
    typealias Object = FindingRevisionType
    static let table = "finding_revisions"
    static let columns = [
        "id", "finding_id", "number", "description", "severity", "suggestion", "area_x", "area_y", "area_width",
        "area_height", "image_width", "image_height", "created_by", "created_at",
        "start_seconds", "end_seconds",
    ]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.finding

    let row: Row

    static let fields = FindingRevisionFields<FindingRevisionRow>(
        id: { $0.id },
        finding: { revisions, call in try await call.enclosing(revisions, { $0.row.uuid(1) }, as: FindingRow.self) },
        number: { $0.row.int32(2) },
        description: { $0.row.leaf(3) },
        severity: { $0.row.enumeration(4) },
        suggestion: { $0.row.optionalLeaf(5) },
        area: { revisions in Objects(revisions.map { FindingAreaSource($0.row, from: 6) }) },
        startSeconds: { $0.row.optionalDouble(14) },
        endSeconds: { $0.row.optionalDouble(15) },
        createdBy: { revisions, call in try await call.one(revisions, { $0.row.optionalUUID(12) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(13) })

    /// What a finding said before each change, newest first.
    static let ofFinding = ListDefinition<FindingRevisionRow>(
        of: "finding_id", order: [.integer("number")], isDescending: true)
}
