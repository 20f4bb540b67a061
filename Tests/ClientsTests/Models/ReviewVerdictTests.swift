import Clients
import Testing

@Suite("ReviewVerdict")
struct ReviewVerdictTests {
    private func finding(_ description: String, _ severity: FindingSeverity) -> FindingDraft {
        FindingDraft(description: description, severity: severity)
    }

    @Test("Findings are ordered worst first, equal ones as they came")
    func order() {
        let verdict = ReviewVerdict.ok([
            finding("a", .safe), finding("b", .alert), finding("c", .risk), finding("d", .alert),
        ])
        #expect(verdict.findings.map(\.description) == ["c", "b", "d", "a"])
        #expect(verdict.severity == .risk)
    }

    @Test("What was skipped or failed has no severity, above all not safe")
    func noSeverity() {
        #expect(ReviewVerdict.skipped("no picture").severity == nil)
        #expect(ReviewVerdict.failed(code: "x", "y").severity == nil)
        #expect(ReviewVerdict.failed(code: "x", "y").status == .error(.init(code: "x", message: "y")))
    }

    @Test("A verdict of success without findings is a programmer's error")
    func silence() async {
        await #expect(processExitsWith: .failure) { _ = ReviewVerdict.ok([]) }
    }
}
