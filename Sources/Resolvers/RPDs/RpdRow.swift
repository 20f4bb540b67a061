import Database
import Foundation
import GraphQL
import Schema

/// A row of `rpds`.
///
/// A deleted one has vanished from lists, but is found by key: old findings still show its title.
struct RpdRow: Entity {
    typealias Object = ReviewPointDefinitionType
    static let table = "rpds"
    static let columns = ["id", "project_id", "kind", "is_active", "created_at", "updated_at", "deleted_at"]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = ReviewPointDefinitionFields<RpdRow>(
        id: { $0.id },
        kind: { $0.row.enumeration(2) },
        isActive: { $0.row.bool(3) },
        isDeleted: { !$0.row.isNull(6) },
        project: { rpds, call in try await call.one(rpds, { $0.row.uuid(1) }, as: ProjectRow.self) },
        activeVersion: { rpds, call in
            try await call.first(rpds, as: RpdVersionRow.self) { RpdVersionRow.active(of: $0, viewer: $1) }
        },
        versions: { rpds, arguments, call in try await call.pages(RpdVersionRow.ofRpd, of: rpds, arguments) },
        tests: { rpds, arguments, call in
            try await call.pages(
                RpdTestRow.ofRpd.ordered(by: arguments.orderBy), of: rpds, arguments,
                filter: arguments.filter.flatMap(RpdTestRow.condition))
        },
        characters: { rpds, call in
            try await call.many(rpds, as: CharacterRow.self) {
                CharacterRow.linked(by: "character_rpds", "rpd_id", "character_id", of: $0, viewer: $1)
            }
        },
        reviewSets: { rpds, call in
            try await call.many(rpds, as: ReviewSetRow.self) {
                ReviewSetRow.linked(by: "review_set_rpds", "rpd_id", "review_set_id", of: $0, viewer: $1)
            }
        },
        createdAt: { $0.row.dateTime(4) },
        updatedAt: { $0.row.dateTime(5) },
        deletedAt: { $0.row.optionalDateTime(6) })

    /// A project's review points, oldest first, without the deleted ones.
    static let ofProject = ListDefinition<RpdRow>.oldestFirst(
        of: "project_id", condition: "entity.deleted_at is null")

    /// The same in the order that a client chose, or the deleted ones.
    static func ofProject(in order: RpdOrder?, among deleted: DeletedRows?) -> ListDefinition<RpdRow> {
        guard order?.field == .title || order?.field == .version else {
            return ofProject.among(deleted).ordered(by: order)
        }
        // Titles and numbers are the versions'; of these each review point has one that is active.
        return ListDefinition(
            source: "rpd_versions as active join rpds as entity on entity.id = active.rpd_id",
            parentColumn: "active.project_id", order: [], isDescending: false,
            condition: """
                active.is_active
                and entity.project_id = active.project_id
                and entity.deleted_at is \(deleted == .only ? "not null" : "null")
                """,
            isOfDeleted: deleted == .only
        ).ordered(by: order)
    }

    /// The review points about characters that are switched on, with the character's key.
    static func recommended(for characters: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), links.character_id
        from character_rpds as links
        join rpds as entity on entity.id = links.rpd_id
        where links.character_id = any(\(characters))
        and \(isVisible(to: viewer))
        and entity.deleted_at is null
        and entity.is_active
        order by links.character_id, entity.created_at, entity.id
        """
    }

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: RpdFilter) -> SQL? {
        var parts: [SQL] = []
        if let kinds = filter.kinds { parts.append("entity.kind = any(\(kinds.map(\.rawValue)))") }
        if let isActive = filter.isActive { parts.append("entity.is_active = \(isActive)") }
        if let text = filter.text {
            parts.append(
                """
                exists (
                    select 1
                    from rpd_versions as versions
                    where versions.rpd_id = entity.id
                    and versions.is_active
                    and strpos(lower(versions.title || ' ' || versions.instruction || versions.group_text), lower(\(text))) > 0
                )
                """)
        }
        return SQL.all(parts)
    }
}
