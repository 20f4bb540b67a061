// What sort of visual check a review point is, and whether a machine may decide it (DOMAIN §4.4 D, Appendix G rule 20).

/// The sort of a visual check.
public enum VisualCheck: String, Sendable, Hashable, CaseIterable {
    /// Right or wrong against references.
    case rightOrWrong = "right/wrong tasks"
    /// Which of several labels fits.
    case classification = "classification tasks"
    /// Counting and measuring.
    case numerical = "numerical tasks"
    /// Direction and position.
    case orientation = "orientation tasks"
    /// Colours.
    case color = "color tasks"
    /// Several judgements that depend on each other.
    case consecutive = "consecutive judgement tasks"
    /// Anything else.
    case others = "others"

    /// Reads the stored word; upper and lower case do not matter.
    public init?(stored text: String) {
        self.init(rawValue: text.lowercased())
    }

    /// Whether comparing with reference pictures can answer it; if not, a person must.
    ///
    /// Colour is measurable where a language model would have to guess.
    public var isComparable: Bool {
        switch self {
        case .rightOrWrong, .classification, .color: true
        case .numerical, .orientation, .consecutive, .others: false
        }
    }

    /// The severity to report for one that was measured: classifications always stay an `alert`.
    public func reported(_ severity: FindingSeverity) -> FindingSeverity {
        self == .classification ? .alert : severity
    }
}
