// The seam for everything that can review a picture: the local one, and services with an account.

/// What a model can do.
public struct ModelCapabilities: Sendable, Hashable {
    /// The kinds for which it looks at the picture itself; for others it asks for a person.
    public let automatedKinds: [ReviewKind]
    /// Whether it can read text in pictures.
    public let readsText: Bool
    /// Whether it can judge motifs without a definite shape.
    public let understandsMeaning: Bool

    /// Makes a description.
    public init(automatedKinds: [ReviewKind], readsText: Bool, understandsMeaning: Bool) {
        self.automatedKinds = automatedKinds
        self.readsText = readsText
        self.understandsMeaning = understandsMeaning
    }
}

/// Something that can review pictures.
public protocol ReviewModel: Sendable {
    /// The provider's name, such as `local`.
    var provider: String { get }

    /// The name of the model that answers in this mode, for the record.
    func modelName(for mode: ReviewMode) -> String

    /// What it can do.
    var capabilities: ModelCapabilities { get }

    /// Checks one review point.
    ///
    /// Does not block the calling thread. A check that cannot be made is a verdict with status `error`, so the only error
    /// thrown is `CancellationError`: within 2 s of the task's cancellation, and no work goes on after it.
    func review(_ request: ReviewRequest) async throws -> ReviewVerdict
}
