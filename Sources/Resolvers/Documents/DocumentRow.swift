import Database
import Foundation
import GraphQL
import Schema

/// A row of `documents`.
struct DocumentRow: RunEntity {
    typealias Object = DocumentType
    static let table = "documents"
    static let columns = [
        "id", "project_id", "asset_id", "kind", "name", "description", "status", "pages_total", "pages_done",
        "error_code", "error_message", "created_by", "created_at", "updated_at", "started_at", "finished_at",
        "deleted_at",
    ]
    static let statusColumn = 6
    static let accessColumn = "project_id"
    static let goesInParts = true
    static let existence: String? = "entity.deleted_at is null"

    let row: Row

    static let fields = DocumentFields<DocumentRow>(
        id: { $0.id },
        kind: { $0.row.enumeration(3) },
        name: { $0.row.leaf(4) },
        description: { $0.row.leaf(5) },
        status: { $0.row.enumeration(6) },
        pagesTotal: { $0.row.int32(7) },
        pagesDone: { $0.row.int32(8) },
        errorCode: { $0.row.optionalLeaf(9) },
        errorMessage: { $0.row.optionalLeaf(10) },
        asset: { documents, call in try await call.one(documents, { $0.row.uuid(2) }, as: AssetRow.self) },
        pages: { documents, arguments, call in
            try await call.pages(DocumentPageRow.ofDocument, of: documents, arguments)
        },
        pictures: { documents, arguments, call in
            try await call.pages(DocumentPictureRow.ofDocument, of: documents, arguments)
        },
        project: { documents, call in try await call.one(documents, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { documents, call in
            try await call.one(documents, { $0.row.optionalUUID(11) }, as: UserRow.self)
        },
        createdAt: { $0.row.dateTime(12) },
        updatedAt: { $0.row.dateTime(13) },
        startedAt: { $0.row.optionalDateTime(14) },
        finishedAt: { $0.row.optionalDateTime(15) },
        deletedAt: { $0.row.optionalDateTime(16) })

    /// A project's documents, newest first.
    static let ofProject = ListDefinition<DocumentRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: DocumentFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.kind", isOneOf: filter.kinds), SQL.column("entity.status", isOneOf: filter.statuses),
            SQL.text("entity.name || ' ' || entity.description", has: filter.text))
    }
}

/// A row of `document_pages`.
struct DocumentPageRow: Entity {
    typealias Object = DocumentPageType
    static let table = "document_pages"
    static let columns = ["id", "project_id", "document_id", "number", "text", "asset_id", "pictures_skipped"]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.document

    let row: Row

    static let fields = DocumentPageFields<DocumentPageRow>(
        id: { $0.id },
        number: { $0.row.int32(3) },
        text: { $0.row.leaf(4) },
        picture: { pages, call in try await call.one(pages, { $0.row.optionalUUID(5) }, as: AssetRow.self) },
        picturesSkipped: { $0.row.int32(6) },
        document: { pages, call in try await call.enclosing(pages, { $0.row.uuid(2) }, as: DocumentRow.self) })

    /// A document's pages in order.
    static let ofDocument = ListDefinition<DocumentPageRow>(
        of: "document_id", order: [.integer("number")], isDescending: false)

    /// The pages whose pictures are in the registry, with the key of the entry.
    static func ofItems(_ items: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), items.id
        from items
        join document_pages as entity on entity.asset_id = items.asset_id
        where items.id = any(\(items))
        and \(isVisible(to: viewer))
        and \(unsafeSQL: ancestry ?? "true")
        """
    }
}
