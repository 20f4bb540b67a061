import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations of tries of review points.
enum RpdTestMutations {
    static func test(_ input: TestRpdInput, _ call: FieldCall) async throws -> Objects<TestRpdPayloadType> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(input.projectId, ProjectType.self)
        do {
            let tests = try await call.request.services.rpdTests.start(
                viewer: viewer, projectID: project, subject: try await subject(input, viewer, call),
                materials: try input.materials.enumerated().map { try material($1, $0, call) },
                mode: input.mode.rawValue, requestKey: input.requestKey?.uuid)
            return .one(TestRpdPayloadSource(keys: tests))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(TestRpdPayloadSource(problems: error.problems))
        }
    }

    static func cancel(_ input: CancelRpdTestInput, _ call: FieldCall) async throws -> Objects<CancelRpdTestPayloadType>
    {
        try await call.change(input.rpdTestId, RpdTestType.self) { viewer, test in
            try await call.request.services.rpdTests.cancel(viewer: viewer, testID: test)
        }
    }

    static func delete(_ input: DeleteRpdTestInput, _ call: FieldCall) async throws -> Objects<DeleteRpdTestPayloadType>
    {
        try await call.delete(input.rpdTestId, RpdTestType.self) { viewer, test in
            try await call.request.services.rpdTests.delete(viewer: viewer, testID: test)
        }
    }

    private static func subject(
        _ input: TestRpdInput, _ viewer: UUID, _ call: FieldCall
    ) async throws -> RpdTestStore.Subject {
        switch input.subject {
        case .draft(let draft):
            let field = ["subject", "draft"]
            return .draft(
                kind: draft.kind.rawValue,
                content: try await RpdMutations.content(draft.content, viewer, call, field: field + ["content"]),
                rpdID: try call.optionalKey(draft.rpdId, ReviewPointDefinitionType.self, field: field + ["rpdId"]))
        case .rpdVersionId(let id):
            return .version(
                try call.chosenKey(id, ReviewPointDefinitionVersionType.self, field: ["subject", "rpdVersionId"]))
        }
    }

    private static func material(
        _ input: RpdTestMaterialInput, _ index: Int, _ call: FieldCall
    ) throws -> RpdTestStore.Material {
        let expected = input.expectedSeverity?.rawValue
        switch input.content {
        case .assetId(let id):
            let field = ["materials", String(index), "content", "assetId"]
            return RpdTestStore.Material(
                .asset(try call.chosenKey(id, AssetType.self, field: field)), expectedSeverity: expected)
        case .line(let line):
            return RpdTestStore.Material(.line(speaker: line.speaker, text: line.text), expectedSeverity: expected)
        }
    }
}

/// The object of `TestRpdPayload`.
struct TestRpdPayloadSource: ObjectSource {
    typealias Object = TestRpdPayloadType

    var keys: [UUID] = []
    var problems: [InputProblem] = []

    static let fields = ChangePayloadFields<TestRpdPayloadType>(
        changed: { (payloads: [TestRpdPayloadSource], call) in
            try await call.each(payloads, { $0.keys }, as: RpdTestRow.self)
        },
        userErrors: { (payloads: [TestRpdPayloadSource]) in
            Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
        })
}
