// What the look of a notice and its text say together (DOMAIN §4.4 C: a missing mark is a risk, commas and © matter).

/// The decision on a copyright notice.
public struct CopyrightDecision: Sendable, Hashable {
    /// What reading the notice's text gave.
    public enum Reading: Sendable, Hashable {
        /// No text was expected, or there is nothing that could read it.
        case notRead
        /// Exactly the expected text was read.
        case matches
        /// Something close to it was read.
        case differs
        /// Nothing like it was read.
        case absent
    }

    /// How bad it is.
    public let severity: FindingSeverity

    /// Reads the table; `mark` is nil when there is no reference picture of the notice.
    ///
    /// That a text was not read does not prove that it is missing: stylised letters cannot be read. Only a missing mark
    /// is a `risk`.
    public init(mark: Presence.Verdict?, reading: Reading) {
        severity =
            switch (mark, reading) {
            case (.found, .matches), (.found, .notRead): .safe
            case (.found, .differs), (.found, .absent): .alert
            case (.unsure, _): .alert
            case (.missing, .matches): .alert
            case (.missing, _): .risk
            case (nil, .matches): .safe
            case (nil, .differs), (nil, .notRead), (nil, .absent): .alert
            }
    }
}
