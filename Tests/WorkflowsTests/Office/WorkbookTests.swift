import Testing

@testable import Workflows

@Suite("Reading workbooks")
struct WorkbookTests {
    private func read(_ bytes: [UInt8], _ limits: Workbook.Limits = .init()) throws -> Workbook {
        try Workbook(try OfficePackage(bytes: bytes), limits: limits)
    }

    private func texts(_ content: String, strings: String = "", styles: String = "", properties: String = "") throws
        -> [String]
    {
        let bytes = try OfficeFiles.workbook(
            [.init(name: "S", content: content)], strings: strings, styles: styles, properties: properties)
        return try read(bytes).sheets[0].rows.flatMap { row in
            row.cells.map { "\(CellReference.letters($0.column))\(row.number)=\($0.text)" }
        }
    }

    private func kind(_ bytes: [UInt8], _ limits: Workbook.Limits = .init()) -> OfficeError.Kind? {
        do {
            _ = try read(bytes, limits)
            return nil
        } catch let error as OfficeError {
            return error.kind
        } catch {
            Issue.record("unexpected \(error)")
            return nil
        }
    }

    @Test("cells say what they show: shared, inline and rich texts without readings, cached values of formulas, truth")
    func cells() throws {
        let strings = """
            <si><t>共有</t></si><si><r><rPr><b/></rPr><t>リッ</t></r><r><t xml:space="preserve">チ </t></r>
            <rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="1"/></si><si><t>a_x000D_b_x005F_x0041_</t></si>
            """
        let content = """
            <sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c t="s"><v>2</v></c></row>
            <row><c t="inlineStr"><is><t>内</t></is></c><c t="str"><f>A2&amp;"x"</f><v>共有x</v></c><c t="b"><v>1</v></c>
            <c t="e"><v>#N/A</v></c><c><v>12</v></c><c><v>0.5</v></c><c s="3"/><c t="n"><f>1/0</f></c></row></sheetData>
            """
        #expect(
            try texts(content, strings: strings) == [
                "A2=共有", "C2=リッチ ", "D2=a\rb_x0041_", "A3=内", "B3=共有x", "C3=TRUE", "D3=#N/A", "E3=12", "F3=0.5",
            ])
    }

    @Test("numbers in formats of dates and times are moments, from either epoch")
    func moments() throws {
        let styles = """
            <numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>
            <numFmt numFmtId="165" formatCode="[Red]0.00&quot;days&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/>
            <xf numFmtId="166"/></cellXfs>
            """
        let content = """
            <sheetData><row r="1"><c s="1"><v>45000</v></c><c s="2"><v>45000.5</v></c><c s="3"><v>61</v></c>
            <c s="3"><v>59</v></c><c s="4"><v>45000</v></c><c s="5"><v>0.75</v></c><c s="1"><v>1E9</v></c></row></sheetData>
            """
        #expect(
            try texts(content, styles: styles) == [
                "A1=2023-03-15", "B1=2023-03-15 12:00:00", "C1=1900-03-01", "D1=1900-02-28", "E1=45000", "F1=18:00:00",
                "G1=1000000000",
            ])
        #expect(
            try texts(
                "<sheetData><row r=\"1\"><c s=\"1\"><v>43538</v></c></row></sheetData>", styles: styles,
                properties: "<workbookPr date1904=\"1\"/>") == ["A1=2023-03-15"])
    }

    @Test("sheets come in their order with their names; hidden ones are told, and merged cells")
    func sheets() throws {
        let book = try read(
            try OfficeFiles.workbook([
                .init(
                    name: "第1話",
                    content: OfficeFiles.rows([["a"]]) + "<mergeCells><mergeCell ref=\"B2:C4\"/></mergeCells>"),
                .init(name: "案", state: "state=\"hidden\"", content: ""),
                .init(name: "奥", state: "state=\"veryHidden\"", content: ""),
            ]))
        #expect(book.sheets.map(\.name) == ["第1話", "案", "奥"])
        #expect(book.sheets.map(\.isHidden) == [false, true, true])
        #expect(book.sheets[0].merged == [try #require(CellRange("B2:C4"))] && book.sheets[0].lastColumn == 3)
    }

    @Test("what is damaged, out of its place or too large is refused, with documents types and bombs among it")
    func refusals() throws {
        func book(_ content: String) throws -> [UInt8] {
            try OfficeFiles.workbook([.init(name: "S", content: content)])
        }
        let good = try book(OfficeFiles.rows([["a", "b"], ["c", ""]]))
        #expect(kind(good) == nil)
        #expect(kind(good, .init(rows: 1)) == .tooLarge)
        #expect(kind(good, .init(cells: 2)) == .tooLarge)
        #expect(kind(good, .init(sheets: 0)) == .tooLarge)
        #expect(kind(Array(good.dropLast(40))) == .corrupt)
        #expect(kind(try OfficeFiles.archive([("a.txt", "a")])) == .corrupt)
        #expect(kind(try OfficeFiles.workbook([])) == .corrupt)
        for broken in [
            "<sheetData><row r=\"1\">", "<sheetData><row r=\"2\"><c r=\"A1\"><v>1</v></c></row></sheetData>",
            "<sheetData><row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row></sheetData>",
            "<sheetData><row r=\"1048577\"/></sheetData>",
            "<sheetData><row r=\"2\"/><row r=\"2\"><c r=\"XFE2\"/></row></sheetData>",
            "<sheetData><row r=\"1\"><c t=\"s\"><v>7</v></c></row></sheetData>",
        ] {
            #expect(kind(try book(broken)) == .corrupt, "\(broken)")
        }
        let entity = try OfficeFiles.archive([
            ("_rels/.rels", "<!DOCTYPE a [<!ENTITY b \"b\">]><Relationships/>")
        ])
        #expect(kind(entity) == .corrupt)
        let bomb = try OfficeFiles.archive([("_rels/.rels", String(repeating: " ", count: 3 << 20))])
        #expect(kind(bomb) == .tooLarge)
    }
}

@Suite("Reading text documents")
struct WordTextTests {
    private func blocks(_ body: String) throws -> [WordText.Block] {
        try WordText(try OfficePackage(bytes: try OfficeFiles.document(body))).blocks
    }

    private func p(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

    @Test("paragraphs come in their order, without what was deleted, moved away or stands beside the letters")
    func paragraphs() throws {
        let body = """
            \(p("一"))<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>残</w:t></w:r><w:del><w:r><w:delText>消</w:delText>
            </w:r></w:del><w:ins><w:r><w:t>増</w:t><w:tab/><w:t>次</w:t><w:br/></w:r></w:ins><w:moveFrom><w:r><w:t>去</w:t></w:r>
            </w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r></w:p><w:sdt><w:sdtContent>\(p("箱"))</w:sdtContent></w:sdt>
            <w:p><w:r><w:ruby><w:rt><w:r><w:t>よみ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>
            <mc:AlternateContent><mc:Choice><w:r><w:t>新</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>旧</w:t></w:r></mc:Fallback>
            </mc:AlternateContent></w:p>
            """
        #expect(
            try blocks(body) == [
                .paragraph(1, "一"), .paragraph(2, "残増\t次\n"), .paragraph(3, "箱"), .paragraph(4, "字新"),
            ])
    }

    @Test("tables have rows of cells; one that reaches over rows says the same in each, and over columns once")
    func tables() throws {
        func cell(_ text: String, _ properties: String = "") -> String {
            "<w:tc><w:tcPr>\(properties)</w:tcPr>\(p(text))</w:tc>"
        }
        let body = """
            \(p("前"))<w:tbl><w:tblPr/><w:tr>\(cell("甲", "<w:vMerge w:val=\"restart\"/>"))\(cell("乙"))\(cell("丙"))</w:tr>
            <w:tr>\(cell("", "<w:vMerge/>"))\(cell("広", "<w:gridSpan w:val=\"2\"/>"))</w:tr>
            <w:tr><w:trPr><w:del/></w:trPr>\(cell("消"))</w:tr></w:tbl>\(p("後"))
            """
        #expect(
            try blocks(body) == [
                .paragraph(1, "前"),
                .table([
                    WordText.Row(number: 2, cells: ["甲", "乙", "丙"]), WordText.Row(number: 3, cells: ["甲", "広", ""]),
                ]), .paragraph(4, "後"),
            ])
    }
}
