import Database
import Foundation
import GraphQL
import Schema

/// The object of `ChosenReviewSet`.
struct ChosenReviewSetSource: ObjectSource {
    typealias Object = ChosenReviewSetType

    let setID: UUID
    let name: String

    static let fields = ChosenReviewSetFields<ChosenReviewSetSource>(
        name: { Text($0.name) },
        reviewSet: { sources, call in try await call.one(sources, { $0.setID }, as: ReviewSetRow.self) })

    /// The sets that were chosen for each of some reviews or batch jobs, in the order of choice.
    static func load<E: Entity>(_ rows: [E], _ call: FieldCall) async throws -> Objects<ChosenReviewSetType> {
        // Who sees the row sees what it was told.
        let chosen = try await call.request.services.pool.query(
            """
            select id, review_set_ids, review_set_names
            from \(unsafeSQL: E.table)
            where id = any(\(rows.map(\.key)))
            """)
        var found: [UUID: [ChosenReviewSetSource]] = [:]
        for row in chosen {
            found[row.uuid(0)] = zip(row.array(1, of: UUID.self), row.array(2, of: String.self)).map {
                ChosenReviewSetSource(setID: $0, name: $1)
            }
        }
        return Objects(lists: rows.map { found[$0.key] ?? [] })
    }
}
