import Database
import GraphQL
import Schema

/// A row of `review_outcomes`.
struct ReviewOutcomeRow: Entity {
    typealias Object = ReviewOutcomeType
    static let table = "review_outcomes"
    static let columns = [
        "id", "review_id", "rpd_version_id", "position", "status", "error_code", "error_message", "model_name",
        "measurements", "duration_milliseconds", "started_at", "finished_at",
    ]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.review

    let row: Row

    static let fields = ReviewOutcomeFields<ReviewOutcomeRow>(
        id: { $0.id },
        position: { $0.row.int32(3) },
        status: { $0.row.enumeration(4) },
        errorCode: { $0.row.optionalLeaf(5) },
        errorMessage: { $0.row.optionalLeaf(6) },
        modelName: { $0.row.optionalLeaf(7) },
        durationMilliseconds: { $0.row.optionalInt32(9) },
        measurements: { $0.row.optionalJSONB(8).map { JSONScalar(owner: $0.owner, uncheckedText: $0.bytes) } },
        review: { outcomes, call in try await call.enclosing(outcomes, { $0.row.uuid(1) }, as: ReviewRow.self) },
        rpdVersion: { outcomes, call in try await call.one(outcomes, { $0.row.uuid(2) }, as: RpdVersionRow.self) },
        findings: { outcomes, arguments, call in
            try await call.pages(
                FindingRow.ofOutcome, of: outcomes, arguments,
                filter: arguments.filter.flatMap(FindingRow.condition))
        },
        startedAt: { $0.row.optionalDateTime(10) },
        finishedAt: { $0.row.optionalDateTime(11) })

    /// A review's outcomes in the order in which their review points were chosen.
    static let ofReview = ListDefinition<ReviewOutcomeRow>(
        of: "review_id", order: [.integer("position")], isDescending: false)

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ReviewOutcomeFilter) -> SQL? {
        SQL.filter(SQL.column("entity.status", isOneOf: filter.statuses))
    }
}
