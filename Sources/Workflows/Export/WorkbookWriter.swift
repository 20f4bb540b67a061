// Rows → SpreadsheetML (ECMA-376 part 1 §18): one sheet with a frozen, filtered heading. Every text is written as a
// string, never as a formula, whatever it begins with.

import Archive
import Database

/// Writes workbooks of one sheet.
enum WorkbookWriter {
    /// What a cell holds.
    enum Cell: Sendable, Hashable {
        case empty
        case text(String)
        case number(Double)
        case truth(Bool)
        /// A moment, shown to the second in UTC.
        case moment(Timestamp)
    }

    /// A column: its heading, and its width in characters.
    struct Column: Sendable, Hashable {
        let title: String
        let width: Int
    }

    /// A sheet.
    struct Sheet: Sendable {
        let name: String
        let columns: [Column]
        let rows: [[Cell]]
    }

    /// The longest text of a cell, in UTF-16 units: programs refuse more.
    static let longestText = 32_767
    private static let package = "http://schemas.openxmlformats.org/package/2006/"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    /// The formats of `styles`, by their position.
    private static let headingStyle = 1
    private static let textStyle = 2
    private static let momentStyle = 3

    /// Writes a workbook to a file; `progress` is told how many rows are done, and ends the writing by throwing.
    static func write(_ sheet: Sheet, to path: String, progress: (_ done: Int) throws -> Void) throws {
        try withoutActuallyEscaping(progress) { progress in
            try ZIPWriter.write(to: path) { try addParts(of: sheet, to: $0, progress) }
        }
    }

    private static func addParts(
        of sheet: Sheet, to zip: ZIPWriter, _ progress: @escaping (_ done: Int) throws -> Void
    ) throws {
        try zip.add("[Content_Types].xml", contentTypes())
        try zip.add("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")]))
        try zip.add("xl/workbook.xml", workbook(sheet))
        try zip.add(
            "xl/_rels/workbook.xml.rels",
            relationships([("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]))
        try zip.add("xl/styles.xml", styles())
        try zip.add("xl/worksheets/sheet1.xml") { try worksheet(sheet, progress) }
    }

    private static func worksheet(_ sheet: Sheet, _ progress: (Int) throws -> Void) throws -> [UInt8] {
        var failure: (any Error)?
        let bytes = XMLWriter.document("worksheet", ["xmlns": main]) { xml in
            let last = "\(letters(sheet.columns.count))\(sheet.rows.count + 1)"
            xml.empty("dimension", ["ref": "A1:\(last)"])
            xml.element("sheetViews") { xml in
                xml.element("sheetView", ["tabSelected": "1", "workbookViewId": "0"]) { xml in
                    xml.empty(
                        "pane", ["ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"])
                }
            }
            xml.element("cols") { xml in
                for (index, column) in sheet.columns.enumerated() {
                    xml.empty(
                        "col",
                        [
                            "min": "\(index + 1)", "max": "\(index + 1)", "width": "\(column.width)",
                            "customWidth": "1",
                        ])
                }
            }
            xml.element("sheetData") { xml in
                row(sheet.columns.map { .text($0.title) }, number: 1, style: headingStyle, &xml)
                for (index, cells) in sheet.rows.enumerated() where failure == nil {
                    row(cells, number: index + 2, style: textStyle, &xml)
                    // Often enough to be stopped, seldom enough not to be felt.
                    guard (index + 1).isMultiple(of: 500) || index + 1 == sheet.rows.count else { continue }
                    do { try progress(index + 1) } catch { failure = error }
                }
            }
            xml.empty("autoFilter", ["ref": "A1:\(last)"])
        }
        if let failure { throw failure }
        return bytes
    }

    private static func row(_ cells: [Cell], number: Int, style: Int, _ xml: inout XMLWriter) {
        xml.element("row", ["r": "\(number)"]) { xml in
            for (index, cell) in cells.enumerated() {
                let place = "\(letters(index + 1))\(number)"
                switch cell {
                case .empty: break
                case .text(let text): write(text, at: place, style: style, &xml)
                case .number(let value): write(digits(value), type: "n", at: place, style: textStyle, &xml)
                case .truth(let value): write(value ? "1" : "0", type: "b", at: place, style: textStyle, &xml)
                case .moment(let moment):
                    // Days from the last of 1899, as spreadsheets count.
                    let days = Double(moment.unixMicroseconds) / 86_400e6 + 25_569
                    write(digits(days), type: "n", at: place, style: momentStyle, &xml)
                }
            }
        }
    }

    private static func digits(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

    private static func write(_ text: String, at place: String, style: Int, _ xml: inout XMLWriter) {
        var text = text
        while text.utf16.count > longestText {
            text = String(text.prefix(longestText * text.count / text.utf16.count - 1))
        }
        xml.element("c", ["r": place, "s": "\(style)", "t": "inlineStr"]) { xml in
            xml.element("is") { $0.element("t", ["xml:space": "preserve"]) { $0.text(text) } }
        }
    }

    private static func write(
        _ value: String, type: String, at place: String, style: Int, _ xml: inout XMLWriter
    ) {
        xml.element("c", ["r": place, "s": "\(style)", "t": type]) { $0.element("v") { $0.text(value) } }
    }

    /// The letters of a column, counted from 1.
    static func letters(_ column: Int) -> String {
        var (rest, result) = (column, "")
        while rest > 0 {
            result = "\(UnicodeScalar(UInt8(65 + (rest - 1) % 26)))" + result
            rest = (rest - 1) / 26
        }
        return result
    }

    private static func relationships(_ targets: [(type: String, target: String)]) -> [UInt8] {
        XMLWriter.document("Relationships", ["xmlns": package + "relationships"]) { xml in
            for (index, relation) in targets.enumerated() {
                xml.empty(
                    "Relationship",
                    ["Id": "rId\(index + 1)", "Type": office + relation.type, "Target": relation.target])
            }
        }
    }

    private static func contentTypes() -> [UInt8] {
        XMLWriter.document("Types", ["xmlns": package + "content-types"]) { xml in
            xml.empty(
                "Default",
                ["Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"])
            xml.empty("Default", ["Extension": "xml", "ContentType": "application/xml"])
            for (part, type) in [
                ("/xl/workbook.xml", "sheet.main+xml"), ("/xl/worksheets/sheet1.xml", "worksheet+xml"),
                ("/xl/styles.xml", "styles+xml"),
            ] { xml.empty("Override", ["PartName": part, "ContentType": types + type]) }
        }
    }

    private static func workbook(_ sheet: Sheet) -> [UInt8] {
        let attributes: KeyValuePairs<StaticString, String> = [
            "xmlns": main, "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        ]
        return XMLWriter.document("workbook", attributes) { xml in
            xml.element("sheets") { $0.empty("sheet", ["name": sheet.name, "sheetId": "1", "r:id": "rId1"]) }
        }
    }

    private static func styles() -> [UInt8] {
        XMLWriter.document("styleSheet", ["xmlns": main]) { xml in
            xml.element("numFmts", ["count": "1"]) {
                $0.empty("numFmt", ["numFmtId": "164", "formatCode": "yyyy\\-mm\\-dd\\ hh:mm:ss"])
            }
            xml.element("fonts", ["count": "2"]) { xml in
                xml.element("font") { font(isHeading: false, &$0) }
                xml.element("font") { font(isHeading: true, &$0) }
            }
            xml.element("fills", ["count": "3"]) { xml in
                // The first two are the program's own, whatever stands there.
                for pattern in ["none", "gray125"] {
                    xml.element("fill") { $0.empty("patternFill", ["patternType": pattern]) }
                }
                xml.element("fill") { xml in
                    xml.element("patternFill", ["patternType": "solid"]) {
                        $0.empty("fgColor", ["rgb": "FF\(DeckStyle.brand)"])
                    }
                }
            }
            xml.element("borders", ["count": "1"]) { $0.empty("border") }
            xml.element("cellStyleXfs", ["count": "1"]) { $0.empty("xf") }
            xml.element("cellXfs", ["count": "4"]) { xml in
                xml.empty("xf", ["xfId": "0"])
                xml.empty("xf", ["fontId": "1", "fillId": "2", "xfId": "0", "applyFont": "1", "applyFill": "1"])
                xml.element("xf", ["xfId": "0", "applyAlignment": "1"]) {
                    $0.empty("alignment", ["vertical": "top", "wrapText": "1"])
                }
                xml.element("xf", ["numFmtId": "164", "xfId": "0", "applyNumberFormat": "1", "applyAlignment": "1"]) {
                    $0.empty("alignment", ["vertical": "top"])
                }
            }
            xml.element("cellStyles", ["count": "1"]) {
                $0.empty("cellStyle", ["name": "Normal", "xfId": "0", "builtinId": "0"])
            }
        }
    }

    private static func font(isHeading: Bool, _ xml: inout XMLWriter) {
        if isHeading { xml.empty("b") }
        xml.empty("sz", ["val": "10"])
        if isHeading { xml.empty("color", ["rgb": "FF\(DeckStyle.white)"]) }
        xml.empty("name", ["val": "Noto Sans CJK JP"])
    }
}
