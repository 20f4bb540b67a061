import Database
import Foundation
import GraphQL
import Schema

/// A row of `promoted_findings`.
///
/// It is there for as long as its project, also when its finding's material is deleted.
struct PromotedFindingRow: Entity {
    typealias Object = PromotedFindingType
    static let table = "promoted_findings"
    static let columns = ["id", "project_id", "finding_id", "notes", "tags", "created_by", "created_at"]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = PromotedFindingFields<PromotedFindingRow>(
        id: { $0.id },
        finding: { entries, call in try await call.one(entries, { $0.row.uuid(2) }, as: FindingRow.self) },
        notes: { $0.row.leaf(3) },
        tags: { $0.row.array(4, of: String.self).map { Text($0) } },
        project: { entries, call in try await call.one(entries, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { entries, call in try await call.one(entries, { $0.row.optionalUUID(5) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(6) })

    /// A project's knowledge, newest first.
    static let ofProject = ListDefinition<PromotedFindingRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: PromotedFindingFilter) -> SQL? {
        SQL.filter(
            filter.tags.map { "entity.tags @> \($0)" }, SQL.text("entity.notes", has: filter.text),
            filter.severities.map { severities in
                """
                exists (
                    select 1
                    from findings
                    where findings.id = entity.finding_id
                    and findings.severity = any(\(severities.map(\.rawValue)))
                )
                """
            })
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
