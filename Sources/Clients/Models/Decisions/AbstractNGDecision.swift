// What two agents' answers about an abstract motif mean together (DOMAIN §4.4 B, Appendix G rule 20).

/// The decision on a motif without a definite shape, from a detector's and an assessor's answers.
public enum AbstractNGDecision: Sendable, Hashable {
    /// Nothing found, with confidence: a `safe` finding.
    case nothingFound
    /// The detector's finding stands, with its own severity.
    case confirmed(FindingSeverity)
    /// Something was found but the assessor objects: an `alert` with the assessor's reason.
    case disputed
    /// Nothing found, but nobody is sure: an `alert` that asks for a person.
    case unsureNothing
    /// Something was found, but nobody is sure: the detector's severity, with a note.
    case unsure(FindingSeverity)

    /// Reads the table; `confidence` is the assessor's, 0 to 100, and 90 itself is not enough.
    public init(confidence: Double, isNG: Bool, isApproved: Bool, degree: FindingSeverity) {
        switch (confidence > 90, isNG, isApproved) {
        case (true, false, _): self = .nothingFound
        case (true, true, true): self = .confirmed(degree)
        case (true, true, false): self = .disputed
        case (false, false, _): self = .unsureNothing
        case (false, true, _): self = .unsure(degree)
        }
    }

    /// The severity of the finding.
    public var severity: FindingSeverity {
        switch self {
        case .nothingFound: .safe
        case .confirmed(let degree), .unsure(let degree): degree
        case .disputed, .unsureNothing: .alert
        }
    }
}
