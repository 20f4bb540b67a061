// The score of a forbidden motif and what follows from it (DOMAIN §4.4 A, Appendix G rule 19).

/// How much something resembles a forbidden motif.
public struct NGScore: Sendable, Hashable {
    /// Likeness of shape, 0 to 5.
    public let shape: Int
    /// Likeness of colour, 0 to 3.
    public let color: Int
    /// Likeness of meaning, 0 to 2.
    public let meaning: Int

    /// Makes a score; values outside their range are moved to its end.
    public init(shape: Int, color: Int, meaning: Int) {
        self.shape = min(max(shape, 0), 5)
        self.color = min(max(color, 0), 3)
        self.meaning = min(max(meaning, 0), 2)
    }

    /// The sum, 0 to 10.
    public var total: Int { shape + color + meaning }

    /// What to report: nothing without likeness of shape, `safe` for a trace of it, `risk` for the full score, else
    /// `alert`.
    public var severity: FindingSeverity? {
        switch (shape, total) {
        case (0, _): nil
        case (1, _): .safe
        case (_, 10): .risk
        default: .alert
        }
    }
}
