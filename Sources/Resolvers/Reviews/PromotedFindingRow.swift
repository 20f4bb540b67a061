import Database
import Foundation
import GraphQL
import Schema

/// A row of `promoted_findings`.
///
/// It is there for as long as its project, with a copy of what was found and its picture: its finding goes with the material.
/// Readers outside of the project see its own words; what these lead to has rules of its own, which leave it null.
struct PromotedFindingRow: Entity {
    typealias Object = PromotedFindingType
    static let table = "promoted_findings"
    static let columns = [
        "id", "project_id", "finding_id", "notes", "tags", "created_by", "created_at", "description", "severity",
        "suggestion", "area_x", "area_y", "area_width", "area_height", "image_width", "image_height", "start_seconds",
        "end_seconds", "rpd_version_id", "rpd_title", "rpd_version_number", "asset_id",
        "updated_at", "scope",
    ]
    static let accessColumn = "audience_id"
    /// The project's members lose it by the rule already.
    static let existence: String? = """
        (
            entity.scope = 'PROJECT'
            or exists (
                select 1
                from projects
                where projects.id = entity.project_id
                and projects.deleted_at is null
            )
        )
        """

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
        scope: { $0.row.enumeration(23) },
        project: { entries, call in try await call.one(entries, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { entries, call in
            // A colleague is seen, but not as somebody who works in a project that is not.
            let shared = entries.filter(\.isShared).map { $0.row.uuid(1) }
            let projects = try await call.request.loader(of: ProjectRow.self).load(shared)
            let seen = Set(projects.compactMap { $0?.key })
            return try await call.one(
                entries, { !$0.isShared || seen.contains($0.row.uuid(1)) ? $0.row.optionalUUID(5) : nil },
                as: UserRow.self)
        },
        createdAt: { $0.row.dateTime(6) },
        updatedAt: { $0.row.dateTime(22) })

    /// Whether others read it than those who take part in its project.
    private var isShared: Bool { row.string(23) != "PROJECT" }

    /// A project's knowledge, newest first.
    static let ofProject = ListDefinition<PromotedFindingRow>.newestFirst(of: "project_id")

    /// All knowledge that the viewer reads, newest first.
    static let all = ListDefinition<PromotedFindingRow>(
        source: "promoted_findings as entity", parentColumn: "entity.audience_id",
        order: [.timestamp("entity.created_at"), .uuid("entity.id")], isDescending: true,
        merged: { viewer in "select audience_id from knowledge_audiences(\(viewer))" })

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: PromotedFindingFilter) -> SQL? {
        SQL.filter(
            filter.tags.map { "entity.tags @> \($0)" },
            SQL.text("concat_ws(' ', entity.description, entity.suggestion, entity.notes)", has: filter.text),
            SQL.column("entity.severity", isOneOf: filter.severities),
            SQL.column("entity.scope", isOneOf: filter.scopes))
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
