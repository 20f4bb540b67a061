import Clients
import Testing

@Suite("Presence")
struct PresenceTests {
    // Figures measured on real photographs and on the demo pictures.
    @Test(
        "Measured examples are told apart",
        arguments: [
            (0.978, 0.970, 1.6, Presence.Verdict.found), (0.948, 0.908, 1.9, .found), (0.894, 0.896, 28.1, .found),
            (0.870, 0.698, 27.6, .unsure), (0.752, 0.707, 13.1, .missing), (0.671, 0.648, 16.9, .missing),
            (0, 0, 100, .missing), (-1, -1, 100, .missing), (1, 1, 0, .found),
        ])
    func examples(structure: Double, edges: Double, difference: Double, expected: Presence.Verdict) {
        #expect(
            Presence(structure: structure, edges: edges, meanDifference: difference, shorterSide: 60).verdict
                == expected)
    }

    @Test("Likeness stays between 0 and 1")
    func range() {
        #expect(Presence(structure: -1, edges: -1, meanDifference: 200, shorterSide: 1).likeness == 0)
        #expect(abs(Presence(structure: 1, edges: 1, meanDifference: 0, shorterSide: 24).likeness - 1) < 1e-12)
    }

    @Test(
        "Small differences of colour do not count, other colours are a risk when they are not tiny",
        arguments: [
            (9.9, 0.5, nil), (12, 0.5, .alert), (25, 0.02, .alert), (25, 0.05, .risk), (60, 0.3, .risk),
        ] as [(Double, Double, FindingSeverity?)])
    func colors(difference: Double, share: Double, expected: FindingSeverity?) {
        #expect(ColorDeviationJudgement(difference: difference, share: share)?.evidence.severity == expected)
    }
}
