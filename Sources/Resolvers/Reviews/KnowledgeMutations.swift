import Database
import GraphQL
import Schema
import Workflows

/// The mutations of a project's knowledge.
enum KnowledgeMutations {
    static func update(
        _ input: UpdatePromotedFindingInput, _ call: FieldCall
    ) async throws -> Objects<UpdatePromotedFindingPayloadType> {
        try await call.change(input.promotedFindingId, PromotedFindingType.self) { viewer, entry in
            try await call.request.services.findings.updatePromotion(
                viewer: viewer, promotionID: entry, notes: input.notes, tags: input.tags,
                scope: input.scope?.rawValue, expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func delete(
        _ input: DeletePromotedFindingInput, _ call: FieldCall
    ) async throws -> Objects<DeletePromotedFindingPayloadType> {
        try await call.delete(input.promotedFindingId, PromotedFindingType.self) { viewer, entry in
            try await call.request.services.findings.deletePromotion(viewer: viewer, promotionID: entry)
        }
    }
}
