public import JSON

// What a model answers: whether the check could be made, and what came out.

/// The answer to a `ReviewRequest`.
public struct ReviewVerdict: Sendable, Hashable {
    /// Whether the check could be made.
    public enum Status: Sendable, Hashable {
        /// Checked; the findings say what came out, and there is at least one.
        case ok
        /// What is to be checked cannot occur in this picture; the text says why.
        case skippedIrrelevant(String)
        /// The check could not be made. Never means that all is well.
        case error(Failure)
    }

    /// Why a check could not be made.
    public struct Failure: Sendable, Hashable {
        /// A stable word, such as `pictureUnreadable`.
        public let code: String
        /// The reason in words, for people.
        public let message: String

        /// Makes a failure.
        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// Whether the check could be made.
    public let status: Status
    /// What came out, worst first; empty unless `ok`.
    public let findings: [FindingDraft]
    /// What the model measured, in its own shape.
    public let measurements: JSONValue

    /// A check that was made.
    ///
    /// Traps without findings: "all is well" must be said by a `safe` finding, never by silence.
    public static func ok(_ findings: [FindingDraft], measurements: JSONValue = .object([:])) -> ReviewVerdict {
        precondition(!findings.isEmpty, "ReviewVerdict: a check that was made has at least one finding")
        let ordered = findings.enumerated().sorted { first, second in
            (second.element.severity.weight, first.offset) < (first.element.severity.weight, second.offset)
        }
        return ReviewVerdict(status: .ok, findings: ordered.map(\.element), measurements: measurements)
    }

    /// A check that does not apply to the picture.
    public static func skipped(_ reason: String) -> ReviewVerdict {
        ReviewVerdict(status: .skippedIrrelevant(reason), findings: [], measurements: .object([:]))
    }

    /// A check that could not be made.
    public static func failed(code: String, _ message: String) -> ReviewVerdict {
        ReviewVerdict(
            status: .error(Failure(code: code, message: message)), findings: [], measurements: .object([:]))
    }

    private init(status: Status, findings: [FindingDraft], measurements: JSONValue) {
        self.status = status
        self.findings = findings
        self.measurements = measurements
    }

    /// The worst severity; nil unless the check was made.
    public var severity: FindingSeverity? { findings.map(\.severity).max() }
}
