import Database
import FoundationEssentials

/// The sets by which somebody chose review points, in the order of choice, with their names at that time.
struct ChosenReviewSets: Sendable {
    let ids: [UUID]
    let names: [String]

    /// The sets of a selection that has been checked; none if it names no sets.
    static func of(_ selection: ReviewSelection, in transaction: Transaction) async throws -> ChosenReviewSets {
        guard case .reviewSets(let ids) = selection else { return ChosenReviewSets(ids: [], names: []) }
        let rows = try await transaction.query(
            """
            select sets.id, sets.name
            from unnest(\(ids)) with ordinality as entries (set_id, position)
            join review_sets as sets on sets.id = entries.set_id
            group by sets.id, sets.name
            order by min(entries.position)
            """)
        return ChosenReviewSets(ids: rows.map { $0.uuid(0) }, names: rows.map { $0.string(1) })
    }
}
