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
        try await answer(call, in: input.projectId, SuggestRpdTitlesPayloadSource.self) { prompts, viewer, project in
            try await prompts.titles(viewer: viewer, projectID: project, text: input.text, limit: Int(input.limit))
        }
    }

    static func wording(
        _ input: SuggestRpdContentInput, _ call: FieldCall
    ) async throws -> Objects<SuggestRpdContentPayloadType> {
        try await answer(call, in: input.projectId, SuggestRpdContentPayloadSource.self) { prompts, viewer, project in
            try await prompts.wording(viewer: viewer, projectID: project, text: input.text)
        }
    }

    static func rewriting(
        _ input: RewriteRpdInstructionInput, _ call: FieldCall
    ) async throws -> Objects<RewriteRpdInstructionPayloadType> {
        try await answer(call, in: input.projectId, RewriteRpdInstructionPayloadSource.self) {
            prompts, viewer, project in
            try await prompts.rewriting(viewer: viewer, projectID: project, instruction: input.instruction)
        }
    }

    static func description(
        _ input: DescribePictureInput, _ call: FieldCall
    ) async throws -> Objects<DescribePicturePayloadType> {
        let viewer = try call.request.requireViewer()
        let asset = try call.key(input.assetId, AssetType.self)
        let prompts = call.request.services.prompts
        do {
            let found = try await prompts.description(viewer: viewer, assetID: asset)
            return .one(DescribePicturePayloadSource(answer: found, model: prompts.model, problems: []))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(DescribePicturePayloadSource(answer: nil, model: prompts.model, problems: error.problems))
        }
    }

    private static func answer<Source: PromptPayload>(
        _ call: FieldCall, in project: ID, _: Source.Type,
        _ ask: (PromptStore, _ viewer: UUID, _ project: UUID) async throws -> Source.Answer
    ) async throws -> Objects<Source.Object> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(project, ProjectType.self)
        let prompts = call.request.services.prompts
        do {
            return .one(Source(answer: try await ask(prompts, viewer, project), model: prompts.model, problems: []))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(Source(answer: nil, model: prompts.model, problems: error.problems))
        }
    }
}

/// What a helping mutation answers, by whom, and what has to be corrected.
protocol PromptPayload: ObjectSource {
    associatedtype Answer: Sendable
    init(answer: Answer?, model: any PromptModel, problems: [InputProblem])
}

/// The object of `SuggestRpdTitlesPayload`.
struct SuggestRpdTitlesPayloadSource: PromptPayload {
    typealias Object = SuggestRpdTitlesPayloadType

    let answer: [PromptSuggestion]?
    let model: any PromptModel
    let problems: [InputProblem]

    static let fields = SuggestRpdTitlesPayloadFields<SuggestRpdTitlesPayloadSource>(
        suggestions: { payloads in
            Objects(lists: payloads.map { ($0.answer ?? []).map(TextSuggestionSource.init) })
        },
        modelName: { Text($0.model.modelName) },
        method: { Text($0.model.method) },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}

/// The object of `SuggestRpdContentPayload`.
struct SuggestRpdContentPayloadSource: PromptPayload {
    typealias Object = SuggestRpdContentPayloadType

    let answer: SuggestedWording?
    let model: any PromptModel
    let problems: [InputProblem]

    static let fields = SuggestRpdContentPayloadFields<SuggestRpdContentPayloadSource>(
        suggestion: { payloads in Objects(payloads.map { $0.answer.map(RpdContentSuggestionSource.init) }) },
        modelName: { Text($0.model.modelName) },
        method: { Text($0.model.method) },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}

/// The object of `RewriteRpdInstructionPayload`.
struct RewriteRpdInstructionPayloadSource: PromptPayload {
    typealias Object = RewriteRpdInstructionPayloadType

    let answer: PromptSuggestion?
    let model: any PromptModel
    let problems: [InputProblem]

    static let fields = RewriteRpdInstructionPayloadFields<RewriteRpdInstructionPayloadSource>(
        suggestion: { payloads in Objects(payloads.map { $0.answer.map(TextSuggestionSource.init) }) },
        modelName: { Text($0.model.modelName) },
        method: { Text($0.model.method) },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}

/// The object of `DescribePicturePayload`.
struct DescribePicturePayloadSource: PromptPayload {
    typealias Object = DescribePicturePayloadType

    let answer: PictureDescription?
    let model: any PromptModel
    let problems: [InputProblem]

    static let fields = DescribePicturePayloadFields<DescribePicturePayloadSource>(
        description: { payloads in Objects(payloads.map { $0.answer.map(PictureDescriptionSource.init) }) },
        modelName: { Text($0.model.modelName) },
        method: { Text($0.model.method) },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
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
