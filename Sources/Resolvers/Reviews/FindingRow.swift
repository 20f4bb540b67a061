import Clients
import Database
import GraphQL
import Schema
import Workflows

/// A row of `findings`.
struct FindingRow: Entity {
    typealias Object = FindingType
    static let table = "findings"
    static let columns = [
        "id", "review_id", "outcome_id", "rpd_version_id", "description", "severity", "suggestion", "tag", "area_x",
        "area_y", "area_width", "area_height", "image_width", "image_height", "confidence", "method", "is_held",
        "created_at", "updated_at",
    ]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.review

    let row: Row

    static let fields = FindingFields<FindingRow>(
        id: { $0.id },
        description: { $0.row.leaf(4) },
        severity: { $0.row.enumeration(5) },
        suggestion: { $0.row.optionalLeaf(6) },
        tag: { $0.row.optionalLeaf(7) },
        area: { findings in Objects(findings.map { FindingAreaSource($0.row) }) },
        confidence: { $0.row.optionalDouble(14) },
        method: { $0.row.optionalLeaf(15) },
        isHeld: { $0.row.bool(16) },
        review: { findings, call in try await call.one(findings, { $0.row.uuid(1) }, as: ReviewRow.self) },
        outcome: { findings, call in try await call.one(findings, { $0.row.uuid(2) }, as: ReviewOutcomeRow.self) },
        rpdVersion: { findings, call in try await call.one(findings, { $0.row.uuid(3) }, as: RpdVersionRow.self) },
        createdAt: { $0.row.dateTime(17) },
        updatedAt: { $0.row.dateTime(18) })

    /// A review's findings in the order in which they were stored.
    static let ofReview = ListDefinition<FindingRow>.oldestFirst(of: "review_id")

    /// An outcome's findings in their order.
    static let ofOutcome = ListDefinition<FindingRow>(
        of: "outcome_id", order: [.integer("ordinal")], isDescending: false)

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: FindingFilter) -> SQL? {
        var parts: [SQL] = []
        if let severities = filter.severities { parts.append("entity.severity = any(\(severities.map(\.rawValue)))") }
        if let isHeld = filter.isHeld { parts.append("entity.is_held = \(isHeld)") }
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

    /// nil if the finding concerns the whole picture.
    init?(_ row: Row) {
        guard let imageWidth = row.optionalInt(12), let imageHeight = row.optionalInt(13),
            let box = BoundingBox(x: row.double(8), y: row.double(9), width: row.double(10), height: row.double(11))
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
