import Clients
import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// A row of `findings`.
struct FindingRow: Entity {
    typealias Object = FindingType
    static let table = "findings"
    static let columns = [
        "id", "review_id", "description", "severity", "suggestion", "tag", "status", "is_held", "area_x", "area_y",
        "area_width", "area_height", "image_width", "image_height", "created_at", "outcome_id", "rpd_version_id",
        "confidence", "method", "updated_at", "is_by_ai", "created_by", "overrides_id", "line_number", "dialogue",
        "start_seconds", "end_seconds", "scene_id",
    ]
    static let overview: Overview? = Overview(
        width: 15,
        fields: [
            "id", "description", "severity", "suggestion", "tag", "status", "isHeld", "area", "createdAt", "review",
            "isEdited", "overriddenBy", "revisions", "promotion",
        ])
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.review

    let row: Row

    static let fields = FindingFields<FindingRow>(
        id: { $0.id },
        description: { $0.row.leaf(2) },
        severity: { $0.row.enumeration(3) },
        suggestion: { $0.row.optionalLeaf(4) },
        tag: { $0.row.optionalLeaf(5) },
        area: { findings in Objects(findings.map { FindingAreaSource($0.row, from: 8) }) },
        lineNumber: { $0.row.optionalInt32(23) },
        dialogue: { findings in Objects(findings.map { DialogueFindingSource($0.row, 24) }) },
        startSeconds: { $0.row.optionalDouble(25) },
        endSeconds: { $0.row.optionalDouble(26) },
        scene: { findings, call in
            try await call.one(findings, { $0.row.optionalUUID(27) }, as: VideoSceneRow.self)
        },
        confidence: { $0.row.optionalDouble(17) },
        method: { $0.row.optionalLeaf(18) },
        isHeld: { $0.row.bool(7) },
        status: { $0.row.enumeration(6) },
        isByAi: { $0.row.bool(20) },
        isEdited: { findings, call in
            let rows = try await call.request.services.pool.query(
                """
                select distinct finding_id
                from finding_revisions
                where finding_id = any(\(findings.map(\.key)))
                """)
            let edited = Set(rows.map { $0.uuid(0) })
            return Leaves(findings.map { edited.contains($0.key) })
        },
        createdBy: { findings, call in try await call.one(findings, { $0.row.optionalUUID(21) }, as: UserRow.self) },
        overrides: { findings, call in
            try await call.one(findings, { $0.row.optionalUUID(22) }, as: FindingRow.self)
        },
        overriddenBy: { findings, call in
            try await call.first(findings, as: FindingRow.self) { FindingRow.overriding($0, viewer: $1) }
        },
        discussion: { findings, call in
            try await call.first(findings, as: AnnotationRow.self) { AnnotationRow.discussing($0, viewer: $1) }
        },
        revisions: { findings, arguments, call in
            try await call.pages(FindingRevisionRow.ofFinding, of: findings, arguments)
        },
        promotion: { findings, call in
            try await call.first(findings, as: PromotedFindingRow.self) {
                PromotedFindingRow.ofFindings($0, viewer: $1)
            }
        },
        review: { findings, call in try await call.enclosing(findings, { $0.row.uuid(1) }, as: ReviewRow.self) },
        outcome: { findings, call in
            try await call.enclosing(findings, { $0.row.uuid(15) }, as: ReviewOutcomeRow.self)
        },
        rpdVersion: { findings, call in try await call.one(findings, { $0.row.uuid(16) }, as: RpdVersionRow.self) },
        createdAt: { $0.row.dateTime(14) },
        updatedAt: { $0.row.dateTime(19) })

    /// A review's findings in the order in which they were stored.
    static let ofReview = ListDefinition<FindingRow>.oldestFirst(of: "review_id")

    /// An outcome's findings in their order.
    static let ofOutcome = ListDefinition<FindingRow>(
        of: "outcome_id", order: [.integer("ordinal")], isDescending: false)

    /// Held findings of all reviews of a subtask but the latest one, newest first.
    ///
    /// Also of those behind it, which failed, were cancelled or still run: nothing else shows them.
    static let heldOfSubtask = ListDefinition<FindingRow>.newestFirst(
        of: "held_subtask_id",
        // A scalar: as a join, Postgres might begin with the reviews and lose the order.
        condition: """
            entity.review_id is distinct from (
                select latest.id
                from reviews as latest
                where latest.subtask_id = entity.held_subtask_id
                and latest.status = 'COMPLETED'
                order by latest.version desc
                limit 1
            )
            """)

    /// The findings of people that stand in the place of these, with the key of what they override.
    static func overriding(_ findings: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), entity.overrides_id
        from findings as entity
        where entity.overrides_id = any(\(findings))
        and \(isVisible(to: viewer))
        """
    }

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: FindingFilter) -> SQL? {
        var parts: [SQL] = []
        if let severities = filter.severities { parts.append("entity.severity = any(\(severities.map(\.rawValue)))") }
        if let isHeld = filter.isHeld { parts.append("entity.is_held = \(isHeld)") }
        if let statuses = filter.statuses { parts.append("entity.status = any(\(statuses.map(\.rawValue)))") }
        if let isByAI = filter.isByAi { parts.append("entity.is_by_ai = \(isByAI)") }
        let rpd = SQL.filter(
            SQL.column("rpds.kind", isOneOf: filter.rpdKinds),
            SQL.column("rpds.id", isOneOf: filter.rpdIds, ReviewPointDefinitionType.self))
        if let rpd {
            parts.append(
                """
                exists (
                    select 1
                    from rpd_versions as versions
                    join rpds on rpds.id = versions.rpd_id
                    where versions.id = entity.rpd_version_id
                    and \(rpd)
                )
                """)
        }
        return SQL.all(parts)
    }
}

/// The object of `FindingArea`.
struct FindingAreaSource: ObjectSource {
    typealias Object = FindingAreaType

    let box: BoundingBox
    let pixels: (x: Int, y: Int, width: Int, height: Int)
    let imageWidth: Int
    let imageHeight: Int

    /// Reads the six columns of an area; nil if the finding concerns the whole picture.
    init?(_ row: Row, from column: Int) {
        guard let imageWidth = row.optionalInt(column + 4), let imageHeight = row.optionalInt(column + 5),
            let box = BoundingBox(
                x: row.double(column), y: row.double(column + 1), width: row.double(column + 2),
                height: row.double(column + 3))
        else { return nil }
        self.box = box
        self.imageWidth = imageWidth
        self.imageHeight = imageHeight
        pixels = box.pixels(imageWidth: imageWidth, imageHeight: imageHeight)
    }

    static let fields = FindingAreaFields<FindingAreaSource>(
        x: { Int32(clamping: $0.pixels.x) },
        y: { Int32(clamping: $0.pixels.y) },
        width: { Int32(clamping: $0.pixels.width) },
        height: { Int32(clamping: $0.pixels.height) },
        normalized: { areas in Objects(areas.map { NormalizedAreaSource(box: $0.box) }) },
        imageWidth: { Int32(clamping: $0.imageWidth) },
        imageHeight: { Int32(clamping: $0.imageHeight) })
}

/// The object of `NormalizedArea`.
struct NormalizedAreaSource: ObjectSource {
    typealias Object = NormalizedAreaType

    let box: BoundingBox

    static let fields = NormalizedAreaFields<NormalizedAreaSource>(
        x: { $0.box.x }, y: { $0.box.y }, width: { $0.box.width }, height: { $0.box.height })
}
