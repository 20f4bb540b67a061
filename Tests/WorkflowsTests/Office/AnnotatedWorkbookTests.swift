import Archive
import Foundation
import Testing
import XML

@testable import Workflows

@Suite("Annotated workbooks")
struct AnnotatedWorkbookTests {
    private static let styles = """
        <fonts count="2"><font><sz val="11"/><name val="Yu Gothic"/></font>
        <font><i/><sz val="14"/><color theme="1"/><name val="Meiryo"/><family val="3"/></font></fonts>
        <cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>
        """

    private func copy(of bytes: [UInt8], _ notes: [AnnotatedWorkbook.Note]) throws -> [UInt8] {
        try #require(try copyIfAny(of: bytes, notes))
    }

    /// Nil if there is none.
    private func copyIfAny(of bytes: [UInt8], _ notes: [AnnotatedWorkbook.Note]) throws -> [UInt8]? {
        let path = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)").path()
        defer { for file in [path, path + "-copy"] { unlink(file) } }
        try Data(bytes).write(to: URL(filePath: path))
        guard try AnnotatedWorkbook(notes: notes).copy(path, to: path + "-copy") else {
            #expect(!FileManager.default.fileExists(atPath: path + "-copy"))
            return nil
        }
        return [UInt8](try Data(contentsOf: URL(filePath: path + "-copy")))
    }

    private func note(
        _ line: Int, _ marks: [(range: Range<Int>, color: String)] = [], result: String = "OK: はい"
    ) -> AnnotatedWorkbook.Note {
        AnnotatedWorkbook.Note(line: line, speaker: "ソラ", addressed: "レン", result: result, marks: marks)
    }

    private func sheet(_ bytes: [UInt8], _ number: Int = 1) throws -> String {
        String(decoding: try ZIPReader(bytes: bytes).read("xl/worksheets/sheet\(number).xml"), as: UTF8.self)
    }

    @Test(
        "three columns come right of all others, in the rows of lines; every other byte stays, and so does every other part"
    )
    func columns() throws {
        let content = """
            <!-- <row> --><dimension ref="A1:C4"/><sheetData><row r="1" spans="1:3" ht="20"><c r="A1" t="inlineStr"><is><t>話者</t></is></c>
            <c r="B1" t="inlineStr"><is><t>本文</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>ソラ</t></is></c><c r="B2" s="1" t="inlineStr"><is><t>レン</t></is></c>
            <c r="C2"><f>1+1</f><v>2</v></c><c r="D2" s="1"/><c r="XFD2" s="1"/></row><row r="3"/><row r="4"><c r="C4"><v>7</v></c></row></sheetData><pageMargins left="0.7"/>
            """
        let bytes = try OfficeFiles.workbook(
            [.init(name: "S", content: content), .init(name: "T", content: OfficeFiles.rows([["話者", "本文"]]))],
            styles: Self.styles, more: [("xl/media/image1.png", "bytes")])
        let copy = try copy(of: bytes, [note(1, result: "エラー: <&>_x0041_\u{1}")])
        let added = """
            <c r="E2" t="inlineStr"><is><t xml:space="preserve">レン</t></is></c><c r="F2" t="inlineStr"><is><t xml:space="preserve">\
            エラー: &lt;&amp;&gt;_x005F_x0041__x0001_</t></is></c>
            """
        let written = try sheet(copy)
        #expect(written.contains(added), "\(written)")
        #expect(written.contains("<row r=\"1\" ht=\"20\">") && written.contains("<dimension ref=\"A1:F4\"/>"))
        // The empty cell that was in the way keeps its style.
        #expect(written.contains("<c r=\"D2\" t=\"inlineStr\" s=\"1\"><is>"))
        #expect(
            written.hasSuffix(
                "<row r=\"3\"/><row r=\"4\"><c r=\"C4\"><v>7</v></c></row></sheetData><pageMargins left=\"0.7\"/></worksheet>"
            ))
        #expect(
            written.contains("<c r=\"C2\"><f>1+1</f><v>2</v></c>") && written.contains("<c r=\"XFD2\" s=\"1\"/></row>"))
        let (before, after) = (try ZIPReader(bytes: bytes), try ZIPReader(bytes: copy))
        #expect(before.entries.map(\.name) == after.entries.map(\.name))
        for name in before.entries.map(\.name) where name != "xl/worksheets/sheet1.xml" {
            #expect(try before.read(name) == after.read(name), "\(name)")
        }
        // It is read back as a workbook of the same lines.
        let again = try Workbook(try OfficePackage(bytes: copy))
        #expect(again.sheets[0].rows[0].cells.map(\.text) == ["話者", "本文", "検出された話者", "呼ばれた名前", "結果"])
        #expect(again.sheets[0].rows[1].text(6) == "エラー: <&>_x0041_\u{1}")
        #expect(DialogueScript(again).lines == DialogueScript(try Workbook(try OfficePackage(bytes: bytes))).lines)
    }

    @Test("names have colours in the letters of their cell; the looks of pieces, their readings and the text stay")
    func colors() throws {
        let strings = """
            <si><r><rPr><u/><sz val="9"/></rPr><t>★レン</t></r><r><t xml:space="preserve">くん、 </t></r><r><t>ねえ</t></r>
            <rPh sb="1" eb="3"><t>れん</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>
            """
        let content = """
            <sheetData><row r="1"><c t="inlineStr"><is><t>話者</t></is></c><c t="inlineStr"><is><t>本文</t></is></c></row>
            <row r="2"><c t="inlineStr"><is><t>ソラ</t></is></c><c s="1" t="s"><v>0</v></c></row>
            <row r="3"><c t="inlineStr"><is><t>ソラ</t></is></c><c t="str"><f>B2</f><v>レン</v></c></row></sheetData>
            """
        let bytes = try OfficeFiles.workbook(
            [.init(name: "S", content: content)], strings: strings, styles: Self.styles)
        let written = try sheet(try copy(of: bytes, [note(1, [(0..<4, "FFFF0000")]), note(2, [(0..<2, "FF00B050")])]))
        let cell = """
            <c r="B2" t="inlineStr" s="1"><is><r><rPr><u/><sz val="9"/></rPr><t xml:space="preserve">★</t></r>\
            <r><rPr><b/><u/><sz val="9"/><color rgb="FFFF0000"/></rPr><t xml:space="preserve">レン</t></r>\
            <r><rPr><b/><i/><sz val="14"/><rFont val="Meiryo"/><family val="3"/><color rgb="FFFF0000"/></rPr><t xml:space="preserve">くん</t></r>\
            <r><t xml:space="preserve">、 </t></r><r><t xml:space="preserve">ねえ</t></r>\
            <rPh sb="1" eb="3"><t xml:space="preserve">れん</t></rPh><phoneticPr fontId="1" type="noConversion"></phoneticPr></is></c>
            """
        #expect(flat(written).contains(flat(cell)), "\(written)")
        // A formula stays one.
        #expect(written.contains("<c t=\"str\"><f>B2</f><v>レン</v></c><c r=\"C3\""))
    }

    /// Without the ends of empty elements, which may be written in two ways.
    private func flat(_ xml: String) -> String {
        ["u", "sz", "b", "i", "color", "rFont", "family", "phoneticPr"].reduce(xml.replacing("/>", with: ">")) {
            $0.replacing("</\($1)>", with: "")
        }
    }

    @Test("sheets with prefixes get cells of the same namespace; what is not in UTF-8 is left alone")
    func namespacesAndEncodings() throws {
        func package(_ sheet: [UInt8]) throws -> [UInt8] {
            let reader = try ZIPReader(bytes: try OfficeFiles.workbook([.init(name: "S", content: "")]))
            return try ZIPWriter.bytes { writer in
                for entry in reader.entries {
                    try writer.add(entry.name, entry.name.contains("sheet1") ? sheet : try reader.read(entry))
                }
            }
        }
        func row(_ prefix: String, _ number: Int, _ texts: [String]) -> String {
            let cells = texts.map {
                "<\(prefix)c t=\"inlineStr\"><\(prefix)is><\(prefix)t>\($0)</\(prefix)t></\(prefix)is></\(prefix)c>"
            }
            return "<\(prefix)row r=\"\(number)\">\(cells.joined())</\(prefix)row>"
        }
        func document(_ prefix: String, _ declaration: String) -> String {
            let rows = row(prefix, 1, ["話者", "本文"]) + row(prefix, 2, ["ソラ", "やあ"])
            let name = prefix.isEmpty ? "xmlns" : "xmlns:\(prefix.dropLast())"
            return """
                \(declaration)<\(prefix)worksheet \(name)="\(OfficeFiles.main)"><\(prefix)sheetData>\(rows)</\(prefix)sheetData>\
                </\(prefix)worksheet>
                """
        }
        let copy = try copy(of: try package(Array(document("x:", "").utf8)), [note(1)])
        #expect(try sheet(copy).contains("<c r=\"C2\" t=\"inlineStr\" xmlns=\"\(OfficeFiles.main)\"><is><t"))
        #expect(try Workbook(try OfficePackage(bytes: copy)).sheets[0].rows[1].text(3) == "ソラ")
        let wide = document("", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>").utf16.flatMap {
            [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        }
        let utf16 = try package([0xFF, 0xFE] + wide)
        #expect(try DialogueScript(Workbook(try OfficePackage(bytes: utf16))).lines.count == 1)
        #expect(throws: OfficeError.self) { try copyIfAny(of: utf16, [note(1)]) }
        #expect(try copyIfAny(of: utf16, [note(9)]) == nil)
    }
}
