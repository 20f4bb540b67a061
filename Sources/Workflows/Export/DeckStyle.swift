// Colours, sizes and fonts of a presentation: one place to change its look.

/// The look of a presentation.
enum DeckStyle {
    static let brand = "1E3A5F"
    static let brandLight = "9DB4CE"
    static let ink = "1F2937"
    static let muted = "6B7280"
    static let rule = "D5DAE1"
    static let mat = "F1F3F6"
    static let stripe = "F7F8FA"
    static let white = "FFFFFF"
    static let unjudged = "64748B"

    static let headingPoints = 20.0
    static let notePoints = 11.0
    static let footerPoints = 9.0
    static let tablePoints = 9.0
    static let tableLine = 12.5
    /// Width of a marker's outline.
    static let markerLine = 28_575

    static func colour(_ severity: ExportFinding.Severity) -> String {
        switch severity {
        case .risk: "C62828"
        case .alert: "C77700"
        case .safe: "2E7D32"
        }
    }
}
