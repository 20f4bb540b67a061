import XML

/// A text document that somebody sent: its paragraphs and tables in their order (ECMA-376, Part 1, 17).
///
/// What tracked changes have deleted or moved away is not in it, nor are readings beside the letters, headers, notes and
/// comments. Computes; make it on the blocking pool.
struct WordText: Sendable {
    /// Something in the text, with its place, from 1: each paragraph and each row of a table counts.
    enum Block: Sendable, Hashable {
        case paragraph(Int, String)
        case table([Row])
    }

    /// A row of a table.
    struct Row: Sendable, Hashable {
        /// Its place in the text.
        let number: Int
        /// By column; cells that reach over several columns have empty ones after them, and those that reach over several
        /// rows say the same in each.
        let cells: [String]
    }

    /// The most paragraphs and rows.
    static let maximumBlocks = 100_000

    private(set) var blocks: [Block] = []
    private var count = 0

    /// Reads the main part; throws `OfficeError`.
    init(_ package: OfficePackage) throws {
        blocks = try package.read(try package.mainPart()) { reader in
            var text = WordText()
            while let node = try reader.next() {
                if case .start(let element) = node, element.name == "body" { try text.readBlocks(reader) }
            }
            return text.blocks
        }
    }

    private init() {}

    /// What is in a text, deleted or beside the letters, and is no part of what it says.
    private static let left: Swift.Set<String> = [
        "del", "moveFrom", "rt", "Fallback", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "sectPr", "instrText", "delText",
    ]

    /// Reads what is in the element whose start was the last node.
    private mutating func readBlocks(_ reader: XMLReader) throws {
        while let node = try reader.next() {
            switch node {
            case .start(let element):
                switch element.name {
                case "p":
                    let text = try paragraph(reader)
                    blocks.append(.paragraph(try nextNumber(), text))
                case "tbl": blocks.append(.table(try table(reader)))
                case let name where Self.left.contains(name): try reader.skipElement()
                // What only holds paragraphs: controls, inserted text, choices.
                default: try readBlocks(reader)
                }
            case .end: return
            case .text: break
            }
        }
    }

    private mutating func nextNumber() throws -> Int {
        count += 1
        guard count <= Self.maximumBlocks else {
            throw OfficeError(kind: .tooLarge, message: "At most \(Self.maximumBlocks) paragraphs are read.")
        }
        return count
    }

    /// The text of a paragraph, or of what is in one; texts of boxes in it stand where the boxes are anchored.
    private func paragraph(_ reader: XMLReader) throws -> String {
        var text = ""
        while let node = try reader.next() {
            switch node {
            case .start(let element):
                switch element.name {
                case "t": text += try reader.readText()
                case "tab", "ptab":
                    text += "\t"
                    try reader.skipElement()
                case "br", "cr":
                    text += "\n"
                    try reader.skipElement()
                case "noBreakHyphen":
                    text += "-"
                    try reader.skipElement()
                case let name where Self.left.contains(name): try reader.skipElement()
                default: text += try paragraph(reader)
                }
            case .end: return text
            case .text: break
            }
        }
        return text
    }

    private mutating func table(_ reader: XMLReader) throws -> [Row] {
        var rows: [Row] = []
        while let node = try reader.next() {
            switch node {
            case .start(let element) where element.name == "tr":
                let (cells, isDeleted) = try row(reader, above: rows.last?.cells ?? [])
                if !isDeleted { rows.append(Row(number: try nextNumber(), cells: cells)) }
            case .start(let element) where ["sdt", "sdtContent", "ins", "customXml"].contains(element.name):
                rows += try table(reader)
            case .start: try reader.skipElement()
            case .end: return rows
            case .text: break
            }
        }
        return rows
    }

    private func row(_ reader: XMLReader, above: [String]) throws -> (cells: [String], isDeleted: Bool) {
        var cells: [String] = []
        var isDeleted = false
        while let node = try reader.next() {
            switch node {
            case .start(let element) where element.name == "trPr":
                isDeleted = try RichText.properties(reader).contains { $0.name == "del" }
            case .start(let element) where element.name == "tc":
                let cell = try cell(reader)
                let column = cells.count
                cells.append(cell.isContinued && column < above.count ? above[column] : cell.text)
                cells += Array(repeating: "", count: cell.span - 1)
            case .start(let element) where ["sdt", "sdtContent"].contains(element.name):
                cells += try row(reader, above: Array(above.dropFirst(cells.count))).cells
            case .start: try reader.skipElement()
            case .end: return (cells, isDeleted)
            case .text: break
            }
        }
        return (cells, isDeleted)
    }

    /// What a cell says, how many columns it has, and whether it goes on with the one above.
    private struct TableCell {
        var text = ""
        var span = 1
        var isContinued = false
    }

    private func cell(_ reader: XMLReader) throws -> TableCell {
        var cell = TableCell()
        var paragraphs: [String] = []
        while let node = try reader.next() {
            switch node {
            case .start(let element) where element.name == "tcPr":
                for property in try RichText.properties(reader) {
                    switch property.name {
                    case "gridSpan":
                        cell.span = min(max(property.attributes["val"].flatMap { Int($0) } ?? 1, 1), 64)
                    case "vMerge": cell.isContinued = property.attributes["val"] != "restart"
                    default: break
                    }
                }
            case .start(let element) where Self.left.contains(element.name): try reader.skipElement()
            case .start: paragraphs.append(try paragraph(reader))
            case .end:
                cell.text = paragraphs.joined(separator: "\n")
                return cell
            case .text: break
            }
        }
        return cell
    }
}
