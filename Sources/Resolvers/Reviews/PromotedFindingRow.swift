import Database
import Foundation
import GraphQL
import Schema

/// A row of `promoted_findings`.
///
/// It is there for as long as its project, with a copy of what was found and its picture: its finding goes with the material.
struct PromotedFindingRow: Entity {
    typealias Object = PromotedFindingType
    static let table = "promoted_findings"
    static let columns = [
        "id", "project_id", "finding_id", "notes", "tags", "created_by", "created_at", "description", "severity",
        "suggestion", "area_x", "area_y", "area_width", "area_height", "image_width", "image_height", "start_seconds",
        "end_seconds", "rpd_version_id", "rpd_title", "rpd_version_number", "asset_id",
        "updated_at",
    ]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = PromotedFindingFields<PromotedFindingRow>(
        id: { $0.id },
        description: { $0.row.leaf(7) },
        severity: { $0.row.enumeration(8) },
        suggestion: { $0.row.optionalLeaf(9) },
        area: { entries in Objects(entries.map { FindingAreaSource($0.row, from: 10) }) },
        startSeconds: { $0.row.optionalDouble(16) },
        endSeconds: { $0.row.optionalDouble(17) },
        asset: { entries, call in try await call.one(entries, { $0.row.optionalUUID(21) }, as: AssetRow.self) },
        rpdTitle: { $0.row.leaf(19) },
        rpdVersionNumber: { $0.row.int32(20) },
        rpdVersion: { entries, call in
            try await call.one(entries, { $0.row.optionalUUID(18) }, as: RpdVersionRow.self)
        },
        finding: { entries, call in try await call.one(entries, { $0.row.optionalUUID(2) }, as: FindingRow.self) },
        notes: { $0.row.leaf(3) },
        tags: { $0.row.array(4, of: String.self).map { Text($0) } },
        project: { entries, call in try await call.one(entries, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { entries, call in try await call.one(entries, { $0.row.optionalUUID(5) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(6) },
        updatedAt: { $0.row.dateTime(22) })

    /// A project's knowledge, newest first.
    static let ofProject = ListDefinition<PromotedFindingRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: PromotedFindingFilter) -> SQL? {
        SQL.filter(
            filter.tags.map { "entity.tags @> \($0)" },
            SQL.text("concat_ws(' ', entity.description, entity.suggestion, entity.notes)", has: filter.text),
            SQL.column("entity.severity", isOneOf: filter.severities))
    }

    /// The entries of findings, with the finding's key.
    static func ofFindings(_ findings: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), entity.finding_id
        from promoted_findings as entity
        where entity.finding_id = any(\(findings))
        and \(isVisible(to: viewer))
        """
    }
}
