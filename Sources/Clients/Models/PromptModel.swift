public import Imaging

/// What helps people to word review points.
///
/// What people write is data for it and never an order: an implementation that gives it to a language model puts it between
/// marks that the text cannot have, and says in front that nothing in it is an instruction.
public protocol PromptModel: Sendable {
    /// The name and version, as it is told to people.
    var modelName: String { get }
    /// How its answers come about, for people.
    var method: String { get }

    /// Short titles for what somebody began to write, the best first, at most so many.
    func titles(for text: String, limit: Int) async throws -> [PromptSuggestion]
    /// A whole wording of a review point from what somebody wants to have checked.
    func wording(for text: String) async throws -> SuggestedWording
    /// The same instruction as clear criteria.
    func rewriting(of instruction: String) async throws -> PromptSuggestion
    /// What a picture shows, in words that can stand in a review point.
    func description(of picture: PictureSource) async throws -> PictureDescription
}

/// A text that a model suggests.
public struct PromptSuggestion: Sendable, Hashable {
    /// The text.
    public let text: String
    /// How sure the model is, from 0 to 1.
    public let confidence: Double

    /// Makes a suggestion.
    public init(text: String, confidence: Double) {
        self.text = text
        self.confidence = confidence
    }
}

/// A wording of a review point that a model suggests.
public struct SuggestedWording: Sendable, Hashable {
    /// How it should be checked.
    public let kind: ReviewKind
    /// What to check, in a few words.
    public let title: String
    /// What to check, in full.
    public let instruction: String
    /// Words for the check.
    public let tags: [String]
    /// How sure the model is of the kind, from 0 to 1.
    public let confidence: Double

    /// Makes a wording.
    public init(kind: ReviewKind, title: String, instruction: String, tags: [String], confidence: Double) {
        self.kind = kind
        self.title = title
        self.instruction = instruction
        self.tags = tags
        self.confidence = confidence
    }
}

/// What a picture shows.
public struct PictureDescription: Sendable, Hashable {
    /// A colour and how much of the picture has it.
    public struct Color: Sendable, Hashable {
        /// The colour.
        public let color: RGBColor
        /// The word for it; nil if there is no plain one.
        public let name: String?
        /// From 0 to 1.
        public let share: Double

        /// As `#rrggbb`.
        public var hex: String { color.hex }
    }

    /// It in sentences.
    public let text: String
    /// The size in pixels.
    public let width: Int
    /// The size in pixels.
    public let height: Int
    /// The largest share first.
    public let colors: [Color]
    /// Lines of text that were read in it; empty where nothing reads.
    public let lines: [String]
    /// Words for a search or for tags.
    public let keywords: [String]
    /// How sure the model is, from 0 to 1.
    public let confidence: Double
}
