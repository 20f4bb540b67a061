public import FoundationEssentials

/// How well a set of review points fits a task.
public struct ReviewSetScore: Sendable, Hashable {
    /// The set.
    public let reviewSetID: UUID
    /// The labels that both have.
    public let tagIDs: [UUID]
    /// The characters that both have.
    public let characterIDs: [UUID]

    /// Makes a score of what both have.
    public init(reviewSetID: UUID, tagIDs: [UUID], characterIDs: [UUID]) {
        self.reviewSetID = reviewSetID
        self.tagIDs = tagIDs
        self.characterIDs = characterIDs
    }

    /// A point for each label, at most 6.
    public var tagScore: Double { Double(min(tagIDs.count, 6)) }

    /// Two thirds of a point for each character, at most 4.
    public var characterScore: Double { min(Double(characterIDs.count * 2) / 3, 4) }

    /// Both together, at most 10, rounded to one decimal.
    public var total: Double { ((tagScore + characterScore) * 10).rounded() / 10 }

    /// The scores that reach `minimum`, the best first; those that are equal stay as they came.
    public static func ranked(_ scores: [ReviewSetScore], minimum: Double) -> [ReviewSetScore] {
        scores.enumerated()
            .filter { $0.element.total >= minimum && $0.element.total > 0 }
            .sorted { ($1.element.total, $0.offset) < ($0.element.total, $1.offset) }
            .map(\.element)
    }
}
