import Archive

/// Office files as small as they can be, for tests.
enum OfficeFiles {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    static let references = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// A sheet with what is between `worksheet` and its end.
    struct Sheet {
        var name: String
        var state = ""
        var content: String
    }

    /// A workbook; `more` are further parts.
    static func workbook(
        _ sheets: [Sheet], strings: String = "", styles: String = "", properties: String = "",
        more: [(String, String)] = []
    ) throws -> [UInt8] {
        var parts = [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.xml")])),
        ]
        let list = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" \(sheet.state) r:id=\"rId\(index + 1)\"/>"
        }
        parts.append(
            (
                "xl/workbook.xml",
                "<workbook xmlns=\"\(main)\" xmlns:r=\"\(references)\">\(properties)<sheets>\(list.joined())</sheets></workbook>"
            ))
        var links = sheets.indices.map { ("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
        links += [("s1", "sharedStrings", "/xl/sharedStrings.xml"), ("s2", "styles", "styles.xml")]
        parts.append(("xl/_rels/workbook.xml.rels", relationships(links)))
        parts.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(strings)</sst>"))
        parts.append(("xl/styles.xml", "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"))
        for (index, sheet) in sheets.enumerated() {
            parts.append(
                ("xl/worksheets/sheet\(index + 1).xml", "<worksheet xmlns=\"\(main)\">\(sheet.content)</worksheet>"))
        }
        return try archive(parts + more)
    }

    /// A text document with what is in its body.
    static func document(_ body: String) throws -> [UInt8] {
        try archive([
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", relationships([("rId1", "officeDocument", "word/document.xml")])),
            (
                "word/document.xml",
                """
                <w:document xmlns:w="\(word)" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">\
                <w:body>\(body)</w:body></w:document>
                """
            ),
        ])
    }

    static func archive(_ parts: [(String, String)]) throws -> [UInt8] {
        try ZIPWriter.bytes { writer in
            for (name, text) in parts { try writer.add(name, Array(text.utf8)) }
        }
    }

    /// Rows of cells with texts in them, from a row and column on.
    static func rows(_ rows: [[String]], from first: Int = 1) -> String {
        let written = rows.enumerated().map { index, cells in
            let row = first + index
            let written = cells.enumerated().filter { !$1.isEmpty }.map { column, text in
                let letter = ["A", "B", "C", "D", "E", "F"][column]
                return "<c r=\"\(letter)\(row)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(text)</t></is></c>"
            }
            return "<row r=\"\(row)\">\(written.joined())</row>"
        }
        return "<sheetData>\(written.joined())</sheetData>"
    }

    private static func relationships(_ entries: [(String, String, String)]) -> String {
        let written = entries.map { id, type, target in
            "<Relationship Id=\"\(id)\" Type=\"\(references)/\(type)\" Target=\"\(target)\"/>"
        }
        return
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(written.joined())</Relationships>"
    }
}
