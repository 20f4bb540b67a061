import Archive
import Database
import Foundation
import Testing

@testable import Workflows

@Suite("WorkbookWriter")
struct WorkbookWriterTests {
    private func write(_ rows: [[WorkbookWriter.Cell]]) throws -> ZIPReader {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx").path()
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(atPath: path)
        }
        let sheet = WorkbookWriter.Sheet(
            name: "監修", columns: [.init(title: "A", width: 9), .init(title: "B", width: 9)], rows: rows)
        try WorkbookWriter.write(sheet, to: path) { _ in }
        return try ZIPReader(bytes: Array(Data(contentsOf: URL(filePath: path))))
    }

    @Test("cells have their types; a text stays a text whatever it begins with")
    func cells() throws {
        let moment = Timestamp(unixSeconds: 1_767_225_600)
        let reader = try write([
            [.text("=1+1"), .number(0.5)], [.truth(true), .moment(moment)], [.empty, .text(" a\nb ")],
        ])
        let sheet = try XMLNode.parse(try reader.read("xl/worksheets/sheet1.xml"), "sheet1")
        let cells = sheet.all("c")
        #expect(cells.compactMap { $0["r"] } == ["A1", "B1", "A2", "B2", "A3", "B3", "B4"])
        #expect(cells.compactMap { $0["t"] } == ["inlineStr", "inlineStr", "inlineStr", "n", "b", "n", "inlineStr"])
        #expect(cells.map(\.content).suffix(5) == ["=1+1", "0.5", "1", "46023", " a\nb "])
        #expect(sheet.all("f").isEmpty)
        #expect(cells[5]["s"] == "3")
    }

    @Test("a text longer than a cell may hold is cut to what it may")
    func longText() throws {
        for text in [String(repeating: "a", count: 40_000), String(repeating: "👩‍🎨", count: 20_000)] {
            let sheet = try XMLNode.parse(
                try write([[.text(text), .empty]]).read("xl/worksheets/sheet1.xml"), "sheet1")
            let length = try #require(sheet.all("c").last).content.utf16.count
            #expect(length <= WorkbookWriter.longestText && length > WorkbookWriter.longestText - 10)
        }
    }

    @Test("columns have letters", arguments: [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
    func letters(column: Int, text: String) {
        #expect(WorkbookWriter.letters(column) == text)
    }

    @Test("an error of the progress ends the writing and leaves no file")
    func cancel() {
        struct Stopped: Error {}
        let path = "/tmp/\(UUID().uuidString).xlsx"
        let rows = Array(repeating: [WorkbookWriter.Cell.number(1)], count: 5_000)
        let sheet = WorkbookWriter.Sheet(name: "x", columns: [.init(title: "A", width: 9)], rows: rows)
        #expect(throws: Stopped.self) {
            try WorkbookWriter.write(sheet, to: path) { done in if done >= 1_000 { throw Stopped() } }
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
