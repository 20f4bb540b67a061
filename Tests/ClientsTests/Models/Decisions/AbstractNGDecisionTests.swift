import Clients
import Testing

@Suite("AbstractNGDecision")
struct AbstractNGDecisionTests {
    @Test(
        "Rule 20: the decision table for abstract motifs",
        arguments: [
            (91.0, false, false, .nothingFound), (91, false, true, .nothingFound), (91, true, true, .confirmed(.risk)),
            (91, true, false, .disputed), (90, false, true, .unsureNothing), (90, true, true, .unsure(.risk)),
            (90, true, false, .unsure(.risk)), (0, false, false, .unsureNothing),
        ] as [(Double, Bool, Bool, AbstractNGDecision)])
    func table(confidence: Double, isNG: Bool, isApproved: Bool, expected: AbstractNGDecision) {
        #expect(
            AbstractNGDecision(confidence: confidence, isNG: isNG, isApproved: isApproved, degree: .risk) == expected)
    }

    @Test("Only a confident “nothing” is safe by itself; a failed agent asks for a person")
    func severities() {
        #expect(AbstractNGDecision.nothingFound.severity == .safe)
        #expect(AbstractNGDecision.disputed.severity == .alert)
        #expect(AbstractNGDecision.unsureNothing.severity == .alert)
        #expect(AbstractNGDecision.confirmed(.risk).severity == .risk)
        #expect(AbstractNGDecision.unsure(.alert).severity == .alert)
        #expect(AbstractNGDecision(confidence: 0, isNG: false, isApproved: false, degree: .safe).severity == .alert)
    }
}
