import FoundationEssentials
import Testing

@testable import Workflows

@Suite("Scores of review sets")
struct ReviewSetScoreTests {
    private func score(tags: Int, characters: Int) -> ReviewSetScore {
        ReviewSetScore(
            reviewSetID: UUID(), tagIDs: (0..<tags).map { _ in UUID() },
            characterIDs: (0..<characters).map { _ in UUID() })
    }

    @Test(
        "rule 15: a point a label up to 6, two thirds a character up to 4, together rounded to one decimal",
        arguments: [
            (0, 0, 0.0), (1, 0, 1.0), (6, 0, 6.0), (9, 0, 6.0), (0, 1, 0.7), (0, 2, 1.3), (0, 3, 2.0), (0, 6, 4.0),
            (0, 9, 4.0), (2, 1, 2.7), (99, 99, 10.0),
        ])
    func caps(tags: Int, characters: Int, total: Double) {
        #expect(score(tags: tags, characters: characters).total == total)
    }

    @Test("rule 15: the best come first, equal ones as they came, what is below the minimum or fits nothing not at all")
    func order() {
        let scores = [
            score(tags: 1, characters: 0), score(tags: 0, characters: 0), score(tags: 3, characters: 0),
            score(tags: 1, characters: 0), score(tags: 0, characters: 1),
        ]
        #expect(ReviewSetScore.ranked(scores, minimum: 0) == [scores[2], scores[0], scores[3], scores[4]])
        #expect(ReviewSetScore.ranked(scores, minimum: 1) == [scores[2], scores[0], scores[3]])
        #expect(ReviewSetScore.ranked(scores, minimum: 3.1).isEmpty)
    }
}
