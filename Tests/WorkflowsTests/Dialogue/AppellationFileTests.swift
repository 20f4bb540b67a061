import JSON
import Testing

@testable import Workflows

@Suite("Tables of appellations in files")
struct AppellationFileTests {
    private static let excel = DocumentKind.excel.mediaTypes[0]

    private func refusal(_ bytes: [UInt8], _ mediaType: String) -> String? {
        do {
            _ = try AppellationFile.table(bytes, mediaType: mediaType)
            return nil
        } catch let refusal as AppellationFile.Refusal {
            return refusal.message
        } catch {
            return "unexpected \(error)"
        }
    }

    private func workbook(_ rows: [[String]], from first: Int = 1) throws -> [UInt8] {
        try OfficeFiles.workbook([.init(name: "S", content: OfficeFiles.rows(rows, from: first))])
    }

    @Test(
        "a square table has rows of speakers; where a character has no word for itself it says 私, for others their names"
    )
    func square() throws {
        let rows = [["呼称", "ソラ", "レン"], ["レン", "ソラ", "俺"], ["ソラ", " わたし ", ""]]
        let expected: JSONValue = ["レン": ["ソラ": "ソラ", "レン": "俺"], "ソラ": ["ソラ": "わたし", "レン": "レン"]]
        let table = try AppellationFile.table(try workbook(rows, from: 4), mediaType: Self.excel)
        #expect(table.json == expected && table.warnings == [] && table.entryCount == 4)
        #expect(table.characters == ["レン", "ソラ"])
        let csv = rows.map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n,,\r\n"
        #expect(try AppellationFile.table(Array(csv.utf8), mediaType: "text/csv").json == expected)
        let empty = try AppellationFile.table(Array(",A,B\nA,,\nB\n".utf8), mediaType: "text/csv")
        #expect(empty.json == ["A": ["A": "私", "B": "B"], "B": ["A": "A", "B": "私"]])
    }

    @Test("JSON is taken as it is, with what it lacks told and not filled in")
    func json() throws {
        let text = #"{"A": {"A": "I", "B": "B-san"}, "B": {}}"#
        let table = try AppellationFile.table(Array(text.utf8), mediaType: "application/json")
        #expect(table.warnings == ["B has no first person.", "B has no word for A."])
        #expect(table.json == ["A": ["A": "I", "B": "B-san"], "B": [:]])
    }

    @Test("what is not square, names nobody or somebody twice, or is no such file, is refused with a reason")
    func refusals() throws {
        func csv(_ text: String) -> String? { refusal(Array(text.utf8), "text/csv") }
        #expect(csv(",A,B\nA,1,2\n")?.contains("not square") == true)
        #expect(csv(",A,B\nA,1,2\nC,1,2\n")?.contains("not square") == true)
        #expect(csv(",A,A\nA,1,2\nA,1,2\n")?.contains("name of its own") == true)
        #expect(csv("\n")?.contains("empty") == true)
        #expect(csv(",A\nA,\(String(repeating: "x", count: 101))\n")?.contains("texts of 1 to 100") == true)
        #expect(refusal([0x8A], "text/csv")?.contains("UTF-8") == true)
        #expect(refusal(Array("{".utf8), "application/json")?.contains("no JSON") == true)
        #expect(refusal(Array("[]".utf8), "application/json")?.contains("object of speakers") == true)
        let many = (0...200).map { "n\($0)" }
        let wide = ([""] + many).joined(separator: ",") + "\n" + many.joined(separator: "\n")
        #expect(csv(wide)?.contains("At most 200") == true)
        let damaged = Array(try workbook([["", "A"], ["A", "I"]]).dropLast(30))
        #expect(refusal(damaged, Self.excel)?.contains("cannot be read") == true)
        let hidden = try OfficeFiles.workbook([
            .init(name: "S", state: "state=\"hidden\"", content: OfficeFiles.rows([["", "A"], ["A", "I"]]))
        ])
        #expect(refusal(hidden, Self.excel)?.contains("people see") == true)
    }
}
