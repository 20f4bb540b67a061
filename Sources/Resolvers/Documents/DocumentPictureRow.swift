import Database
import Foundation
import GraphQL
import Schema

/// A row of `document_pictures`.
struct DocumentPictureRow: Entity {
    typealias Object = DocumentPictureType
    static let table = "document_pictures"
    static let columns = [
        "id", "document_id", "page_number", "position", "name", "asset_id", "created_at",
    ]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.document

    let row: Row

    static var fields: DocumentPictureFields<DocumentPictureRow> {
        DocumentPictureFields<DocumentPictureRow>(
            id: { $0.id },
            pageNumber: { $0.row.int32(2) },
            position: { $0.row.int32(3) },
            name: { $0.row.leaf(4) },
            asset: { pictures, call in try await call.one(pictures, { $0.row.uuid(5) }, as: AssetRow.self) },
            item: { pictures, call in
                try await call.first(pictures, as: ItemRow.self) { ItemRow.ofDocumentPictures($0, viewer: $1) }
            },
            document: { pictures, call in
                try await call.enclosing(pictures, { $0.row.uuid(1) }, as: DocumentRow.self)
            },
            createdAt: { $0.row.dateTime(6) })
    }

    /// A document's pictures as its pages paint them.
    static let ofDocument = ListDefinition<DocumentPictureRow>(
        of: "document_id", order: [.integer("page_number"), .integer("position")], isDescending: false)

    /// The pictures of documents that are in the registry, with the key of the entry.
    static func ofItems(_ items: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), items.id
        from items
        join document_pictures as entity on entity.asset_id = items.asset_id
        where items.id = any(\(items))
        and \(isVisible(to: viewer))
        and \(unsafeSQL: ancestry ?? "true")
        """
    }
}

extension ItemRow {
    /// The entries of the registry that pictures of documents have become, with the key of the picture.
    static func ofDocumentPictures(_ pictures: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), pictures.id
        from document_pictures as pictures
        join items as entity on entity.asset_id = pictures.asset_id
        where pictures.id = any(\(pictures))
        and \(isVisible(to: viewer))
        """
    }
}
