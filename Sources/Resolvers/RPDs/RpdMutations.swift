import Database
import Foundation
import GraphQL
import JSON
import Schema
import Workflows

/// The mutations of review points.
enum RpdMutations {
    static func create(_ input: CreateRpdInput, _ call: FieldCall) async throws -> Objects<CreateRpdPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.rpds.create(
                viewer: viewer, projectID: project, kind: input.kind.rawValue,
                content: try await content(input.content, viewer, call), isActive: input.isActive
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
                viewer: viewer, rpdID: rpd, content: try await content(input.content, viewer, call),
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
            return .one(CreateRpdVersionPayloadSource(version: created.versionID, rpd: rpd))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(CreateRpdVersionPayloadSource(rpd: rpd, problems: error.problems))
        }
    }

    static func setActive(
        _ input: SetRpdActiveInput, _ call: FieldCall
    ) async throws -> Objects<SetRpdActivePayloadType> {
        try await call.change(input.rpdId, ReviewPointDefinitionType.self) { viewer, rpd in
            try await call.request.services.rpds.setActive(viewer: viewer, rpdID: rpd, isActive: input.isActive)
        }
    }

    // MARK: Many at once

    static func setActive(
        _ input: SetRpdsActiveInput, _ call: FieldCall
    ) async throws -> Objects<SetRpdsActivePayloadType> {
        try await call.changeEach(of: input.rpdIds, as: RpdResultSource.self) { viewer, rpd in
            try await call.request.services.rpds.setActive(viewer: viewer, rpdID: rpd, isActive: input.isActive)
        }
    }

    static func delete(_ input: DeleteRpdsInput, _ call: FieldCall) async throws -> Objects<DeleteRpdsPayloadType> {
        try await call.changeEach(of: input.rpdIds, as: RpdResultSource.self) { viewer, rpd in
            try await call.request.services.rpds.setDeleted(viewer: viewer, rpdID: rpd, isDeleted: true)
        }
    }

    static func restore(_ input: RestoreRpdsInput, _ call: FieldCall) async throws -> Objects<RestoreRpdsPayloadType> {
        try await call.changeEach(of: input.rpdIds, as: RpdResultSource.self) { viewer, rpd in
            try await call.request.services.rpds.setDeleted(viewer: viewer, rpdID: rpd, isDeleted: false)
        }
    }

    // MARK: Versions

    static func activateVersion(
        _ input: ActivateRpdVersionInput, _ call: FieldCall
    ) async throws -> Objects<ActivateRpdVersionPayloadType> {
        try await call.change(input.rpdVersionId, ReviewPointDefinitionVersionType.self) { viewer, version in
            try await call.request.services.rpds.activate(viewer: viewer, versionID: version)
        }
    }

    static func retryPreparation(
        _ input: RetryRpdPreparationInput, _ call: FieldCall
    ) async throws -> Objects<RetryRpdPreparationPayloadType> {
        try await call.change(input.rpdVersionId, ReviewPointDefinitionVersionType.self) { viewer, version in
            try await call.request.services.rpds.retryPreparation(viewer: viewer, versionID: version)
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

    /// A review point's content, with the table of a file if it names one.
    static func content(
        _ input: RpdContentInput, _ viewer: UUID, _ call: FieldCall, field: [String] = ["content"]
    ) async throws -> RpdContent {
        let source = field + ["appellationAssetId"]
        let file = try call.optionalKey(input.appellationAssetId, AssetType.self, field: source)
        return RpdContent(
            title: input.title, instruction: input.instruction,
            groups: input.groups.map {
                MotifGroup(tag: $0.tag, characteristics: $0.characteristics, considerations: $0.considerations)
            },
            tags: input.tags,
            ngSubcategory: input.ngSubcategory?.rawValue,
            referenceAssetIDs: try call.keys(
                input.referenceAssetIds, AssetType.self, field: field + ["referenceAssetIds"]),
            appellations: try await appellations(input, file, viewer, call, field: source), appellationAssetID: file,
            specialRules: input.specialRules.map {
                SpecialRule(speaker: $0.speaker, target: $0.target, alias: $0.alias, conditions: $0.conditions)
            })
    }

    private static func appellations(
        _ input: RpdContentInput, _ file: UUID?, _ viewer: UUID, _ call: FieldCall, field: [String]
    ) async throws -> JSONValue? {
        guard let file else { return try input.appellations?.value() }
        func refusal(_ code: InputProblem.Code, _ message: String) -> WorkflowError {
            WorkflowError(problems: [InputProblem(field, code, message)])
        }
        if input.appellations != nil { throw refusal(.invalid, "Give the table or a file with it, not both.") }
        let table = try await call.request.services.appellations.table(viewer: viewer, assetID: file)
        guard let table else { throw refusal(.notFound, "This project has no such file.") }
        return table.json
    }
}
