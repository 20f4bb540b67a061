import Database
import Foundation
import GraphQL
import Schema

/// A row of `items`.
struct ItemRow: Entity {
    typealias Object = ItemType
    static let table = "items"
    static let columns = [
        "id", "project_id", "asset_id", "description", "tags", "created_by", "created_at", "updated_at",
        "deleted_at",
    ]
    static let accessColumn = "project_id"
    static let existence: String? = "entity.deleted_at is null"

    let row: Row

    static let fields = ItemFields<ItemRow>(
        id: { $0.id },
        asset: { items, call in try await call.one(items, { $0.row.uuid(2) }, as: AssetRow.self) },
        documentPage: { items, call in
            try await call.first(items, as: DocumentPageRow.self) { DocumentPageRow.ofItems($0, viewer: $1) }
        },
        documentPicture: { items, call in
            try await call.first(items, as: DocumentPictureRow.self) { DocumentPictureRow.ofItems($0, viewer: $1) }
        },
        description: { $0.row.leaf(3) },
        tags: { $0.row.array(4, of: String.self).map { Text($0) } },
        project: { items, call in try await call.one(items, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { items, call in try await call.one(items, { $0.row.optionalUUID(5) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(6) },
        updatedAt: { $0.row.dateTime(7) },
        deletedAt: { $0.row.optionalDateTime(8) })

    /// Who entered a picture may bring it back, and so may administrators of the project's owner.
    static func isVisibleDeleted(to viewer: UUID) -> SQL {
        isAccessible(to: viewer)
            + """
             and entity.deleted_at is not null
            and (
                entity.created_by = \(viewer)
                or entity.project_id in (
                    select projects.id
                    from projects
                    join organization_members as members on members.organization_id = projects.organization_id
                    where members.user_id = \(viewer)
                    and members.is_admin
                )
            )
            """
    }

    /// A project's registry, newest first.
    static let ofProject = ListDefinition<ItemRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ItemFilter) -> SQL? {
        var parts: [SQL] = []
        if let tags = filter.tags { parts.append("entity.tags @> \(tags)") }
        if let text = filter.text { parts.append(hasText(text)) }
        if let id = filter.documentId {
            let documents = [DocumentType.uuid(in: id)?.uuid].compactMap { $0 }
            parts.append(
                """
                entity.asset_id in (
                    select parts.asset_id
                    from documents
                    cross join lateral (
                        select asset_id from document_pages where document_id = documents.id
                        union all
                        select asset_id from document_pictures where document_id = documents.id
                    ) as parts
                    where documents.id = any(\(documents))
                    and documents.deleted_at is null
                )
                """)
        }
        return SQL.all(parts)
    }

    /// A text in the name of the file, the description, the words, or the name of the document that the picture is from.
    private static func hasText(_ text: String) -> SQL {
        """
        (
            strpos(
                lower(concat_ws(' ', entity.asset_file_name, entity.description, array_to_string(entity.tags, ' '))),
                lower(\(text))
            ) > 0
            or exists (
                select 1
                from (
                    select document_id from document_pages where asset_id = entity.asset_id
                    union all
                    select document_id from document_pictures where asset_id = entity.asset_id
                ) as parts
                join documents on documents.id = parts.document_id
                where documents.deleted_at is null
                and strpos(lower(documents.name), lower(\(text))) > 0
            )
        )
        """
    }
}
