import XML

/// A spreadsheet that somebody sent: what its cells say, sheet by sheet.
///
/// Computes; make it on the blocking pool.
struct Workbook: Sendable {
    /// What a workbook may have.
    struct Limits: Sendable {
        /// Rows with something in them, of all sheets together.
        var rows = 100_000
        /// Cells with something in them, of all sheets together.
        var cells = 1_000_000
        var sheets = 500
    }

    /// A cell that has something in it.
    struct Cell: Sendable, Hashable {
        /// From 1.
        let column: Int
        /// What the cell shows, or nearly so: numbers and moments are not rounded to a format.
        let text: String
        /// The cell's text with its looks; nil for numbers and what a formula gives.
        let rich: RichText?
        /// The number of the cell's style.
        let style: Int
    }

    /// A row that has something in it.
    struct Row: Sendable, Hashable {
        /// From 1.
        let number: Int
        /// By their columns.
        let cells: [Cell]

        /// What the cell in a column says; empty for one with nothing in it.
        func text(_ column: Int) -> String { cells.first { $0.column == column }?.text ?? "" }
    }

    /// A sheet with cells; charts and the like are none.
    struct Sheet: Sendable {
        let name: String
        /// Its place among all sheets, from 1.
        let number: Int
        /// Whether people see it only when they ask for it.
        let isHidden: Bool
        /// The part of the file that it is in.
        let part: String
        /// By their numbers.
        let rows: [Row]
        /// The cells that are shown as one; its text is in the first.
        let merged: [CellRange]

        /// The last column that has something in it; 0 if none has.
        var lastColumn: Int {
            max(rows.lazy.compactMap(\.cells.last?.column).max() ?? 0, merged.lazy.map(\.last.column).max() ?? 0)
        }
    }

    let sheets: [Sheet]
    let styles: WorkbookStyles

    /// Reads all sheets; throws `OfficeError`.
    init(_ package: OfficePackage, limits: Limits = Limits()) throws {
        let main = try package.mainPart()
        let relationships = try package.relationships(of: main)
        func part(_ type: String) -> String? { relationships.first { $0.type == type }?.part }
        let styles = try part("styles").map { try package.read($0) { try WorkbookStyles($0) } } ?? WorkbookStyles()
        let strings = try part("sharedStrings").map { try package.read($0, Self.sharedStrings) } ?? []
        let book = try package.read(main, Self.contents)
        guard book.sheets.count <= limits.sheets else {
            throw OfficeError(kind: .tooLarge, message: "At most \(limits.sheets) sheets are read.")
        }
        let parts = Dictionary(
            relationships.filter { $0.type == "worksheet" }.map { ($0.id, $0.part) }, uniquingKeysWith: { $1 })
        var left = limits
        sheets = try book.sheets.enumerated().compactMap { index, entry in
            guard let part = parts[entry.relationship] else { return nil }
            return try package.read(part) { reader in
                var sheet = SheetReader(strings: strings, styles: styles, from1904: book.from1904, left: left)
                try sheet.read(reader)
                left = sheet.left
                return Sheet(
                    name: entry.name, number: index + 1, isHidden: entry.isHidden, part: part, rows: sheet.rows,
                    merged: sheet.merged)
            }
        }
        if sheets.isEmpty { throw OfficeError(kind: .corrupt, message: "The workbook has no sheet.") }
        self.styles = styles
    }

    /// What a workbook's main part says.
    private struct Contents {
        var sheets: [(name: String, isHidden: Bool, relationship: String)] = []
        var from1904 = false
    }

    private static func contents(_ reader: XMLReader) throws -> Contents {
        var contents = Contents()
        while let node = try reader.next() {
            guard case .start(let element) = node else { continue }
            if element.name == "sheet", let name = element["name"], let id = element["id"] {
                contents.sheets.append((name, element["state"].map { $0 != "visible" } ?? false, id))
            } else if element.name == "workbookPr" {
                contents.from1904 = ["1", "true"].contains(element["date1904"])
            }
        }
        return contents
    }

    private static func sharedStrings(_ reader: XMLReader) throws -> [RichText] {
        var strings: [RichText] = []
        while let node = try reader.next() {
            if case .start(let element) = node, element.name == "si" { strings.append(try RichText(reader)) }
        }
        return strings
    }
}
