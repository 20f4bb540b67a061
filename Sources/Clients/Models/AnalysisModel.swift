public import Imaging

// The seam for everything that can say what a picture shows: the local one, and services with an account.

/// A character for whom a model looks, by pictures.
public struct CharacterSample: Sendable {
    /// What it is called.
    public let name: String
    /// Its pictures, the main one first.
    public let references: [PictureSource]

    /// Makes a sample.
    public init(name: String, references: [PictureSource]) {
        self.name = name
        self.references = references
    }
}

/// A character that a model has seen.
public struct SeenCharacter: Sendable, Hashable {
    /// The place of its sample among those asked for.
    public let sample: Int
    /// The place of the picture that it looks like among the sample's; nil unless the model compares pictures.
    public let reference: Int?
    /// Where it is; nil for a model that does not say.
    public let area: BoundingBox?
    /// How sure the model is, from 0 to 1.
    public let confidence: Double

    /// Makes what was seen.
    public init(sample: Int, reference: Int?, area: BoundingBox?, confidence: Double) {
        self.sample = sample
        self.reference = reference
        self.area = area
        self.confidence = confidence
    }
}

/// An object that a model has seen.
public struct SeenObject: Sendable, Hashable {
    /// What it is, in a few words.
    public let label: String
    /// Where it is.
    public let area: BoundingBox
    /// How sure the model is, from 0 to 1.
    public let confidence: Double

    /// Makes what was seen.
    public init(label: String, area: BoundingBox, confidence: Double) {
        self.label = label
        self.area = area
        self.confidence = confidence
    }
}

/// Why a picture cannot be looked at: trying again is of no use.
public struct AnalysisRefusal: Error, Sendable, Hashable {
    /// For programs.
    public let code: String
    /// For people.
    public let message: String

    /// Makes a refusal.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// Something that can say what a picture shows.
///
/// A look that cannot be made is an error, never an empty answer: that says that nothing is there.
public protocol AnalysisModel: Sendable {
    /// What is stored with the results.
    var modelName: String { get }

    /// Which of the characters the picture shows, each at most once, the surest first.
    func characters(on picture: PictureSource, among samples: [CharacterSample]) async throws -> [SeenCharacter]

    /// Which objects the picture shows, at most so many.
    func objects(on picture: PictureSource, limit: Int) async throws -> [SeenObject]
}
