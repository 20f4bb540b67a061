// The spoken lines of a text: plain ones as scripts write them, or tables with a column of speakers and one of lines.

/// Something that somebody says.
struct DialogueLine: Sendable, Hashable {
    /// A place in a spreadsheet.
    struct Place: Sendable, Hashable {
        /// The sheet's name.
        let sheetName: String
        /// The sheet's place among all, from 1.
        let sheetNumber: Int
        /// From 1.
        let row: Int
        /// The column of the text, from 1.
        let column: Int
    }

    /// Its place in the text, from 1; in spreadsheets among all that is spoken.
    let number: Int
    /// Who says it, as the text writes it.
    let speaker: String
    /// What is said.
    let text: String
    /// Where in a spreadsheet.
    var place: Place?
}

/// What was read of a script.
struct DialogueScript: Sendable, Hashable {
    /// The spoken lines.
    var lines: [DialogueLine] = []
    /// Whether something says who speaks: the headings of a table, or the form of a line.
    ///
    /// Of a document without that nothing is known, however much it says.
    var isRecognized = true
    /// The names of sheets that people do not see and that were left out.
    var hiddenSheets: [String] = []
    /// The last row of headings of each sheet that has them, by the sheet's number.
    var headingRows: [Int: Int] = [:]

    /// In how many rows of a table its headings are looked for.
    static let rowsWithHeadings = 30

    /// A script of these lines.
    init(lines: [DialogueLine]) {
        self.lines = lines
    }

    /// Reads a text: `話者「台詞」` or `話者：台詞` in each line.
    ///
    /// Lines of which nobody is the speaker, such as descriptions of a scene, are left out.
    init(text: String) {
        let rows = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        lines = rows.enumerated().compactMap { index, row in Self.spoken(row, number: index + 1) }
    }

    /// Reads a CSV file: the columns under headings, or else the first two.
    init(csv text: String) {
        let rows = CSVRows(text).rows
        let heading = DialogueHeading.find(in: rows.map(\.cells))
        let columns = heading?.columns ?? DialogueHeading(speaker: 0, text: 1)
        lines = rows.dropFirst(heading.map { $0.index + 1 } ?? 0).compactMap { row in
            Self.line(row.line, columns, row.cells)
        }
    }

    /// Reads the sheets of a workbook that have headings and that people see.
    init(_ workbook: Workbook) {
        for sheet in workbook.sheets {
            if sheet.isHidden { hiddenSheets.append(sheet.name) } else { read(sheet) }
        }
        isRecognized = !headingRows.isEmpty
    }

    /// Reads the tables of a document that have headings, and if there are none its paragraphs as a text.
    init(_ document: WordText) {
        isRecognized = false
        for case .table(let rows) in document.blocks {
            guard let heading = DialogueHeading.find(in: rows.map(\.cells)) else { continue }
            isRecognized = true
            lines += rows.dropFirst(heading.index + 1).compactMap { Self.line($0.number, heading.columns, $0.cells) }
        }
        if isRecognized { return }
        for case .paragraph(let number, let text) in document.blocks {
            if let line = Self.spoken(text[...], number: number) { lines.append(line) }
        }
        isRecognized = !lines.isEmpty
    }

    private mutating func read(_ sheet: Workbook.Sheet) {
        let top = sheet.rows.prefix { $0.number <= Self.rowsWithHeadings }
        let width = sheet.lastColumn
        let texts = top.map { row in
            var texts = Array(repeating: "", count: width)
            for cell in row.cells { texts[cell.column - 1] = cell.text }
            return texts
        }
        guard let heading = DialogueHeading.find(in: texts) else { return }
        headingRows[sheet.number] = sheet.rows[heading.index].number
        let (speaker, text) = (heading.columns.speaker + 1, heading.columns.text + 1)
        // A speaker who is written once beside several rows speaks in all of them.
        var shared = sheet.merged.filter { $0.first.column == speaker && $0.last.column == speaker }
            .sorted { $0.first.row < $1.first.row }[...]
        let byRow = Dictionary(sheet.rows.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        for row in sheet.rows[(heading.index + 1)...] {
            var name = row.text(speaker)
            // Rows and ranges come in their order, so that each is looked at once.
            shared = shared.drop { $0.last.row < row.number }
            if name.isEmpty, let range = shared.first, range.contains(column: speaker, row: row.number) {
                name = byRow[range.first.row]?.text(speaker) ?? ""
            }
            guard var line = Self.line(lines.count + 1, heading.columns, name, row.text(text)) else { continue }
            line.place = DialogueLine.Place(
                sheetName: sheet.name, sheetNumber: sheet.number, row: row.number, column: text)
            lines.append(line)
        }
    }

    private static func line(_ number: Int, _ columns: DialogueHeading, _ cells: [String]) -> DialogueLine? {
        func cell(_ index: Int) -> String { cells.indices.contains(index) ? cells[index] : "" }
        return line(number, columns, cell(columns.speaker), cell(columns.text))
    }

    /// A line of a table; nil where nobody speaks, and for headings that come again.
    private static func line(
        _ number: Int, _ columns: DialogueHeading, _ speaker: String, _ text: String
    ) -> DialogueLine? {
        let (speaker, text) = (cleaned(speaker), cleaned(text))
        if speaker.isEmpty || text.isEmpty || DialogueHeading.isSpeaker(speaker) { return nil }
        return DialogueLine(number: number, speaker: speaker, text: text)
    }

    private static func spoken(_ line: Substring, number: Int) -> DialogueLine? {
        guard let mark = line.firstIndex(where: { "「：:".contains($0) }) else { return nil }
        var rest = line[line.index(after: mark)...]
        if line[mark] == "「" {
            guard let end = rest.lastIndex(of: "」") else { return nil }
            rest = rest[..<end]
        } else if let open = rest.firstIndex(where: { !$0.isWhitespace }), rest[open] == "「",
            let end = rest.lastIndex(of: "」")
        {
            rest = rest[rest.index(after: open)..<end]
        }
        return Self.line(number, DialogueHeading(speaker: 0, text: 1), [String(line[..<mark]), String(rest)])
    }

    /// Without the marks of scripts and without spaces at the ends.
    private static func cleaned(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        return String(String.UnicodeScalarView(kept(in: scalars).map { scalars[$0] }))
    }

    /// The places of the code points that stay when a text is cleaned, in their order.
    static func kept(in scalars: [Unicode.Scalar]) -> [Int] {
        var kept = scalars.indices.filter {
            !"★※#\u{3000}\u{FEFF}\n\r\u{0B}\u{0C}\u{85}\u{2028}\u{2029}".unicodeScalars.contains(scalars[$0])
        }
        kept.removeFirst(kept.prefix { scalars[$0].properties.isWhitespace }.count)
        kept.removeLast(kept.reversed().prefix { scalars[$0].properties.isWhitespace }.count)
        return kept
    }
}
