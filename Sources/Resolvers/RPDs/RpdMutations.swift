import GraphQL
import Schema
import Workflows

/// The mutations of review points.
enum RpdMutations {
    static func create(_ input: CreateRpdInput, _ call: FieldCall) async throws -> Objects<CreateRpdPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.rpds.create(
                viewer: viewer, projectID: project, kind: input.kind.rawValue,
                content: try content(input.content, call), isActive: input.isActive
            ).rpdID
        }
    }

    static func createVersion(
        _ input: CreateRpdVersionInput, _ call: FieldCall
    ) async throws -> Objects<CreateRpdVersionPayloadType> {
        let viewer = try call.request.requireViewer()
        let rpd = try call.key(input.rpdId, ReviewPointDefinitionType.self)
        do {
            let created = try await call.request.services.rpds.createVersion(
                viewer: viewer, rpdID: rpd, content: try content(input.content, call))
            return .one(CreateRpdVersionPayloadSource(version: created.versionID, rpd: rpd))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(CreateRpdVersionPayloadSource(problems: error.problems))
        }
    }

    static func setActive(
        _ input: SetRpdActiveInput, _ call: FieldCall
    ) async throws -> Objects<SetRpdActivePayloadType> {
        try await call.change(input.rpdId, ReviewPointDefinitionType.self) { viewer, rpd in
            try await call.request.services.rpds.setActive(viewer: viewer, rpdID: rpd, isActive: input.isActive)
        }
    }

    static func activateVersion(
        _ input: ActivateRpdVersionInput, _ call: FieldCall
    ) async throws -> Objects<ActivateRpdVersionPayloadType> {
        try await call.change(input.rpdVersionId, ReviewPointDefinitionVersionType.self) { viewer, version in
            try await call.request.services.rpds.activate(viewer: viewer, versionID: version)
        }
    }

    static func duplicate(
        _ input: DuplicateRpdInput, _ call: FieldCall
    ) async throws -> Objects<DuplicateRpdPayloadType> {
        try await call.make(in: input.rpdId, ReviewPointDefinitionType.self) { viewer, rpd in
            try await call.request.services.rpds.duplicate(viewer: viewer, rpdID: rpd, title: input.title)
        }
    }

    static func delete(_ input: DeleteRpdInput, _ call: FieldCall) async throws -> Objects<DeleteRpdPayloadType> {
        try await call.delete(input.rpdId, ReviewPointDefinitionType.self) { viewer, rpd in
            try await call.request.services.rpds.setDeleted(viewer: viewer, rpdID: rpd, isDeleted: true)
        }
    }

    static func restore(_ input: RestoreRpdInput, _ call: FieldCall) async throws -> Objects<RestoreRpdPayloadType> {
        try await call.change(input.rpdId, ReviewPointDefinitionType.self) { viewer, rpd in
            try await call.request.services.rpds.setDeleted(viewer: viewer, rpdID: rpd, isDeleted: false)
        }
    }

    private static func content(_ input: RpdContentInput, _ call: FieldCall) throws -> RpdContent {
        RpdContent(
            title: input.title, instruction: input.instruction, tags: input.tags,
            ngSubcategory: input.ngSubcategory?.rawValue,
            referenceAssetIDs: try call.keys(
                input.referenceAssetIds, AssetType.self, field: ["content", "referenceAssetIds"]),
            appellations: try input.appellations?.value(),
            specialRules: input.specialRules.map {
                SpecialRule(speaker: $0.speaker, target: $0.target, alias: $0.alias, conditions: $0.conditions)
            })
    }
}
