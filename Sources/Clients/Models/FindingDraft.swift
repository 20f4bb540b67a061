public import JSON

// What a model says of one thing it saw.

/// How bad a finding is; the raw values are those of the API.
public enum FindingSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Checked and fine.
    case safe = "SAFE"
    /// A person should look.
    case alert = "ALERT"
    /// Breaks a rule.
    case risk = "RISK"

    /// Orders by weight: safe, alert, risk.
    public static func < (left: FindingSeverity, right: FindingSeverity) -> Bool { left.weight < right.weight }

    /// 0 for safe, 1 for alert, 2 for risk: the scale on which severities are averaged.
    public var weight: Int {
        switch self {
        case .safe: 0
        case .alert: 1
        case .risk: 2
        }
    }
}

/// A finding before it is stored.
public struct FindingDraft: Sendable, Hashable {
    /// How bad a finding is.
    public typealias Severity = FindingSeverity

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
    /// How it was found, for people: the method and what it measured.
    public var method: String?
    /// The line of a text that it is about, from 1.
    public var lineNumber: Int?
    /// What was found in a spoken line, for programs.
    public var dialogue: JSONValue?

    /// Makes a draft.
    public init(
        description: String, severity: Severity, suggestion: String? = nil, tag: String? = nil,
        area: BoundingBox? = nil, confidence: Double? = nil, method: String? = nil, lineNumber: Int? = nil,
        dialogue: JSONValue? = nil
    ) {
        self.description = description
        self.severity = severity
        self.suggestion = suggestion
        self.tag = tag
        self.area = area
        self.confidence = confidence
        self.method = method
        self.lineNumber = lineNumber
        self.dialogue = dialogue
    }

    /// An instruction as advice to whoever has to look: as much of it as people may write there; nil for an empty one.
    static func advice(from instruction: String) -> String? {
        instruction.isEmpty ? nil : instruction.shortened(toCodePoints: 5000)
    }
}

extension String {
    /// The first so many code points: what the database counts.
    func shortened(toCodePoints maximum: Int) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(maximum)))
    }
}
