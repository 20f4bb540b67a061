import Database
import Foundation
import GraphQL
import JSON
import Schema
import Workflows

/// A row of `rpd_versions`.
struct RpdVersionRow: Entity {
    typealias Object = ReviewPointDefinitionVersionType
    static let table = "rpd_versions"
    static let columns = [
        "id", "rpd_id", "version_number", "title", "instruction", "tags", "ng_subcategory", "is_active", "created_by",
        "created_at", "appellations", "special_rules",
    ]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = ReviewPointDefinitionVersionFields<RpdVersionRow>(
        id: { $0.id },
        versionNumber: { $0.row.int32(2) },
        title: { $0.row.leaf(3) },
        instruction: { $0.row.leaf(4) },
        tags: { $0.row.array(5, of: String.self).map { Text($0) } },
        ngSubcategory: { $0.row.optionalEnumeration(6) },
        referenceAssets: { versions, call in
            try await call.many(versions, as: AssetRow.self) { AssetRow.references(of: $0, viewer: $1) }
        },
        appellations: { version in
            version.row.optionalJSONB(10).map { JSONScalar(owner: $0.owner, uncheckedText: $0.bytes) }
        },
        appellationWarnings: { $0.warnings.map { Text($0) } },
        specialRules: { versions in Objects(lists: versions.map { $0.specialRules.map(SpecialRuleSource.init) }) },
        isActive: { $0.row.bool(7) },
        rpd: { versions, call in try await call.one(versions, { $0.row.uuid(1) }, as: RpdRow.self) },
        createdBy: { versions, call in try await call.one(versions, { $0.row.optionalUUID(8) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(9) })

    /// What the table lacks.
    private var warnings: [String] {
        // The table was checked when it was written.
        guard let text = row.optionalJSONB(10), let value = try? JSONReader.read(text.bytes) else { return [] }
        return AppellationTable(value)?.warnings ?? []
    }

    private var specialRules: [SpecialRule] {
        // They were checked when they were written.
        (try? JSONReader.read(row.jsonb(11).bytes))?.array?.compactMap(SpecialRule.init) ?? []
    }

    /// All versions of a review point, newest first.
    static let ofRpd = ListDefinition<RpdVersionRow>(
        of: "rpd_id", order: [.integer("version_number")], isDescending: true)

    /// The active version of each review point, with the review point's key.
    static func active(of rpds: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), entity.rpd_id
        from rpd_versions as entity
        where entity.rpd_id = any(\(rpds))
        and entity.is_active
        and \(isVisible(to: viewer))
        """
    }
}

/// The object of `SpecialRule`.
struct SpecialRuleSource: ObjectSource {
    typealias Object = SpecialRuleType

    let rule: SpecialRule

    static let fields = SpecialRuleFields<SpecialRuleSource>(
        speaker: { Text($0.rule.speaker) },
        target: { Text($0.rule.target) },
        alias: { Text($0.rule.alias) },
        conditions: { $0.rule.conditions.map { Text($0) } })
}
