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
    /// What people wrote, unless they chose a colour.
    static let comment = "6D28D9"

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

    static func colour(_ status: ReviewedPicture.Status) -> String {
        switch status {
        case .pending: muted
        case .accepted: colour(.safe)
        case .denied: colour(.risk)
        }
    }

    /// White or ink, whichever can be read on a colour.
    static func ink(on colour: String) -> String { luminance(colour) > 0.36 ? ink : white }

    /// The colour as that of a text on a light ground, ink if it could not be read there.
    static func text(_ colour: String) -> String { luminance(colour) > 0.3 ? ink : colour }

    /// The relative luminance of WCAG 2, with the square for the curve of sRGB: from 0 for black to 1 for white.
    private static func luminance(_ colour: String) -> Double {
        guard let value = Int(colour, radix: 16) else { return 0 }
        func part(_ shift: Int) -> Double {
            let share = Double(value >> shift & 0xFF) / 255
            return share * share
        }
        return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }
}
