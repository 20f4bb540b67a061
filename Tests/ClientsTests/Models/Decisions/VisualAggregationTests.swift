import Clients
import Testing

@Suite("VisualAggregation")
struct VisualAggregationTests {
    private func evidence(_ list: [(FindingSeverity, Double)]) -> [VisualEvidence] {
        list.map { VisualEvidence(severity: $0.0, confidence: $0.1) }
    }

    @Test(
        "Rule 20: weighted mean from 1.5 risk, from 0.5 alert, else safe",
        arguments: [
            ([(.risk, 1)], .risk), ([(.alert, 1)], .alert), ([(.safe, 1)], .safe),
            ([(.risk, 0.5), (.alert, 0.5)], .risk),
            ([(.risk, 0.49), (.alert, 0.51)], .alert), ([(.alert, 0.5), (.safe, 0.5)], .alert),
            ([(.alert, 0.49), (.safe, 0.51)], .safe), ([(.risk, 0.25), (.safe, 0.75)], .alert),
            ([(.risk, 0.1), (.safe, 0.9)], .safe),
        ] as [([(FindingSeverity, Double)], FindingSeverity)])
    func thresholds(list: [(FindingSeverity, Double)], expected: FindingSeverity) {
        #expect(VisualAggregation(evidence(list)).severity == expected)
    }

    @Test("No evidence is safe with confidence 0.9; evidence without any confidence is not")
    func none() {
        #expect(VisualAggregation([]).severity == .safe)
        #expect(VisualAggregation([]).confidence == 0.9)
        #expect(VisualAggregation(evidence([(.safe, 0)])).severity == .alert)
    }

    @Test(
        "Below a confidence of 0.8 one more look is due",
        arguments: [
            ([(.alert, 0.8)], false), ([(.alert, 0.79)], true), ([(.alert, 1), (.risk, 0.5)], false), ([], false),
        ] as [([(FindingSeverity, Double)], Bool)])
    func recheck(list: [(FindingSeverity, Double)], expected: Bool) {
        #expect(VisualAggregation(evidence(list)).needsRecheck == expected)
    }

    @Test("Classification is always an alert, and what cannot be compared is left to a person")
    func checks() {
        for severity in FindingSeverity.allCases {
            #expect(VisualCheck.classification.reported(severity) == .alert)
            #expect(VisualCheck.rightOrWrong.reported(severity) == severity)
        }
        #expect(VisualCheck.allCases.filter { !$0.isComparable } == [.numerical, .orientation, .consecutive, .others])
        #expect(VisualCheck(stored: "Color tasks") == .color)
        #expect(VisualCheck(stored: "Numerical tasks") == .numerical)
        #expect(VisualCheck(stored: "unknown") == nil)
    }
}
