import Clients
import Database
import Foundation
import GraphQL
import Schema

/// A row of `assets`, with what signs its URL.
struct AssetRow: Entity {
    typealias Object = AssetType
    static let table = "assets"
    static let columns = [
        "id", "project_id", "state", "file_name", "media_type", "byte_count", "width", "height", "sha256",
        "object_key", "error_code", "error_message", "created_by", "created_at", "thumbnail_key", "duration_seconds",
        "frame_rate", "preview_key", "picture_key", "purpose",
    ]
    static let accessColumn = "project_id"

    let row: Row

    static func fields(_ urls: FileURLs) -> AssetFields<AssetRow> {
        AssetFields<AssetRow>(
            id: { $0.id },
            purpose: { $0.row.enumeration(19) },
            state: { $0.row.enumeration(2) },
            fileName: { $0.row.leaf(3) },
            mediaType: { $0.row.leaf(4) },
            byteCount: { $0.row.int32(5) },
            width: { $0.row.optionalInt32(6) },
            height: { $0.row.optionalInt32(7) },
            durationSeconds: { $0.row.optionalDouble(15) },
            frameRate: { $0.row.optionalDouble(16) },
            sha256: { $0.row.optionalLeaf(8) },
            url: { $0.url(urls) },
            thumbnailUrl: { urls.thumbnail($0.row.optionalString(14)) },
            previewUrl: { urls.jpeg($0.row.optionalString(17), fileName: "preview.jpg") ?? $0.originalPicture(urls) },
            errorCode: { $0.row.optionalLeaf(10) },
            errorMessage: { $0.row.optionalLeaf(11) },
            similarItems: { assets, arguments, call in try await SimilarItemSource.load(assets, arguments, call) },
            project: { assets, call in try await call.one(assets, { $0.row.uuid(1) }, as: ProjectRow.self) },
            createdBy: { assets, call in try await call.one(assets, { $0.row.optionalUUID(12) }, as: UserRow.self) },
            viewerLikes: { assets, call in try await LikeRow.likes("asset_id", of: assets, call) },
            createdAt: { $0.row.dateTime(13) })
    }

    /// A project's files, newest first.
    static let ofProject = ListDefinition<AssetRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: AssetFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.state", isOneOf: filter.states), SQL.column("entity.purpose", isOneOf: filter.purposes),
            SQL.text("entity.file_name", has: filter.text),
            SQL.column("entity.created_by", isOneOf: filter.createdByIds, UserType.self),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore))
    }

    /// Where the bytes of a checked picture are; nil for everything else.
    var pictureKey: String? {
        row.string(2) == AssetState.ready.rawValue && !row.isNull(6) && row.isNull(15) ? row.optionalString(18) : nil
    }

    /// A signed URL of a picture that needs no copy for screens; nil for everything else.
    private func originalPicture(_ urls: FileURLs) -> URLScalar? { pictureKey == nil ? nil : url(urls) }

    /// A signed URL to read the bytes; nil until they are there.
    ///
    /// Keys are stored, URLs are made when asked for.
    private func url(_ urls: FileURLs) -> URLScalar? {
        // Keys are written by this program only; one that is none has no URL rather than a broken one.
        guard row.string(2) == AssetState.ready.rawValue, let text = row.optionalString(9),
            let key = try? ObjectKey(text)
        else { return nil }
        return URLScalar(
            unchecked:
                urls.url(
                    .read(key, contentType: row.string(4), fileName: row.string(3)),
                    validForSeconds: FileURLs.readLifetime))
    }

    /// The reference pictures of versions in their order, with the version's key.
    static func references(of versions: [UUID], viewer: UUID) -> SQL {
        linked(by: "rpd_version_assets", "rpd_version_id", to: versions, viewer: viewer)
    }

    /// The pictures from which others are made in their order, with the key of what is made.
    static func sources(of references: [UUID], viewer: UUID) -> SQL {
        linked(by: "generated_reference_sources", "reference_id", to: references, viewer: viewer)
    }

    /// The files to which the rows of a table link in the order of their positions; `column` has the other end's key.
    private static func linked(by table: String, _ column: String, to keys: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), links.\(unsafeSQL: column)
        from \(unsafeSQL: table) as links
        join assets as entity on entity.id = links.asset_id
        where links.\(unsafeSQL: column) = any(\(keys))
        and \(isVisible(to: viewer))
        order by links.\(unsafeSQL: column), links.position
        """
    }
}
