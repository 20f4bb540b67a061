import Clients
import Database
import GraphQL
import Schema

/// A row of `generated_references`, with what signs its URL.
struct GeneratedReferenceRow: RunEntity {
    typealias Object = GeneratedReferenceType
    static let table = "generated_references"
    static let columns = [
        "id", "project_id", "created_by", "prompt", "enhanced_prompt", "negative_prompt", "aspect_ratio", "status",
        "object_key", "width", "height", "model_name", "asset_id", "error_code", "error_message", "created_at",
        "finished_at", "thumbnail_key", "style", "pose", "camera", "lighting",
    ]
    static let statusColumn = 7
    static let accessColumn = "created_by"
    /// With the project goes what somebody has had made for it.
    static let projectColumn: String? = "project_id"

    let row: Row

    static func fields(_ urls: FileURLs) -> GeneratedReferenceFields<GeneratedReferenceRow> {
        GeneratedReferenceFields<GeneratedReferenceRow>(
            id: { $0.id },
            prompt: { $0.row.leaf(3) },
            enhancedPrompt: { $0.row.leaf(4) },
            negativePrompt: { $0.row.leaf(5) },
            style: { $0.row.optionalLeaf(18) },
            pose: { $0.row.optionalLeaf(19) },
            camera: { $0.row.optionalLeaf(20) },
            lighting: { $0.row.optionalLeaf(21) },
            sources: { references, call in
                try await call.many(references, as: AssetRow.self) { AssetRow.sources(of: $0, viewer: $1) }
            },
            aspectRatio: { $0.row.enumeration(6) },
            status: { $0.row.enumeration(7) },
            url: { $0.url(urls) },
            thumbnailUrl: { urls.thumbnail($0.row.optionalString(17)) },
            width: { $0.row.optionalInt32(9) },
            height: { $0.row.optionalInt32(10) },
            modelName: { $0.row.optionalLeaf(11) },
            asset: { references, call in
                try await call.one(references, { $0.row.optionalUUID(12) }, as: AssetRow.self)
            },
            viewerLikes: { references, call in
                try await LikeRow.likes("generated_reference_id", of: references, call)
            },
            errorCode: { $0.row.optionalLeaf(13) },
            errorMessage: { $0.row.optionalLeaf(14) },
            project: { references, call in
                try await call.one(references, { $0.row.uuid(1) }, as: ProjectRow.self)
            },
            createdAt: { $0.row.dateTime(15) },
            finishedAt: { $0.row.optionalDateTime(16) })
    }

    /// The viewer's own pictures of a project, newest first.
    static let ofProject = ListDefinition<GeneratedReferenceRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: GeneratedReferenceFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.status", isOneOf: filter.statuses), SQL.text("entity.prompt", has: filter.text),
            SQL.word("entity.style", is: filter.style), SQL.word("entity.pose", is: filter.pose),
            SQL.word("entity.camera", is: filter.camera), SQL.word("entity.lighting", is: filter.lighting),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore))
    }

    private func url(_ urls: FileURLs) -> URLScalar? {
        // Keys are written by this program only; one that is none has no URL rather than a broken one.
        guard let text = row.optionalString(8), let key = try? ObjectKey(text) else { return nil }
        return URLScalar(
            unchecked: urls.url(
                .read(key, contentType: "image/png", fileName: "generated.png"),
                validForSeconds: FileURLs.readLifetime))
    }
}
