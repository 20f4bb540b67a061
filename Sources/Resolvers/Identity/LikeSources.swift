import Database
import Foundation
import GraphQL
import Schema

/// Where liked pictures come from.
enum LikeSources {
    /// The source of each like, under the viewer's rights: one statement says what has the files, one for each sort loads it.
    static func objects(of likes: [LikeRow], _ call: FieldCall) async throws -> Objects<LikeSourceType> {
        let owners = try await owners(of: likes.compactMap(\.assetKey), call)
        let keys = likes.map { like in
            like.assetKey.map { owners[$0] ?? Owner() } ?? Owner(reference: like.referenceKey)
        }
        async let characters = call.request.loader(of: CharacterRow.self).load(keys.compactMap(\.character))
        async let items = call.request.loader(of: ItemRow.self).load(keys.compactMap(\.item))
        async let references = call.request.loader(of: GeneratedReferenceRow.self).load(
            keys.compactMap(\.reference))
        var found: [UUID: any ObjectSource] = [:]
        for case let character? in try await characters { found[character.key] = character }
        for case let item? in try await items { found[item.key] = item }
        for case let reference? in try await references { found[reference.key] = reference }
        var objects = AbstractObjects<LikeSourceType>()
        for key in keys {
            let source = [key.character, key.item, key.reference].lazy.compactMap { $0.flatMap { found[$0] } }.first
            if let source { objects.append(source) } else { objects.appendNull() }
        }
        return objects.finish()
    }

    /// What has a picture.
    private struct Owner {
        var character: UUID?
        var item: UUID?
        var reference: UUID?
    }

    /// What has each of some files, the oldest of a sort where several have it.
    private static func owners(of assets: [UUID], _ call: FieldCall) async throws -> [UUID: Owner] {
        let rows = try await call.request.services.pool.query(
            """
            select files.id,
                (
                    select id
                    from characters
                    where deleted_at is null
                    and (
                        picture_id = files.id
                        or id in (select character_id from character_pictures where asset_id = files.id)
                    )
                    order by created_at, id
                    limit 1
                ),
                (select id from items where asset_id = files.id and deleted_at is null),
                (select id from generated_references where asset_id = files.id)
            from unnest(\(assets)) as files (id)
            """)
        return rows.reduce(into: [:]) { owners, row in
            owners[row.uuid(0)] = Owner(
                character: row.optionalUUID(1), item: row.optionalUUID(2), reference: row.optionalUUID(3))
        }
    }
}

extension LikeRow {
    /// The key of the liked file.
    fileprivate var assetKey: UUID? { row.optionalUUID(1) }

    /// The key of the liked generated picture.
    fileprivate var referenceKey: UUID? { row.optionalUUID(3) }
}
