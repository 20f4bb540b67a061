import Database
import Foundation
import GraphQL
import Schema

/// A row of `characters`.
struct CharacterRow: Entity {
    typealias Object = CharacterType
    static let table = "characters"
    static let columns = [
        "id", "project_id", "name", "alias", "description", "features", "picture_id", "created_by", "created_at",
        "updated_at", "ip_id", "deleted_at",
    ]
    static let accessColumn = "project_id"
    static let existence: String? = "entity.deleted_at is null"

    let row: Row

    static let fields = CharacterFields<CharacterRow>(
        id: { $0.id },
        name: { $0.row.leaf(2) },
        alias: { $0.row.leaf(3) },
        description: { $0.row.leaf(4) },
        features: { $0.row.leaf(5) },
        picture: { characters, call in
            try await call.one(characters, { $0.row.optionalUUID(6) }, as: AssetRow.self)
        },
        ip: { characters, call in try await call.one(characters, { $0.row.optionalUUID(10) }, as: IpRow.self) },
        gallery: { characters, call in try await pictures("GALLERY", of: characters, call) },
        conceptArt: { characters, call in try await pictures("CONCEPT_ART", of: characters, call) },
        rpds: { characters, call in
            try await call.many(characters, as: RpdRow.self) {
                RpdRow.linked(by: "character_rpds", "character_id", "rpd_id", of: $0, viewer: $1)
            }
        },
        recommendedRpds: { characters, call in
            try await call.many(characters, as: RpdRow.self) { RpdRow.recommended(for: $0, viewer: $1) }
        },
        reviewSets: { characters, call in
            try await call.many(characters, as: ReviewSetRow.self) {
                ReviewSetRow.linked(by: "review_set_characters", "character_id", "review_set_id", of: $0, viewer: $1)
            }
        },
        project: { characters, call in try await call.one(characters, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { characters, call in
            try await call.one(characters, { $0.row.optionalUUID(7) }, as: UserRow.self)
        },
        createdAt: { $0.row.dateTime(8) },
        updatedAt: { $0.row.dateTime(9) },
        deletedAt: { $0.row.optionalDateTime(11) })

    /// A project's characters in the order in which they were made.
    static let ofProject = ListDefinition<CharacterRow>.oldestFirst(of: "project_id")

    /// The characters that an AI takes materials to show, or that people have chosen for them, with the material's key.
    static func shown(by subtasks: [UUID], isPredicted: Bool, viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), links.subtask_id
        from subtask_characters as links
        join characters as entity on entity.id = links.character_id
        where links.subtask_id = any(\(subtasks))
        and links.is_predicted = \(isPredicted)
        and \(isVisible(to: viewer))
        order by links.subtask_id, entity.created_at, entity.id
        """
    }

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: CharacterFilter) -> SQL? {
        var parts: [SQL] = []
        if let text = filter.text {
            parts.append(
                """
                strpos(lower(concat_ws(' ', entity.name, entity.alias, entity.description)), lower(\(text))) > 0
                """)
        }
        // What is no identifier of a work is one of none.
        if let ip = filter.ipId { parts.append("entity.ip_id = \(IntellectualPropertyType.uuid(in: ip)?.uuid)") }
        if let hasPicture = filter.hasPicture { parts.append("(entity.picture_id is not null) = \(hasPicture)") }
        return SQL.all(parts)
    }

    private static func pictures(
        _ kind: String, of characters: [CharacterRow], _ call: FieldCall
    ) async throws -> Objects<AssetType> {
        try await call.many(characters, as: AssetRow.self) { keys, viewer in
            """
            select \(unsafeSQL: AssetRow.selection), links.character_id
            from character_pictures as links
            join assets as entity on entity.id = links.asset_id
            where links.character_id = any(\(keys))
            and links.kind = \(kind)
            and \(AssetRow.isVisible(to: viewer))
            order by links.character_id, links.position
            """
        }
    }
}

extension Entity {
    /// The rows to which a table of links leads, in the order in which they were made, with the owner's key at the end.
    ///
    /// What is deleted is left out.
    static func linked(
        by links: String, _ ownerColumn: String, _ column: String, of owners: [UUID], viewer: UUID
    ) -> SQL {
        """
        select \(unsafeSQL: selection), links.\(unsafeSQL: ownerColumn)
        from \(unsafeSQL: links) as links
        join \(unsafeSQL: table) as entity on entity.id = links.\(unsafeSQL: column)
        where links.\(unsafeSQL: ownerColumn) = any(\(owners))
        and \(isVisible(to: viewer))
        and \(unsafeSQL: table == RpdRow.table ? "entity.deleted_at is null" : "true")
        order by links.\(unsafeSQL: ownerColumn), entity.created_at, entity.id
        """
    }
}
