import Database

/// What an export shows of its tasks.
///
/// Severities, statuses and versions are those of the API, as they are stored.
public struct ExportOptions: Sendable, Hashable {
    /// Whether it has what people wrote and drew.
    public var hasAnnotations: Bool
    /// Whether solved annotations are among them.
    public var hasSolvedAnnotations: Bool
    /// Whether the AI's annotations are among them.
    public var hasAIAnnotations: Bool
    /// Whether it has findings.
    public var hasFindings: Bool
    /// The severities of the findings; nil for all.
    public var severities: [String]?
    /// Whether it has held findings only.
    public var isHeldOnly: Bool
    /// The statuses of the findings; nil for those that people stand by.
    public var findingStatuses: [String]?
    /// `LATEST` or `ALL`.
    public var contentVersions: String
    /// `REPORT` or `ORIGINAL_SLIDES`.
    public var layout: String

    /// Makes options.
    public init(
        hasAnnotations: Bool = true, hasSolvedAnnotations: Bool = false, hasAIAnnotations: Bool = false,
        hasFindings: Bool = true, severities: [String]? = nil, isHeldOnly: Bool = false,
        findingStatuses: [String]? = nil, contentVersions: String = "LATEST", layout: String = "REPORT"
    ) {
        self.hasAnnotations = hasAnnotations
        self.hasSolvedAnnotations = hasSolvedAnnotations
        self.hasAIAnnotations = hasAIAnnotations
        self.hasFindings = hasFindings
        self.severities = severities
        self.isHeldOnly = isHeldOnly
        self.findingStatuses = findingStatuses
        self.contentVersions = contentVersions
        self.layout = layout
    }

    /// The columns that hold options, in the order in which `init(_:from:)` reads them.
    static let columns = names.joined(separator: ", ")

    private static let names = [
        "has_annotations", "has_solved_annotations", "has_ai_annotations", "has_findings", "severities", "is_held_only",
        "finding_statuses", "content_versions", "layout",
    ]

    /// The columns, each with its table.
    static func columns(of table: String) -> String { names.map { "\(table).\($0)" }.joined(separator: ", ") }

    /// Reads the columns from the one at `first` on.
    init(_ row: Row, from first: Int) {
        hasAnnotations = row.bool(first)
        hasSolvedAnnotations = row.bool(first + 1)
        hasAIAnnotations = row.bool(first + 2)
        hasFindings = row.bool(first + 3)
        severities = row.optionalArray(first + 4)
        isHeldOnly = row.bool(first + 5)
        findingStatuses = row.optionalArray(first + 6)
        contentVersions = row.string(first + 7)
        layout = row.string(first + 8)
    }

    /// Whether the slides of the presentation are shown from which the task was imported.
    var hasOriginalSlides: Bool { layout == "ORIGINAL_SLIDES" }

    /// The values of the columns.
    var values: SQL {
        """
        \(hasAnnotations), \(hasSolvedAnnotations), \(hasAIAnnotations), \(hasFindings), \(severities), \(isHeldOnly),
        \(findingStatuses), \(contentVersions), \(layout)
        """
    }
}
