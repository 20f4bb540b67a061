/// A finding before it is stored.
public struct FindingDraft: Sendable, Hashable {
    /// How bad a finding is. The raw values are stored, and are those of the API.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Breaks a rule.
        case risk = "RISK"
        /// A person should look.
        case alert = "ALERT"
        /// Checked and fine.
        case safe = "SAFE"
    }

    /// What was found.
    public var description: String
    /// How bad it is.
    public var severity: Severity
    /// What to do about it.
    public var suggestion: String?
    /// A word to group by.
    public var tag: String?
    /// Where; nil for the whole picture.
    public var area: BoundingBox?
    /// How sure the model is, from 0 to 1.
    public var confidence: Double?
    /// How it was found, for people.
    public var method: String?

    /// Makes a draft.
    public init(
        description: String, severity: Severity, suggestion: String? = nil, tag: String? = nil,
        area: BoundingBox? = nil, confidence: Double? = nil, method: String? = nil
    ) {
        self.description = description
        self.severity = severity
        self.suggestion = suggestion
        self.tag = tag
        self.area = area
        self.confidence = confidence
        self.method = method
    }
}
