// How bad a measured difference of colour is.

/// What a part of another colour means.
public struct ColorDeviationJudgement: Sendable, Hashable {
    /// How bad it is, and how sure.
    public let evidence: VisualEvidence

    /// Differences below this (CIEDE2000) are within what light and compression do.
    public static let noticeable = 10.0
    /// From this difference on (CIEDE2000) it is another colour to everybody.
    public static let otherColor = 20.0

    /// Judges a part by the difference of its mean colours and its share of the reference; nil when it does not count.
    public init?(difference: Double, share: Double) {
        guard difference >= Self.noticeable else { return nil }
        let isRisk = difference >= Self.otherColor && share >= 0.03
        // Far from the border of its class and large enough to be measured well: sure. Near it or tiny: less so.
        let distance = isRisk ? (difference - Self.otherColor) / 20 : abs(difference - Self.noticeable) / 20
        let size = min(1, share / 0.06)
        evidence = VisualEvidence(
            severity: isRisk ? .risk : .alert, confidence: 0.55 + 0.25 * min(1, distance) + 0.2 * size)
    }
}
