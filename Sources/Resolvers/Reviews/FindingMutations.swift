import Database
import GraphQL
import Schema
import Workflows

/// The mutations of findings.
enum FindingMutations {
    static func update(
        _ input: UpdateFindingInput, _ call: FieldCall
    ) async throws -> Objects<UpdateFindingPayloadType> {
        try await call.change(input.findingId, FindingType.self) { viewer, finding in
            try await call.request.services.findings.update(
                viewer: viewer, findingID: finding,
                FindingStore.FindingChange(
                    description: input.description, severity: input.severity?.rawValue,
                    suggestion: input.isPresent(.suggestion) ? .set(input.suggestion) : .keep,
                    area: input.isPresent(.area) ? .set(area(input.area)) : .keep,
                    startSeconds: input.isPresent(.startSeconds) ? .set(input.startSeconds) : .keep,
                    endSeconds: input.isPresent(.endSeconds) ? .set(input.endSeconds) : .keep,
                    expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) }))
        }
    }

    static func create(
        _ input: CreateFindingInput, _ call: FieldCall
    ) async throws -> Objects<CreateFindingPayloadType> {
        try await call.make(in: input.reviewId, ReviewType.self) { viewer, review in
            try await call.request.services.findings.create(
                viewer: viewer, reviewID: review,
                rpdVersionID: try call.chosenKey(
                    input.rpdVersionId, ReviewPointDefinitionVersionType.self, field: ["rpdVersionId"]),
                FindingStore.NewFinding(
                    description: input.description, severity: input.severity.rawValue, suggestion: input.suggestion,
                    area: area(input.area),
                    overridesID: try call.optionalKey(input.overridesId, FindingType.self, field: ["overridesId"]),
                    startSeconds: input.startSeconds, endSeconds: input.endSeconds))
        }
    }

    static func setStatus(
        _ input: SetFindingStatusInput, _ call: FieldCall
    ) async throws -> Objects<SetFindingStatusPayloadType> {
        try await call.change(input.findingId, FindingType.self) { viewer, finding in
            try await call.request.services.findings.setStatus(
                viewer: viewer, findingID: finding, status: input.status.rawValue,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func hold(_ input: HoldFindingInput, _ call: FieldCall) async throws -> Objects<HoldFindingPayloadType> {
        try await call.change(input.findingId, FindingType.self) { viewer, finding in
            try await call.request.services.findings.hold(viewer: viewer, findingID: finding, isHeld: input.isHeld)
        }
    }

    static func promote(
        _ input: PromoteFindingInput, _ call: FieldCall
    ) async throws -> Objects<PromoteFindingPayloadType> {
        try await call.make(in: input.findingId, FindingType.self) { viewer, finding in
            try await call.request.services.findings.promote(
                viewer: viewer, findingID: finding, notes: input.notes, tags: input.tags,
                scope: input.scope.rawValue)
        }
    }

    static func discuss(
        _ input: DiscussFindingInput, _ call: FieldCall
    ) async throws -> Objects<DiscussFindingPayloadType> {
        try await call.make(in: input.findingId, FindingType.self) { viewer, finding in
            try await call.request.services.findings.discuss(viewer: viewer, findingID: finding)
        }
    }

    private static func area(_ input: NormalizedAreaInput?) -> AnnotationContent.Area? {
        input.map { AnnotationContent.Area(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }
    }
}
