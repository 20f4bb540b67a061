import XML

/// Reads the cells of one sheet (ECMA-376, Part 1, 18.3).
struct SheetReader {
    let strings: [RichText]
    let styles: WorkbookStyles
    let from1904: Bool
    /// What may still be read.
    var left: Workbook.Limits
    private(set) var rows: [Workbook.Row] = []
    private(set) var merged: [CellRange] = []

    init(strings: [RichText], styles: WorkbookStyles, from1904: Bool, left: Workbook.Limits) {
        self.strings = strings
        self.styles = styles
        self.from1904 = from1904
        self.left = left
    }

    /// Reads the part of the sheet.
    mutating func read(_ reader: XMLReader) throws {
        while let node = try reader.next() {
            guard case .start(let element) = node else { continue }
            switch element.name {
            case "row":
                let number = try Self.number(element["r"], after: rows.last?.number ?? 0)
                try readRow(number, reader)
            case "mergeCell":
                left.cells -= 1
                guard left.cells >= 0 else { throw Self.tooLarge }
                if let range = element["ref"].flatMap({ CellRange($0) }) { merged.append(range) }
            default: break
            }
        }
    }

    private mutating func readRow(_ number: Int, _ reader: XMLReader) throws {
        var cells: [Workbook.Cell] = []
        var column = 0
        while let node = try reader.next() {
            switch node {
            case .start(let element) where element.name == "c":
                // Places may be left out; then a cell is right of the one before.
                if let place = element["r"] {
                    guard let reference = CellReference(place), reference.row == number, reference.column > column
                    else { throw OfficeError(kind: .corrupt, message: "A sheet has a cell out of its place.") }
                    column = reference.column
                } else {
                    column += 1
                }
                if let cell = try cell(element, column: column, reader) { cells.append(cell) }
            case .start: try reader.skipElement()
            case .end:
                guard !cells.isEmpty else { return }
                left.rows -= 1
                left.cells -= cells.count
                guard left.rows >= 0, left.cells >= 0 else { throw Self.tooLarge }
                rows.append(Workbook.Row(number: number, cells: cells))
                return
            case .text: break
            }
        }
    }

    /// Goes past a cell; nil if there is nothing in it.
    private func cell(_ element: XMLElement, column: Int, _ reader: XMLReader) throws -> Workbook.Cell? {
        var value = ""
        var inline: RichText?
        var isFormula = false
        reading: while let node = try reader.next() {
            switch node {
            case .start(let child):
                switch child.name {
                case "v": value = try reader.readText()
                case "is": inline = try RichText(reader)
                case "f":
                    isFormula = true
                    try reader.skipElement()
                default: try reader.skipElement()
                }
            case .end: break reading
            case .text: break
            }
        }
        let style = element["s"].flatMap { Int($0) } ?? 0
        if element["t"] == "s" {
            guard let index = Int(value), strings.indices.contains(index) else {
                throw OfficeError(kind: .corrupt, message: "A cell has a text that the workbook has not.")
            }
            inline = strings[index]
        }
        let text = inline?.text ?? shown(value, type: element["t"] ?? "n", style: style)
        if text.isEmpty { return nil }
        return Workbook.Cell(column: column, text: text, rich: isFormula ? nil : inline, style: style)
    }

    /// What a cell with a value shows.
    private func shown(_ value: String, type: String, style: Int) -> String {
        switch type {
        case "b": return value == "1" || value == "true" ? "TRUE" : "FALSE"
        case "n":
            guard let number = Double(value) else { return value }
            if let moment = styles.moment(ofStyle: style),
                let text = SerialDate.text(number, as: moment, from1904: from1904)
            {
                return text
            }
            return Int64(exactly: number).map { String($0) } ?? String(number)
        default: return RichText.decoded(value)
        }
    }

    private static let tooLarge = OfficeError(
        kind: .tooLarge, message: "The workbook has too many rows or cells.")

    private static func number(_ text: String?, after previous: Int) throws -> Int {
        guard let text else { return previous + 1 }
        guard let number = Int(text), number > previous, number <= CellReference.lastRow else {
            throw OfficeError(kind: .corrupt, message: "A sheet has a row out of its place.")
        }
        return number
    }
}
