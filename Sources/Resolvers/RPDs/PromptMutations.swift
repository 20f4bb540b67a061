import Clients
import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations that help to word review points.
enum PromptMutations {
    static func titles(
        _ input: SuggestRpdTitlesInput, _ call: FieldCall
    ) async throws -> Objects<SuggestRpdTitlesPayloadType> {
        try await answer(call, about: input.projectId, ProjectType.self) { prompts, viewer, project in
            try await prompts.titles(
                viewer: viewer, projectID: project, words(input.text, input, call), limit: Int(input.limit))
        }
    }

    static func wording(
        _ input: SuggestRpdContentInput, _ call: FieldCall
    ) async throws -> Objects<SuggestRpdContentPayloadType> {
        try await answer(call, about: input.projectId, ProjectType.self) { prompts, viewer, project in
            try await prompts.wording(viewer: viewer, projectID: project, words(input.text, input, call))
        }
    }

    static func rewriting(
        _ input: RewriteRpdInstructionInput, _ call: FieldCall
    ) async throws -> Objects<RewriteRpdInstructionPayloadType> {
        try await answer(call, about: input.projectId, ProjectType.self) { prompts, viewer, project in
            try await prompts.rewriting(
                viewer: viewer, projectID: project, words(input.instruction, input, call))
        }
    }

    static func description(
        _ input: DescribePictureInput, _ call: FieldCall
    ) async throws -> Objects<DescribePicturePayloadType> {
        try await answer(call, about: input.assetId, AssetType.self) { prompts, viewer, asset in
            try await prompts.description(viewer: viewer, assetID: asset, kind: input.kind?.rawValue)
        }
    }

    static func motif(_ input: DescribeMotifInput, _ call: FieldCall) async throws -> Objects<DescribeMotifPayloadType>
    {
        try await answer(call, about: input.assetId, AssetType.self) { prompts, viewer, asset in
            try await prompts.motif(viewer: viewer, assetID: asset, tag: input.tag)
        }
    }

    private static func words(
        _ text: String, _ input: some PromptInput, _ call: FieldCall
    ) throws -> PromptStore.Input {
        PromptStore.Input(
            text: text, kind: input.kind?.rawValue, context: input.context,
            assetID: try call.optionalKey(input.assetId, AssetType.self, field: ["assetId"]))
    }

    private static func answer<Tag: NodeTypeTag, Object: ObjectTypeTag, Answer: Sendable>(
        _ call: FieldCall, about id: ID, _: Tag.Type,
        _ ask: (PromptStore, _ viewer: UUID, _ key: UUID) async throws -> Answer
    ) async throws -> Objects<Object> {
        let viewer = try call.request.requireViewer()
        let key = try call.key(id, Tag.self)
        let prompts = call.request.services.prompts
        do {
            let answer = try await ask(prompts, viewer, key)
            return .one(PromptPayload<Object, Answer>(answer: answer, model: prompts.model, problems: []))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(PromptPayload<Object, Answer>(answer: nil, model: prompts.model, problems: error.problems))
        }
    }
}

/// What the inputs about a text have beside it.
private protocol PromptInput {
    var kind: RpdKind? { get }
    var context: String { get }
    var assetId: ID? { get }
}

extension SuggestRpdTitlesInput: PromptInput {}
extension SuggestRpdContentInput: PromptInput {}
extension RewriteRpdInstructionInput: PromptInput {}

/// What a helping mutation answers, by whom, and what has to be corrected.
struct PromptPayload<Object: ObjectTypeTag, Answer: Sendable>: ObjectSource {
    let answer: Answer?
    let model: any PromptModel
    let problems: [InputProblem]

    var modelName: Text { Text(model.modelName) }
    var method: Text { Text(model.method) }

    static func userErrors(_ payloads: [PromptPayload]) -> Objects<UserErrorType> {
        Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
    }
}

extension PromptPayload where Object == SuggestRpdTitlesPayloadType, Answer == [PromptSuggestion] {
    static var fields: SuggestRpdTitlesPayloadFields<PromptPayload> {
        SuggestRpdTitlesPayloadFields(
            suggestions: { payloads in
                Objects(lists: payloads.map { ($0.answer ?? []).map(TextSuggestionSource.init) })
            },
            modelName: { $0.modelName }, method: { $0.method }, userErrors: { userErrors($0) })
    }
}

extension PromptPayload where Object == SuggestRpdContentPayloadType, Answer == SuggestedWording {
    static var fields: SuggestRpdContentPayloadFields<PromptPayload> {
        SuggestRpdContentPayloadFields(
            suggestion: { payloads in Objects(payloads.map { $0.answer.map(RpdContentSuggestionSource.init) }) },
            modelName: { $0.modelName }, method: { $0.method }, userErrors: { userErrors($0) })
    }
}

extension PromptPayload where Object == RewriteRpdInstructionPayloadType, Answer == PromptSuggestion {
    static var fields: RewriteRpdInstructionPayloadFields<PromptPayload> {
        RewriteRpdInstructionPayloadFields(
            suggestion: { payloads in Objects(payloads.map { $0.answer.map(TextSuggestionSource.init) }) },
            modelName: { $0.modelName }, method: { $0.method }, userErrors: { userErrors($0) })
    }
}

extension PromptPayload where Object == DescribePicturePayloadType, Answer == PictureDescription {
    static var fields: DescribePicturePayloadFields<PromptPayload> {
        DescribePicturePayloadFields(
            description: { payloads in Objects(payloads.map { $0.answer.map(PictureDescriptionSource.init) }) },
            modelName: { $0.modelName }, method: { $0.method }, userErrors: { userErrors($0) })
    }
}

extension PromptPayload where Object == DescribeMotifPayloadType, Answer == MotifDescription {
    static var fields: DescribeMotifPayloadFields<PromptPayload> {
        DescribeMotifPayloadFields(
            motif: { payloads in Objects(payloads.map { $0.answer.map(MotifDescriptionSource.init) }) },
            modelName: { $0.modelName }, method: { $0.method }, userErrors: { userErrors($0) })
    }
}

/// The object of `MotifDescription`.
struct MotifDescriptionSource: ObjectSource {
    typealias Object = MotifDescriptionType

    let motif: MotifDescription

    static let fields = MotifDescriptionFields<MotifDescriptionSource>(
        tag: { Text($0.motif.tag) },
        characteristics: { Text($0.motif.characteristics) },
        considerations: { Text($0.motif.considerations) },
        confidence: { $0.motif.confidence })
}

/// The object of `TextSuggestion`.
struct TextSuggestionSource: ObjectSource {
    typealias Object = TextSuggestionType

    let suggestion: PromptSuggestion

    static let fields = TextSuggestionFields<TextSuggestionSource>(
        text: { Text($0.suggestion.text) }, confidence: { $0.suggestion.confidence })
}

/// The object of `RpdContentSuggestion`.
struct RpdContentSuggestionSource: ObjectSource {
    typealias Object = RpdContentSuggestionType

    let wording: SuggestedWording

    static let fields = RpdContentSuggestionFields<RpdContentSuggestionSource>(
        kind: { source in
            guard let kind = RpdKind(rawValue: source.wording.kind.rawValue) else {
                preconditionFailure("Every ReviewKind is an RpdKind")
            }
            return kind
        },
        title: { Text($0.wording.title) },
        instruction: { Text($0.wording.instruction) },
        tags: { $0.wording.tags.map { Text($0) } },
        confidence: { $0.wording.confidence })
}

/// The object of `PictureDescription`.
struct PictureDescriptionSource: ObjectSource {
    typealias Object = PictureDescriptionType

    let description: PictureDescription

    static let fields = PictureDescriptionFields<PictureDescriptionSource>(
        text: { Text($0.description.text) },
        width: { Int32(clamping: $0.description.width) },
        height: { Int32(clamping: $0.description.height) },
        colors: { sources in Objects(lists: sources.map { $0.description.colors.map(PictureColorSource.init) }) },
        lines: { $0.description.lines.map { Text($0) } },
        keywords: { $0.description.keywords.map { Text($0) } },
        confidence: { $0.description.confidence })
}

/// The object of `PictureColor`.
struct PictureColorSource: ObjectSource {
    typealias Object = PictureColorType

    let color: PictureDescription.Color

    static let fields = PictureColorFields<PictureColorSource>(
        hex: { Text($0.color.hex) }, name: { $0.color.name.map { Text($0) } }, share: { $0.color.share })
}
