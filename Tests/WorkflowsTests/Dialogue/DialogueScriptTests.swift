import Testing

@testable import Workflows

@Suite("Scripts")
struct DialogueScriptTests {
    private func script(_ sheets: [OfficeFiles.Sheet]) throws -> DialogueScript {
        DialogueScript(try Workbook(try OfficePackage(bytes: try OfficeFiles.workbook(sheets))))
    }

    private func document(_ body: String) throws -> DialogueScript {
        DialogueScript(try WordText(try OfficePackage(bytes: try OfficeFiles.document(body))))
    }

    private func summary(_ script: DialogueScript) -> [String] {
        script.lines.map { line in
            let place = line.place.map { "\($0.sheetName)!\(CellReference.letters($0.column))\($0.row) " } ?? ""
            return "\(line.number) \(place)\(line.speaker)「\(line.text)」"
        }
    }

    @Test(
        "headings stand anywhere in the first rows of a sheet; a ruler may follow that of the texts; empty rows are no lines"
    )
    func headings() throws {
        let rows = [
            ["台本", "", "話者はここではない"], ["番号", "話者（役）", "本文ID", "本文１２３４５６７８９０"],
            ["1", "ソラ", "x1", "★やあ、\u{3000}レンくん\n。"], ["2", "", "x2", "（沈黙）"], ["3", "レン", "x3", ""],
            ["番号", "話者", "", "本文"], ["4", "レン", "x4", "うん"],
        ]
        let read = try script([
            .init(name: "第1話", content: OfficeFiles.rows(rows, from: 11)),
            .init(name: "対訳", content: OfficeFiles.rows([["Line", "SPEAKER"], ["Hello", "Sora"]])),
            .init(name: "メモ", content: OfficeFiles.rows([["ソラ", "メモ"]])),
            .init(name: "旧", state: "state=\"hidden\"", content: OfficeFiles.rows([["話者", "台詞"], ["ソラ", "古い"]])),
        ])
        #expect(summary(read) == ["1 第1話!D13 ソラ「やあ、レンくん。」", "2 第1話!D17 レン「うん」", "3 対訳!A2 Sora「Hello」"])
        #expect(read.hiddenSheets == ["旧"] && read.isRecognized && read.headingRows == [1: 12, 2: 1])
    }

    @Test("headings below the thirtieth row and tables without any are not recognised")
    func unrecognized() throws {
        let table = [["話者", "台詞"], ["ソラ", "やあ"]]
        #expect(try script([.init(name: "S", content: OfficeFiles.rows(table, from: 30))]).lines.count == 1)
        let late = try script([.init(name: "S", content: OfficeFiles.rows(table, from: 31))])
        #expect(late.lines.isEmpty && !late.isRecognized)
        #expect(
            try !script([.init(name: "S", content: OfficeFiles.rows([["名前", "linear"], ["a", "b"]]))]).isRecognized)
        #expect(try !document("<w:p><w:r><w:t>だれも話しません。</w:t></w:r></w:p>").isRecognized)
        // Headings without lines are an empty script, and not an unknown one.
        #expect(try script([.init(name: "S", content: OfficeFiles.rows([table[0]]))]).isRecognized)
    }

    @Test("a speaker in cells that are shown as one speaks in all of their rows")
    func mergedSpeakers() throws {
        let content =
            OfficeFiles.rows([["話者", "台詞"], ["ソラ", "一"], ["", "二"], ["レン", "三"], ["", "四"]])
            + "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"
        #expect(
            summary(try script([.init(name: "S", content: content)])) == [
                "1 S!B2 ソラ「一」", "2 S!B3 ソラ「二」", "3 S!B4 レン「三」",
            ])
    }

    @Test("documents have tables with headings, or else paragraphs of the form of scripts")
    func documents() throws {
        func p(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }
        func row(_ cells: [String]) -> String {
            "<w:tr>\(cells.map { "<w:tc>\(p($0))</w:tc>" }.joined())</w:tr>"
        }
        let table = "<w:tbl>\(row(["キャラ", "セリフ"]))\(row(["ソラ", "やあ"]))\(row(["", "風の音"]))</w:tbl>"
        let other = "<w:tbl>\(row(["日付", "場所"]))\(row(["六月", "海：夜"]))</w:tbl>"
        #expect(summary(try document(p("ソラ：挨拶") + other + table)) == ["5 ソラ「やあ」"])
        #expect(
            summary(try document(p("第一話") + p("ソラ「やあ」") + other + p("レン：うん"))) == [
                "2 ソラ「やあ」", "5 レン「うん」",
            ])
    }

    @Test("CSV files have headings anywhere in the first rows, or the first two columns")
    func csv() {
        #expect(
            summary(DialogueScript(csv: "台本,,\nNo,セリフ,話者\n1,やあ,ソラ\n2,うん,\n3,うん,レン\n")) == [
                "3 ソラ「やあ」", "5 レン「うん」",
            ])
        #expect(summary(DialogueScript(csv: "ソラ,やあ,1\nレン,うん,2\n")) == ["1 ソラ「やあ」", "2 レン「うん」"])
    }
}
