import Archive
import Foundation
import Testing

@testable import Workflows

@Suite("Looking at documents")
struct DocumentInspectorTests {
    private static let office = "application/vnd.openxmlformats-officedocument"

    private func problem(_ bytes: [UInt8], _ announced: String) async throws -> String? {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().text).path()
        try Data(bytes).write(to: URL(filePath: path))
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(atPath: path)
        }
        return await problems { _ = try DocumentInspector().inspect(path: path, announced: announced) }.first
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
}
