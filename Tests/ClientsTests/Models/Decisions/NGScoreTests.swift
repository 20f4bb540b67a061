import Clients
import Testing

@Suite("NGScore")
struct NGScoreTests {
    @Test(
        "Rule 19: shape 0 is dropped, shape 1 is safe, total 10 is risk, else alert",
        arguments: [
            (0, 0, 0, nil), (0, 3, 2, nil), (1, 0, 0, .safe), (1, 3, 2, .safe), (2, 0, 0, .alert), (4, 3, 2, .alert),
            (5, 3, 1, .alert), (5, 2, 2, .alert), (5, 3, 2, .risk),
        ] as [(Int, Int, Int, FindingSeverity?)])
    func severity(shape: Int, color: Int, meaning: Int, expected: FindingSeverity?) {
        #expect(NGScore(shape: shape, color: color, meaning: meaning).severity == expected)
    }

    @Test("Scores outside their range are moved to its end")
    func range() {
        #expect(NGScore(shape: 9, color: 9, meaning: 9) == NGScore(shape: 5, color: 3, meaning: 2))
        #expect(NGScore(shape: -1, color: -1, meaning: -1).total == 0)
    }

    @Test(
        "Measured likeness fills the score",
        arguments: [
            (0.2, 1.0, nil), (0.739, 0, nil), (0.75, 30, .safe), (0.78, 1, .alert), (0.85, 1, .alert),
            (0.95, 30, .alert),
            (0.95, 1, .risk),
        ] as [(Double, Double, FindingSeverity?)])
    func measured(likeness: Double, difference: Double, expected: FindingSeverity?) {
        #expect(NGScore(shapeLikeness: likeness, meanDifference: difference).severity == expected)
    }

    @Test(
        "Only a colour named to the digit and widely used is a risk",
        arguments: [
            (0.001, 1.0, nil), (0.005, 1, .safe), (0.03, 1, .alert), (0.3, 1, .risk), (0.3, 8, .alert),
            (0.3, nil, .alert),
            (0.005, nil, .safe),
        ] as [(Double, Double?, FindingSeverity?)])
    func color(share: Double, difference: Double?, expected: FindingSeverity?) {
        #expect(NGScore(colorShare: share, difference: difference).severity == expected)
    }
}
