import Archive
import XML

/// A copy of a workbook with what was found in its spoken lines.
///
/// Three columns come right of all others, and the names that the lines have for somebody get colours. All else stays: styles,
/// formulas, pictures, other sheets.
///
/// Computes; make it on the blocking pool.
struct AnnotatedWorkbook {
    /// What is written beside one spoken line.
    struct Note {
        /// The line's number in the script, from 1.
        let line: Int
        let speaker: String
        let addressed: String
        let result: String
        /// Which parts of the line have which colours, in code points.
        let marks: [(range: Range<Int>, color: String)]
    }

    /// The headings of the three columns.
    private static let headings = ["検出された話者", "呼ばれた名前", "結果"]

    let notes: [Note]

    /// Writes the copy of a file to another; false, and there is none, if no note is about a row of the workbook.
    ///
    /// Throws `OfficeError`, and `ArchiveError` when the disk is at fault.
    func copy(_ original: String, to path: String) throws -> Bool {
        let package = try OfficePackage(path: original)
        let workbook = try Workbook(package)
        let script = DialogueScript(workbook)
        let lines = Dictionary(script.lines.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        let bySheet = Dictionary(grouping: notes) { lines[$0.line]?.place?.sheetNumber ?? 0 }
        var changed: [String: [UInt8]] = [:]
        for sheet in workbook.sheets {
            guard let notes = bySheet[sheet.number], let heading = script.headingRows[sheet.number] else { continue }
            let first = sheet.lastColumn + 1
            guard first + Self.headings.count - 1 <= CellReference.lastColumn else {
                throw OfficeError(kind: .tooLarge, message: "The sheet has no room for more columns.")
            }
            let rows = Dictionary(sheet.rows.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
            var edits: [Int: [Int: SheetRewriter.Edit]] = [heading: Self.row(Self.headings, from: first)]
            for note in notes {
                guard let place = lines[note.line]?.place, let row = rows[place.row] else { continue }
                edits[place.row] = Self.row([note.speaker, note.addressed, note.result], from: first)
                edits[place.row]?[place.column] = Self.colored(row, place.column, note, workbook.styles)
            }
            let namespace = try package.read(sheet.part) { reader in
                guard case .start(let root) = try reader.next() else { return "" }
                return root.namespace
            }
            changed[sheet.part] = try SheetRewriter(edits: edits, namespace: namespace).rewrite(
                try package.bytes(of: sheet.part))
        }
        if changed.isEmpty { return false }
        try ZIPWriter.write(to: path) { writer in
            for entry in package.entries where !entry.isDirectory {
                try writer.add(entry.name, compression: entry.compressedSize < entry.size ? .deflate : .stored) {
                    try changed[entry.name] ?? package.bytes(of: entry.name)
                }
            }
        }
        return true
    }

    private static func row(_ texts: [String], from first: Int) -> [Int: SheetRewriter.Edit] {
        var edits: [Int: SheetRewriter.Edit] = [:]
        for (index, text) in texts.enumerated() { edits[first + index] = SheetRewriter.Edit(text: RichText(text)) }
        return edits
    }

    /// The cell of a line with its names in colours; nil if it has none, or is no text that can have colours.
    private static func colored(
        _ row: Workbook.Row, _ column: Int, _ note: Note, _ styles: WorkbookStyles
    ) -> SheetRewriter.Edit? {
        guard !note.marks.isEmpty, let cell = row.cells.first(where: { $0.column == column }), let rich = cell.rich,
            // Escaped characters have other places in the file than in the text.
            rich.rawText == cell.text,
            // Nobody writes so many pieces and names into a line.
            rich.runs.count * note.marks.count <= 100_000
        else { return nil }
        let places = DialogueScript.kept(in: Array(cell.text.unicodeScalars))
        let marks = note.marks.compactMap { mark -> (range: Range<Int>, color: String)? in
            guard places.indices.contains(mark.range.lowerBound), places.indices.contains(mark.range.upperBound - 1)
            else { return nil }
            return (places[mark.range.lowerBound]..<places[mark.range.upperBound - 1] + 1, mark.color)
        }
        return SheetRewriter.Edit(text: rich.colored(marks, base: styles.font(ofStyle: cell.style)))
    }
}
