import Foundation
import Imaging
import TestSupport
import Testing

@testable import Clients

@Suite("DrawingReader", .timeLimit(.minutes(15)))
struct DrawingReaderTests {
    private static let green = RGBColor(0, 255, 0)

    private func reader(processorSeconds: Int = 10) throws -> DrawingReader {
        try #require(
            DrawingReader.installed(searchPath: "/usr/bin:/usr/local/bin", processorSeconds: processorSeconds))
    }

    private func picture(_ bytes: [UInt8], _ kind: DrawingKind) throws -> Picture {
        try Picture.decode(.bytes(try reader().png(of: bytes, kind, checkCancellation: {})))
    }

    @Test("an EPS file is what its box shows, in sRGB, clear where nothing is painted, whatever comes after its page")
    func box() throws {
        let program = "0 1 0 setrgbcolor 100 200 36 72 rectfill 0 1 1 0 setcmykcolor 136 200 36 36 rectfill"
        let box = "100 200 172 272"
        let text = String(decoding: PictureFiles.eps(box, program), as: UTF8.self)
        let atEnd = text.replacing(box, with: "(atend)") + "%%Trailer\n%%BoundingBox: \(box)\n"
        let preview = [UInt8](repeating: 7, count: 50)
        let binary: [UInt8] =
            EncapsulatedPostScript.binaryHeader + [
                80, 0, 0, 0, UInt8(text.utf8.count % 256), UInt8(text.utf8.count / 256), 0, 0,
            ]
            + [UInt8](repeating: 0, count: 18) + preview + Array(text.utf8) + preview
        for (name, bytes) in [
            ("plain", Array(text.utf8)), ("shown", Array("\(text)showpage\n".utf8)),
            ("pages", Array("\(text)showpage 1 0 0 setrgbcolor 0 0 999 999 rectfill showpage\n".utf8)),
            ("at end", Array(atEnd.utf8)), ("returns", Array(text.replacing("\n", with: "\r").utf8)),
            ("binary", binary),
            ("old size", Array(text.replacing("%%EndComments", with: "<</PageSize[9 9]>>setpagedevice").utf8)),
        ] {
            let picture = try picture(bytes, .postScript)
            #expect((picture.width, picture.height) == (150, 150), "\(name)")
            let bitmap = try picture.bitmap()
            #expect(bitmap[10, 10] == Self.green && bitmap[10, 140] == Self.green, "\(name)")
            let red = LabColor(bitmap[140, 140])
            #expect(red.difference(from: LabColor(RGBColor(237, 28, 36))) < 8, "\(name): \(bitmap[140, 140])")
            #expect(bitmap.opacity?[10 * 150 + 140] == 0, "\(name)")
        }
    }

    @Test("a program in an EPS file reads no file, writes none, runs nothing")
    func escapes() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "eps-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // What is left over is in the temporary directory; a test does not fail for it.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("secret".utf8).write(to: URL(filePath: "\(folder)/secret"))
        let paint = "0 1 0 setrgbcolor 0 0 72 72 rectfill"
        // The rule that they break is theirs: it paints first, and is refused all the same.
        for attempt in [
            "(/etc/passwd)(r)file", "(/etc/passwd)run", "(\(folder)/secret)(r)file", "(\(folder)/made)(w)file",
            "(/tmp/aimage-made)(w)file", "(/tmp/)(w).tempfile", "(%pipe%touch \(folder)/made)(w)file",
            "(\(folder)/secret)(\(folder)/made)renamefile", "(\(folder)/secret)deletefile",
            "<</OutputFile(\(folder)/made)>>setpagedevice showpage",
        ] {
            #expect(throws: DrawingReader.Refusal.self, "\(attempt)") {
                try picture(PictureFiles.eps("0 0 72 72", "\(paint) \(attempt) showpage"), .postScript)
            }
        }
        // One that minds its errors learns nothing: as if the files were not there.
        let silent = "\(paint) {(\(folder)/*){1 0 0 setrgbcolor 0 0 72 72 rectfill pop}99 string filenameforall}stopped"
        #expect(try picture(PictureFiles.eps("0 0 72 72", silent), .postScript).bitmap()[9, 9] == Self.green)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secret"])
        #expect(!FileManager.default.fileExists(atPath: "/tmp/aimage-made"))
    }

    @Test(
        "a drawing that never ends, nests without end or wants all memory is ended",
        arguments: [
            "{}loop", "/f{gsave f 1 pop}def f", "/a 9 array def 1 1 9e9{pop a 0 9e5 cvi array put /a a 0 get def}for",
        ])
    func bombs(program: String) async throws {
        let reader = try reader(processorSeconds: 2)
        await #expect(throws: DrawingReader.Refusal.self) {
            let png = try await onOwnThread {
                try reader.png(
                    of: PictureFiles.eps("0 0 72 72", "\(program) showpage"), .postScript, checkCancellation: {})
            }
            Issue.record("It is a picture of \(png.count) bytes.")
        }
    }

    @Test("what says no box, or one that nothing has, is no EPS; a huge one is drawn with fewer pixels")
    func boxes() throws {
        for box in ["", "0 0 0 9", "9 9 0 0", "0 0 1e99 9", "a b c d", "(atend)", "0 0 nan 9"] {
            #expect(EncapsulatedPostScript(PictureFiles.eps(box, "")) == nil, "\(box)")
        }
        #expect(EncapsulatedPostScript(Array("%!PS\n% %%BoundingBox: 0 0 9 9\n".utf8)) == nil)
        #expect(EncapsulatedPostScript(EncapsulatedPostScript.binaryHeader + [255, 255, 255, 255, 9, 0, 0, 0]) == nil)
        let device = "<</HWResolution[9000 9000]/PageSize[9000 9000]>>setpagedevice 0 0 9000 9000 rectfill"
        #expect(try picture(PictureFiles.eps("0 0 72 72", device), .postScript).width == 150)
        let huge = try picture(
            PictureFiles.eps("0 0 20000 10000", "0 1 0 setrgbcolor 0 0 20000 9999 rectfill"), .postScript)
        #expect((6_000...6_400).contains(huge.width) && (3_000...3_200).contains(huge.height))
    }

    @Test("an AI file is its artboard on the first page, and one without PDF says what to do")
    func pages() throws {
        let bytes = PictureFiles.pdf(
            paper: (500, 400), crop: (100, 200, 144, 72),
            content: "0 1 0 rg 100 200 72 72 re f 1 0 0 rg 0 0 100 400 re f")
        let picture = try picture(bytes, .illustrator)
        #expect((picture.width, picture.height) == (300, 150))
        let bitmap = try picture.bitmap()
        #expect(bitmap[1, 1] == Self.green && bitmap[148, 148] == Self.green)
        #expect(bitmap.opacity?[200] == 0)
        let huge = PictureFiles.pdf(
            paper: (14_000, 14_000), crop: (0, 0, 14_000, 14_000), content: "0 1 0 rg 0 0 9 9 re f")
        let small = try self.picture(huge, .illustrator)
        #expect((4_400...4_500).contains(small.width))
        let none = PictureFiles.pdf(
            paper: (600, 200), crop: (0, 0, 600, 200),
            content:
                "BT /F 10 Tf 9 99 Td (This is an Adobe Illustrator File that) Tj 0 -20 Td (was saved without PDF Content.) Tj ET"
        )
        #expect(throws: DrawingReader.Refusal.noPages) { try self.picture(none, .illustrator) }
    }

    @Test("a compressed SVG file is drawn, and one that grows without end is ended")
    func compressed() async throws {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\">"
        let svg = Array("\(head)<rect width=\"8\" height=\"8\" fill=\"#00ff00\"/></svg>".utf8)
        let small = try PictureFiles.output(of: "/usr/bin/gzip", ["-c"], input: svg)
        #expect(try picture(small, .svg).bitmap()[4, 4] == Self.green)
        // Two gigabytes of spaces in a few megabytes.
        let spaces = "(cat; head -c 2000000000 /dev/zero | tr '\\\\000' ' '; echo '</svg>') | gzip -1 -c"
        let reader = try reader(processorSeconds: 1)
        await #expect(throws: DrawingReader.Refusal.self) {
            try await onOwnThread {
                let bomb = try PictureFiles.output(of: "/bin/sh", ["-c", spaces], input: Array(head.utf8))
                #expect(bomb.count < 20_000_000)
                return try reader.png(of: bomb, .svg, checkCancellation: {})
            }
        }
    }

    @Test("the first bytes tell what a drawing is; what is missing is told")
    func kinds() throws {
        #expect(DrawingKind(magicNumber: Array("%PDF-1.5".utf8)) == .illustrator)
        #expect(DrawingKind(magicNumber: Array("%!PS-Adobe".utf8)) == .postScript)
        #expect(DrawingKind(magicNumber: EncapsulatedPostScript.binaryHeader) == .postScript)
        #expect(DrawingKind(magicNumber: [0x1F, 0x8B]) == .svg)
        #expect(DrawingReader.installed(searchPath: "/nonexistent:/etc") == nil)
        for kind in DrawingKind.allCases {
            #expect(try reader().reads(kind))
            #expect(DrawingKind(mediaType: kind.mediaType) == kind)
        }
        #expect(DrawingKind(mediaType: "application/pdf") == nil)
    }
}
