import Database
import GraphQL
import Schema

/// A row of `likes`.
struct LikeRow: Entity {
    typealias Object = LikeType
    static let table = "likes"
    static let columns = ["id", "asset_id", "created_at"]
    static let accessColumn = "user_id"

    let row: Row

    static let fields = LikeFields<LikeRow>(
        id: { $0.id },
        asset: { likes, call in try await call.one(likes, { $0.row.uuid(1) }, as: AssetRow.self) },
        createdAt: { $0.row.dateTime(2) })

    /// What a person likes, newest first.
    static let ofUser = ListDefinition<LikeRow>.newestFirst(of: "user_id")
}
