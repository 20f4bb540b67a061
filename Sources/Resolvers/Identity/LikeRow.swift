import Database
import Foundation
import GraphQL
import Schema

/// A row of `likes`.
struct LikeRow: Entity {
    typealias Object = LikeType
    static let table = "likes"
    static let columns = ["id", "asset_id", "created_at", "generated_reference_id"]
    static let accessColumn = "user_id"

    let row: Row

    static let fields = LikeFields<LikeRow>(
        id: { $0.id },
        asset: { likes, call in try await call.one(likes, { $0.row.optionalUUID(1) }, as: AssetRow.self) },
        generatedReference: { likes, call in
            try await call.one(likes, { $0.row.optionalUUID(3) }, as: GeneratedReferenceRow.self)
        },
        source: { likes, call in try await LikeSources.objects(of: likes, call) },
        createdAt: { $0.row.dateTime(2) })

    /// What a person likes, newest first.
    static let ofUser = ListDefinition<LikeRow>.newestFirst(of: "user_id")

    /// Which of some pictures the viewer likes; `column` is that of the table that refers to them.
    static func likes<E: Entity>(_ column: String, of pictures: [E], _ call: FieldCall) async throws -> Leaves<Bool> {
        let viewer = try call.request.requireViewer()
        let rows = try await call.request.services.pool.query(
            """
            select \(unsafeSQL: column)
            from likes
            where user_id = \(viewer)
            and \(unsafeSQL: column) = any(\(pictures.map(\.key)))
            """)
        let liked = Set(rows.map { $0.uuid(0) })
        return Leaves(pictures.map { liked.contains($0.key) })
    }
}
