import Archive
import Foundation
import Testing

@testable import Workflows

@Suite("Looking at documents")
struct DocumentInspectorTests {
    private static let office = "application/vnd.openxmlformats-officedocument"

    private func problem(
        _ bytes: [UInt8], _ announced: String, _ purpose: FilePurpose = .document
    ) async throws -> String? {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().text).path()
        try Data(bytes).write(to: URL(filePath: path))
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(atPath: path)
        }
        return await problems {
            _ = try DocumentInspector().inspect(path: path, announced: announced, purpose: purpose)
        }.first
    }

    private func archive(_ names: [String]) throws -> [UInt8] {
        try ZIPWriter.bytes { writer in
            for name in names { try writer.add(name, Array("<x/>".utf8)) }
        }
    }

    @Test("the bytes decide, never the name: each kind is what it was announced as, or refused")
    func bytesDecide() async throws {
        let word = try archive(["[Content_Types].xml", "word/document.xml"])
        let macros = try archive(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"])
        let pdf = pdfBytes(pages: ["One"])
        let cases: [(bytes: [UInt8], announced: String, problem: String?)] = [
            (pdf, "application/pdf", nil),
            (word, "\(Self.office).wordprocessingml.document", nil),
            (Array("花,はな\n".utf8), "text/csv", nil),
            (word, "application/pdf", "assetId: UPLOAD_TYPE"),
            (pdf, "\(Self.office).wordprocessingml.document", "assetId: UPLOAD_TYPE"),
            (word, "\(Self.office).spreadsheetml.sheet", "assetId: UPLOAD_TYPE"),
            (try archive(["a.txt"]), "\(Self.office).presentationml.presentation", "assetId: UPLOAD_TYPE"),
            (macros, "\(Self.office).wordprocessingml.document", "assetId: UPLOAD_TYPE"),
            (Array(word.dropLast(30)), "\(Self.office).wordprocessingml.document", "assetId: UPLOAD_UNREADABLE"),
            (Array(pdf.dropLast(6)), "application/pdf", "assetId: UPLOAD_UNREADABLE"),
            ([0x8A, 0xBF], "text/plain", "assetId: UPLOAD_TYPE"), ([0x41, 0], "text/plain", "assetId: UPLOAD_TYPE"),
            (pdf, "application/zip", "assetId: UPLOAD_TYPE"),
        ]
        for (index, each) in cases.enumerated() {
            #expect(try await problem(each.bytes, each.announced) == each.problem, "case \(index)")
        }
    }

    @Test("scripts and tables of appellations are read to their end, documents are not")
    func contents() async throws {
        let excel = "\(Self.office).spreadsheetml.sheet"
        let word = "\(Self.office).wordprocessingml.document"
        let script = try OfficeFiles.workbook([.init(name: "S", content: OfficeFiles.rows([["a"]]))])
        let table = try OfficeFiles.workbook([.init(name: "S", content: OfficeFiles.rows([["", "A"], ["A", "I"]]))])
        let broken = try OfficeFiles.workbook([.init(name: "S", content: "<sheetData><row>")])
        let macros = try OfficeFiles.workbook(
            [.init(name: "S", content: OfficeFiles.rows([["", "A"], ["A", "I"]]))], more: [("xl/vbaProject.bin", "x")])
        let cases: [(bytes: [UInt8], announced: String, purpose: FilePurpose, problem: String?)] = [
            (script, excel, .subtaskContent, nil), (script, excel, .appellationTable, "assetId: UPLOAD_UNREADABLE"),
            (table, excel, .appellationTable, nil), (macros, excel, .appellationTable, "assetId: UPLOAD_TYPE"),
            (macros, excel, .subtaskContent, "assetId: UPLOAD_TYPE"), (broken, excel, .document, nil),
            (broken, excel, .subtaskContent, "assetId: UPLOAD_UNREADABLE"),
            (broken, excel, .appellationTable, "assetId: UPLOAD_UNREADABLE"),
            (try OfficeFiles.document("<w:p/>"), word, .subtaskContent, nil),
            (try OfficeFiles.document("<w:p>"), word, .subtaskContent, "assetId: UPLOAD_UNREADABLE"),
            (Array("{\"A\": {\"A\": \"I\"}}".utf8), "application/json", .appellationTable, nil),
            (Array("{}".utf8), "application/json", .appellationTable, "assetId: UPLOAD_UNREADABLE"),
        ]
        for (index, each) in cases.enumerated() {
            #expect(try await problem(each.bytes, each.announced, each.purpose) == each.problem, "case \(index)")
        }
    }

    @Test("a script may be large by its pictures, and by its text up to a limit")
    func large() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "large-\(UUID().uuidString)").path()
        defer { unlink(path) }
        let word = "\(Self.office).wordprocessingml.document"
        let small = try ZIPReader(bytes: try OfficeFiles.document("<w:p><w:r><w:t>ソラ：やあ</w:t></w:r></w:p>"))
        for (name, isTaken) in [("word/media/image1.bmp", true), ("word/document.xml", false)] {
            try ZIPWriter.write(to: path) { zip in
                for entry in small.entries where entry.name != name {
                    try zip.add(entry.name, try small.read(entry.name))
                }
                try zip.add(name, [UInt8](repeating: 0x20, count: 140 << 20), compression: .stored)
            }
            if isTaken {
                let found = try DocumentInspector().inspect(path: path, announced: word, purpose: .subtaskContent)
                #expect(found.mediaType == word)
            } else {
                let error = #expect(throws: WorkflowError.self) {
                    try DocumentInspector().inspect(path: path, announced: word, purpose: .subtaskContent)
                }
                #expect(error?.message == "A part of the file is too large.")
            }
        }
    }

    @Test("scripts of Office may have 200 MB, texts 10 MB")
    func sizes() {
        let excel = "\(Self.office).spreadsheetml.sheet"
        #expect(FilePurpose.subtaskContent.maximumBytes(of: excel) == 200_000_000)
        #expect(FilePurpose.subtaskContent.maximumBytes(of: "text/csv") == 10_000_000)
        #expect(FilePurpose.appellationTable.maximumBytes(of: excel) == 10_000_000)
        #expect(!FilePurpose.subtaskContent.mediaTypes.contains("application/pdf"))
    }
}
