// All findings as one table over as many slides as it takes.

/// Pages the findings of a deck.
enum FindingsTable {
    /// One entry before it is laid out.
    struct Entry {
        var number: String
        /// The slide of the picture, nil if the entry concerns none.
        var slide: Int?
        var severity: String
        var colour: String
        var title: String
        var finding: String
        var suggestion: String
    }

    /// An entry, or a part of one that is too high for a slide.
    struct Row {
        var entry: Entry
        var height: Int
        var isShaded: Bool
    }

    /// Widths of number, slide, severity, review point, finding and suggestion.
    static let columns = [0.5, 0.55, 0.95, 2.25, 4.5, 3.683].map(EMU.inches)
    static let headerHeight = EMU.inches(0.3)
    static let insets = Slide.Insets(
        left: EMU.inches(0.07), top: EMU.inches(0.045), right: EMU.inches(0.07), bottom: EMU.inches(0.045))

    /// Divides entries into pages that each fit below a header row; at least one page.
    static func pages(_ entries: [Entry], height: Int, continuedLabel: String) -> [[Row]] {
        var pages: [[Row]] = [[]]
        var left = height - headerHeight
        let lineLimit = (left - insets.top - insets.bottom) / EMU.points(DeckStyle.tableLine)
        for (index, entry) in entries.enumerated() {
            for (number, var part) in parts(of: entry, lineLimit: lineLimit).enumerated() {
                if number > 0 && part.entry.title.isEmpty { part.entry.title = continuedLabel }
                if part.height > left {
                    pages.append([])
                    left = height - headerHeight
                }
                pages[pages.count - 1].append(
                    Row(entry: part.entry, height: part.height, isShaded: index.isMultiple(of: 2) == false))
                left -= part.height
            }
        }
        return pages
    }

    private static func parts(of entry: Entry, lineLimit: Int) -> [(entry: Entry, height: Int)] {
        let severity = wrapped(entry.severity, column: 2).count
        var title = wrapped(entry.title, column: 3)
        var finding = wrapped(entry.finding, column: 4)
        var suggestion = wrapped(entry.suggestion, column: 5)
        var parts: [(entry: Entry, height: Int)] = []
        repeat {
            var part = entry
            let count = min(max(severity, title.count, finding.count, suggestion.count, 1), lineLimit)
            part.title = take(&title, count)
            part.finding = take(&finding, count)
            part.suggestion = take(&suggestion, count)
            let height = count * EMU.points(DeckStyle.tableLine) + insets.top + insets.bottom
            parts.append((part, height))
        } while !(title.isEmpty && finding.isEmpty && suggestion.isEmpty)
        return parts
    }

    private static func wrapped(_ text: String, column: Int) -> [(line: String, ends: Bool)] {
        let width = columns[column] - insets.left - insets.right
        return text.split(whereSeparator: \.isNewline).flatMap { paragraph in
            let lines = TextMeasure.lines(of: String(paragraph), width: width, points: DeckStyle.tablePoints)
            return lines.enumerated().map { (line: $1, ends: $0 == lines.count - 1) }
        }
    }

    /// Takes up to `count` lines away and returns them as text, with line feeds where paragraphs end.
    private static func take(_ lines: inout [(line: String, ends: Bool)], _ count: Int) -> String {
        let taken = lines.prefix(count)
        lines.removeFirst(taken.count)
        var text = ""
        for (index, part) in taken.enumerated() {
            text += part.line
            if part.ends && index < taken.count - 1 { text += "\n" }
        }
        return text
    }
}
