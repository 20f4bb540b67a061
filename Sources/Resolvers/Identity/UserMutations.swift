import GraphQL
import Schema
import Workflows

/// The mutations of people, and of what is theirs alone.
enum UserMutations {
    static func create(_ input: CreateUserInput, _ call: FieldCall) async throws -> Objects<CreateUserPayloadType> {
        try await call.make { viewer in
            try await call.request.services.users.create(viewer: viewer, email: input.email, name: input.name)
        }
    }

    static func setRole(_ input: SetUserRoleInput, _ call: FieldCall) async throws -> Objects<SetUserRolePayloadType> {
        try await call.change(input.userId, UserType.self) { viewer, user in
            try await call.request.services.users.setRole(viewer: viewer, userID: user, role: input.role.rawValue)
        }
    }

    static func delete(_ input: DeleteUserInput, _ call: FieldCall) async throws -> Objects<DeleteUserPayloadType> {
        try await call.delete(input.userId, UserType.self) { viewer, user in
            try await call.request.services.users.delete(viewer: viewer, userID: user)
        }
    }

    static func updatePreferences(
        _ input: UpdatePreferencesInput, _ call: FieldCall
    ) async throws -> Objects<UpdatePreferencesPayloadType> {
        try await call.make { viewer in
            try await call.request.services.users.setPreferences(viewer: viewer, try input.settings.value())
            return viewer
        }
    }

    static func markNotificationsRead(
        _ input: MarkNotificationsReadInput, _ call: FieldCall
    ) async throws -> Objects<MarkNotificationsReadPayloadType> {
        try await call.make { viewer in
            // Identifiers of nothing mark nothing.
            let ids = input.notificationIds.map { $0.compactMap { NotificationType.uuid(in: $0)?.uuid } }
            try await call.request.services.notifications.markRead(viewer: viewer, ids: ids)
            return viewer
        }
    }

    static func like(_ input: LikeAssetInput, _ call: FieldCall) async throws -> Objects<LikeAssetPayloadType> {
        try await call.change(input.assetId, AssetType.self) { viewer, asset in
            try await call.request.services.users.setLike(viewer: viewer, assetID: asset, isLiked: true)
        }
    }

    static func likeReference(
        _ input: LikeGeneratedReferenceInput, _ call: FieldCall
    ) async throws -> Objects<LikeGeneratedReferencePayloadType> {
        try await call.change(input.generatedReferenceId, GeneratedReferenceType.self) { viewer, reference in
            try await call.request.services.users.setLike(viewer: viewer, referenceID: reference, isLiked: true)
        }
    }

    static func unlikeReference(
        _ input: UnlikeGeneratedReferenceInput, _ call: FieldCall
    ) async throws -> Objects<UnlikeGeneratedReferencePayloadType> {
        try await call.change(input.generatedReferenceId, GeneratedReferenceType.self) { viewer, reference in
            try await call.request.services.users.setLike(viewer: viewer, referenceID: reference, isLiked: false)
        }
    }

    static func unlike(_ input: UnlikeAssetInput, _ call: FieldCall) async throws -> Objects<UnlikeAssetPayloadType> {
        try await call.change(input.assetId, AssetType.self) { viewer, asset in
            try await call.request.services.users.setLike(viewer: viewer, assetID: asset, isLiked: false)
        }
    }
}
