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
    func titles(for request: PromptRequest, limit: Int) async throws -> [PromptSuggestion]
    /// A whole wording of a review point from what somebody wants to have checked.
    func wording(for request: PromptRequest) async throws -> SuggestedWording
    /// The same instruction as clear criteria.
    func rewriting(of request: PromptRequest) async throws -> PromptSuggestion
    /// What a picture shows, in words that can stand in a review point; of a kind, if there is one already.
    func description(of picture: PictureSource, for kind: ReviewKind?) async throws -> PictureDescription
    /// By what a forbidden motif is known, from a picture that shows it.
    func motif(_ tag: String, in picture: PictureSource) async throws -> MotifDescription
}

/// What somebody has written of a review point, with what is known beside it.
public struct PromptRequest: Sendable, Hashable {
    /// What they have written.
    public var text: String
    /// How it is to be checked; nil if nobody has said so.
    public var kind: ReviewKind?
    /// What there is to know beside it; may be empty.
    public var context: String
    /// A picture that shows how it should be, or what is meant.
    public var picture: PictureSource?

    /// Makes a request.
    public init(text: String, kind: ReviewKind? = nil, context: String = "", picture: PictureSource? = nil) {
        self.text = text
        self.kind = kind
        self.context = context
        self.picture = picture
    }
}

/// By what a forbidden motif is known.
public struct MotifDescription: Sendable, Hashable {
    /// What it is called.
    public let tag: String
    /// How it looks.
    public let characteristics: String
    /// What to mind when it is looked for.
    public let considerations: String
    /// How sure the model is, from 0 to 1.
    public let confidence: Double

    /// Makes a description.
    public init(tag: String, characteristics: String, considerations: String, confidence: Double) {
        self.tag = tag
        self.characteristics = characteristics
        self.considerations = considerations
        self.confidence = confidence
    }

    /// The same with texts of at most so many code points.
    public func shortened(to maximum: Int) -> MotifDescription {
        MotifDescription(
            tag: tag, characteristics: characteristics.shortened(toCodePoints: maximum),
            considerations: considerations.shortened(toCodePoints: maximum), confidence: confidence)
    }
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
