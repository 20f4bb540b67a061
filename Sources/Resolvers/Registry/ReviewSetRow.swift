import Database
import GraphQL
import Schema

/// A row of `review_sets`.
struct ReviewSetRow: Entity {
    typealias Object = ReviewSetType
    static let table = "review_sets"
    static let columns = [
        "id", "project_id", "name", "description", "created_by", "created_at", "updated_at", "deleted_at",
    ]
    static let accessColumn = "project_id"
    static let existence: String? = "entity.deleted_at is null"

    let row: Row

    static let fields = ReviewSetFields<ReviewSetRow>(
        id: { $0.id },
        name: { $0.row.leaf(2) },
        description: { $0.row.leaf(3) },
        rpds: { sets, call in
            try await call.many(sets, as: RpdRow.self) {
                RpdRow.linked(by: "review_set_rpds", "review_set_id", "rpd_id", of: $0, viewer: $1)
            }
        },
        characters: { sets, call in
            try await call.many(sets, as: CharacterRow.self) {
                CharacterRow.linked(by: "review_set_characters", "review_set_id", "character_id", of: $0, viewer: $1)
            }
        },
        taskTags: { sets, call in
            try await call.many(sets, as: TaskTagRow.self) {
                TaskTagRow.linked(by: "review_set_tags", "review_set_id", "tag_id", of: $0, viewer: $1)
            }
        },
        project: { sets, call in try await call.one(sets, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { sets, call in try await call.one(sets, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(5) },
        updatedAt: { $0.row.dateTime(6) },
        deletedAt: { $0.row.optionalDateTime(7) })

    /// A project's sets in the order in which they were made.
    static let ofProject = ListDefinition<ReviewSetRow>.oldestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ReviewSetFilter) -> SQL? {
        SQL.filter(SQL.text("entity.name || ' ' || entity.description", has: filter.text))
    }
}
