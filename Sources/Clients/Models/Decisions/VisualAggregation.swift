// Several looks at one thing become one severity (DOMAIN §4.4 D, Appendix G rule 20).

/// What one look at the picture gave.
public struct VisualEvidence: Sendable, Hashable {
    /// How bad it looked.
    public let severity: FindingSeverity
    /// How sure that look was, 0 to 1.
    public let confidence: Double

    /// Makes evidence; confidence outside 0 to 1 is moved to its end.
    public init(severity: FindingSeverity, confidence: Double) {
        self.severity = severity
        self.confidence = min(max(confidence, 0), 1)
    }
}

/// The severity that several looks give together.
public struct VisualAggregation: Sendable, Hashable {
    /// The common severity.
    public let severity: FindingSeverity
    /// How sure it is, 0 to 1.
    public let confidence: Double

    /// Below this confidence one more, closer look is taken.
    public static let recheckThreshold = 0.8

    /// Averages safe = 0, alert = 1, risk = 2, weighted by confidence: from 1.5 risk, from 0.5 alert, else safe.
    ///
    /// No evidence at all is safe with confidence 0.9. Looks without any confidence decide nothing and leave an `alert`.
    public init(_ evidence: [VisualEvidence]) {
        guard !evidence.isEmpty else {
            (severity, confidence) = (.safe, 0.9)
            return
        }
        let weight = evidence.reduce(0) { $0 + $1.confidence }
        guard weight > 0 else {
            (severity, confidence) = (.alert, 0)
            return
        }
        let mean = evidence.reduce(0) { $0 + Double($1.severity.weight) * $1.confidence } / weight
        severity = mean >= 1.5 ? .risk : mean >= 0.5 ? .alert : .safe
        confidence = evidence.reduce(0) { $0 + $1.confidence * $1.confidence } / weight
    }

    /// True when one more look is due.
    public var needsRecheck: Bool { confidence < Self.recheckThreshold }
}
