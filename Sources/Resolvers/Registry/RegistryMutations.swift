import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations of characters.
enum CharacterMutations {
    static func create(
        _ input: CreateCharacterInput, _ call: FieldCall
    ) async throws -> Objects<CreateCharacterPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            var content = try content(of: input, call)
            content.name = input.name
            content.pictureID = .set(try call.optionalKey(input.pictureId, AssetType.self, field: ["pictureId"]))
            content.ipID = .set(try call.optionalKey(input.ipId, IntellectualPropertyType.self, field: ["ipId"]))
            return try await call.request.services.characters.create(viewer: viewer, projectID: project, content)
        }
    }

    static func update(
        _ input: UpdateCharacterInput, _ call: FieldCall
    ) async throws -> Objects<UpdateCharacterPayloadType> {
        try await call.change(input.characterId, CharacterType.self) { viewer, character in
            var content = try content(of: input, call)
            content.name = input.name
            let picture = try call.optionalKey(input.pictureId, AssetType.self, field: ["pictureId"])
            content.pictureID = input.isPresent(.pictureId) ? .set(picture) : .keep
            let ip = try call.optionalKey(input.ipId, IntellectualPropertyType.self, field: ["ipId"])
            content.ipID = input.isPresent(.ipId) ? .set(ip) : .keep
            try await call.request.services.characters.update(
                viewer: viewer, characterID: character, content,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func delete(
        _ input: DeleteCharacterInput, _ call: FieldCall
    ) async throws -> Objects<DeleteCharacterPayloadType> {
        try await call.delete(input.characterId, CharacterType.self) { viewer, character in
            try await call.request.services.characters.setDeleted(
                viewer: viewer, characterID: character, isDeleted: true)
        }
    }

    static func restore(
        _ input: RestoreCharacterInput, _ call: FieldCall
    ) async throws -> Objects<RestoreCharacterPayloadType> {
        try await call.change(input.characterId, CharacterType.self) { viewer, character in
            try await call.request.services.characters.setDeleted(
                viewer: viewer, characterID: character, isDeleted: false)
        }
    }

    private static func content(
        of input: some CharacterInput, _ call: FieldCall
    ) throws -> CharacterStore.CharacterContent {
        CharacterStore.CharacterContent(
            alias: input.alias, description: input.description, features: input.features,
            galleryIDs: try input.galleryIds.map { try call.keys($0, AssetType.self, field: ["galleryIds"]) },
            conceptArtIDs: try input.conceptArtIds.map { try call.keys($0, AssetType.self, field: ["conceptArtIds"]) },
            rpdIDs: try input.rpdIds.map { try call.keys($0, ReviewPointDefinitionType.self, field: ["rpdIds"]) })
    }
}

/// What the inputs of making and of changing a character have in common.
private protocol CharacterInput {
    var alias: String? { get }
    var description: String? { get }
    var features: String? { get }
    var galleryIds: [ID]? { get }
    var conceptArtIds: [ID]? { get }
    var rpdIds: [ID]? { get }
}

extension CreateCharacterInput: CharacterInput {}
extension UpdateCharacterInput: CharacterInput {}

/// The mutations of the registry of reference pictures.
enum ItemMutations {
    static func create(_ input: CreateItemInput, _ call: FieldCall) async throws -> Objects<CreateItemPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.items.create(
                viewer: viewer, projectID: project,
                assetID: try call.chosenKey(input.assetId, AssetType.self, field: ["assetId"]),
                description: input.description, tags: input.tags)
        }
    }

    static func update(_ input: UpdateItemInput, _ call: FieldCall) async throws -> Objects<UpdateItemPayloadType> {
        try await call.change(input.itemId, ItemType.self) { viewer, item in
            try await call.request.services.items.update(
                viewer: viewer, itemID: item,
                assetID: try call.optionalKey(input.assetId, AssetType.self, field: ["assetId"]),
                description: input.description, tags: input.tags,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func delete(_ input: DeleteItemInput, _ call: FieldCall) async throws -> Objects<DeleteItemPayloadType> {
        try await call.delete(input.itemId, ItemType.self) { viewer, item in
            try await call.request.services.items.delete(viewer: viewer, itemID: item)
        }
    }

    static func restore(_ input: RestoreItemInput, _ call: FieldCall) async throws -> Objects<RestoreItemPayloadType> {
        try await call.change(input.itemId, ItemType.self) { viewer, item in
            try await call.request.services.items.restore(viewer: viewer, itemID: item)
        }
    }
}

/// The mutations of sets of review points.
enum ReviewSetMutations {
    static func create(
        _ input: CreateReviewSetInput, _ call: FieldCall
    ) async throws -> Objects<CreateReviewSetPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            var content = try content(of: input, call)
            content.name = input.name
            return try await call.request.services.reviewSets.create(viewer: viewer, projectID: project, content)
        }
    }

    static func update(
        _ input: UpdateReviewSetInput, _ call: FieldCall
    ) async throws -> Objects<UpdateReviewSetPayloadType> {
        try await call.change(input.reviewSetId, ReviewSetType.self) { viewer, set in
            var content = try content(of: input, call)
            content.name = input.name
            try await call.request.services.reviewSets.update(
                viewer: viewer, reviewSetID: set, content,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func delete(
        _ input: DeleteReviewSetInput, _ call: FieldCall
    ) async throws -> Objects<DeleteReviewSetPayloadType> {
        try await call.delete(input.reviewSetId, ReviewSetType.self) { viewer, set in
            try await call.request.services.reviewSets.delete(viewer: viewer, reviewSetID: set)
        }
    }

    static func restore(
        _ input: RestoreReviewSetInput, _ call: FieldCall
    ) async throws -> Objects<RestoreReviewSetPayloadType> {
        try await call.change(input.reviewSetId, ReviewSetType.self) { viewer, set in
            try await call.request.services.reviewSets.restore(viewer: viewer, reviewSetID: set)
        }
    }

    private static func content(
        of input: some ReviewSetInput, _ call: FieldCall
    ) throws -> ReviewSetStore.ReviewSetContent {
        ReviewSetStore.ReviewSetContent(
            description: input.description,
            rpdIDs: try input.rpdIds.map { try call.keys($0, ReviewPointDefinitionType.self, field: ["rpdIds"]) },
            characterIDs: try input.characterIds.map { try call.keys($0, CharacterType.self, field: ["characterIds"]) },
            tagIDs: try input.taskTagIds.map { try call.keys($0, TaskTagType.self, field: ["taskTagIds"]) })
    }
}

/// What the inputs of making and of changing a set have in common.
private protocol ReviewSetInput {
    var description: String? { get }
    var rpdIds: [ID]? { get }
    var characterIds: [ID]? { get }
    var taskTagIds: [ID]? { get }
}

extension CreateReviewSetInput: ReviewSetInput {}
extension UpdateReviewSetInput: ReviewSetInput {}
