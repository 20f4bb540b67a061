// What became of each material, as one table over as many slides as it takes.

/// Pages the statuses of a deck.
enum StatusTable {
    /// One material before it is laid out.
    struct Entry {
        var slide: Int
        var task: String
        var material: String
        var version: String
        var status: String
        var statusColour: String
        /// By severity, in the order of `Severity.allCases`.
        var counts: [Int]
        var comments: Int

        init(_ picture: ReviewedPicture, task: String, slide: Int, _ labels: DeckLabels) {
            self.slide = slide
            self.task = task
            material = picture.title
            version = picture.note
            status = labels.status(picture.status)
            statusColour = DeckStyle.colour(picture.status)
            counts = ExportFinding.Severity.allCases.map { severity in
                picture.findings.count { $0.severity == severity }
            }
            comments = picture.comments.count
        }
    }

    /// An entry with its names cut to two lines, at its height.
    struct Row {
        var entry: Entry
        var height: Int
        var isShaded: Bool
    }

    /// Widths of slide, task, material, version, status, three severities and comments.
    static let columns = [0.55, 2.95, 3.65, 0.8, 1.05, 0.8, 0.8, 0.8, 1.033].map(EMU.inches)
    private static let nameLines = 2

    /// Divides entries into pages that each fit below a header row.
    static func pages(_ entries: [Entry], height: Int) -> [[Row]] {
        var pages: [[Row]] = [[]]
        let room = height - FindingsTable.headerHeight
        var left = room
        for (index, entry) in entries.enumerated() {
            var entry = entry
            let (task, taskLines) = cut(entry.task, column: 1)
            let (material, materialLines) = cut(entry.material, column: 2)
            entry.task = task
            entry.material = material
            entry.version = TextMeasure.truncated(entry.version, width: width(3), points: DeckStyle.tablePoints)
            let lines = max(taskLines, materialLines, 1)
            let height =
                lines * EMU.points(DeckStyle.tableLine) + FindingsTable.insets.top + FindingsTable.insets.bottom
            if height > left {
                pages.append([])
                left = room
            }
            pages[pages.count - 1].append(Row(entry: entry, height: height, isShaded: !index.isMultiple(of: 2)))
            left -= height
        }
        return pages
    }

    private static func width(_ column: Int) -> Int {
        columns[column] - FindingsTable.insets.left - FindingsTable.insets.right
    }

    private static func cut(_ text: String, column: Int) -> (text: String, lines: Int) {
        let cut = TextMeasure.truncated(
            text, width: width(column), points: DeckStyle.tablePoints, lines: nameLines)
        let lines = TextMeasure.lines(of: cut, width: width(column), points: DeckStyle.tablePoints).count
        return (cut, min(lines, nameLines))
    }
}
