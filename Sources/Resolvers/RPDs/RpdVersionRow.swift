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
        "created_at", "readiness", "error_code", "error_message", "instruction_parts", "visual_check", "prepared_at",
        "appellations", "special_rules",
    ]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = ReviewPointDefinitionVersionFields<RpdVersionRow>(
        id: { $0.id },
        versionNumber: { $0.row.int32(2) },
        title: { $0.row.leaf(3) },
        instruction: { $0.row.leaf(4) },
        groups: { versions, call in try await MotifGroupSource.load(versions, call) },
        tags: { $0.row.array(5, of: String.self).map { Text($0) } },
        ngSubcategory: { $0.row.optionalEnumeration(6) },
        referenceAssets: { versions, call in
            try await call.many(versions, as: AssetRow.self) { AssetRow.references(of: $0, viewer: $1) }
        },
        appellations: { version in
            version.row.optionalJSONB(16).map { JSONScalar(owner: $0.owner, uncheckedText: $0.bytes) }
        },
        appellationTable: { versions in Objects(versions.map { $0.table.map(AppellationTableSource.init) }) },
        appellationWarnings: { ($0.table?.warnings ?? []).map { Text($0) } },
        specialRules: { versions in Objects(lists: versions.map { $0.specialRules.map(SpecialRuleSource.init) }) },
        isActive: { $0.row.bool(7) },
        readiness: { $0.row.enumeration(10) },
        errorCode: { $0.row.optionalLeaf(11) },
        errorMessage: { $0.row.optionalLeaf(12) },
        instructionParts: { $0.row.array(13, of: String.self).map { Text($0) } },
        visualCheck: { $0.row.optionalEnumeration(14) },
        preparedAt: { $0.row.optionalDateTime(15) },
        rpd: { versions, call in try await call.one(versions, { $0.row.uuid(1) }, as: RpdRow.self) },
        createdBy: { versions, call in try await call.one(versions, { $0.row.optionalUUID(8) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(9) })

    private var table: AppellationTable? {
        // The table was checked when it was written.
        row.optionalJSONB(16).flatMap { try? JSONReader.read($0.bytes) }.flatMap(AppellationTable.init)
    }

    private var specialRules: [SpecialRule] {
        // They were checked when they were written.
        (try? JSONReader.read(row.jsonb(17).bytes))?.array?.compactMap(SpecialRule.init) ?? []
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

/// The object of `MotifGroup`.
struct MotifGroupSource: ObjectSource {
    typealias Object = MotifGroupType

    let row: Row

    static let fields = MotifGroupFields<MotifGroupSource>(
        tag: { $0.row.leaf(0) }, characteristics: { $0.row.leaf(1) }, considerations: { $0.row.leaf(2) })

    /// The groups of each version in order; whoever sees a version sees them.
    static func load(_ versions: [RpdVersionRow], _ call: FieldCall) async throws -> Objects<MotifGroupType> {
        let rows = try await call.request.services.pool.query(
            """
            select tag, characteristics, considerations, rpd_version_id
            from rpd_version_groups
            where rpd_version_id = any(\(versions.map(\.key)))
            order by rpd_version_id, position
            """)
        var found: [UUID: [MotifGroupSource]] = [:]
        for row in rows { found[row.uuid(3), default: []].append(MotifGroupSource(row: row)) }
        return Objects(lists: versions.map { found[$0.key] ?? [] })
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

/// The object of `AppellationTable`.
struct AppellationTableSource: ObjectSource {
    typealias Object = AppellationTableType

    let table: AppellationTable

    /// The table of a file; null for what the viewer may not see or has no table.
    static func load(_ asset: ID, _ call: FieldCall) async throws -> Objects<AppellationTableType> {
        let viewer = try call.request.requireViewer()
        guard let key = AssetType.uuid(in: asset)?.uuid,
            let table = try await call.request.services.appellations.table(viewer: viewer, assetID: key)
        else { return .none() }
        return .one(AppellationTableSource(table: table))
    }

    static let fields = AppellationTableFields<AppellationTableSource>(
        appellations: { JSONScalar($0.table.json) },
        characters: { $0.table.characters.map { Text($0) } },
        characterCount: { Int32(clamping: $0.table.characters.count) },
        entryCount: { Int32(clamping: $0.table.entryCount) },
        warnings: { $0.table.warnings.map { Text($0) } })
}
