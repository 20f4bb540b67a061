import Archive
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Reviews on the slides of others")
struct OriginalDeckTests {
    private func comment(_ number: Int, _ text: String, _ bytes: [UInt8]?) -> ExportComment {
        let picture = bytes.map {
            DeckPicture(source: .bytes($0), format: .jpeg, pixelWidth: 300, pixelHeight: 200)
        }
        return ExportComment(
            number: number, post: ExportComment.Post(author: "山田", date: "2026/04/01", text: text, picture: picture),
            shape: .rectangle, box: ExportFinding.Box(x: 0.1, y: 0.1, width: 0.2, height: 0.2))
    }

    /// The presentation with the comments on its first slide.
    private func exported(_ deck: [UInt8], _ comments: ExportComment...) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "deck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(at: folder)
        }
        let (original, made) = (folder.appending(path: "original"), folder.appending(path: "made"))
        try Data(deck).write(to: original)
        let picture = ReviewedPicture(title: "正面", picture: nil, findings: [], comments: comments)
        let review = OriginalDeck.Review(slide: 1, picture: picture)
        try OriginalDeck(path: original.path(), reviews: [review], language: .japanese) {}
            .write(to: made.path()) { _ in }
        return Array(try Data(contentsOf: made))
    }

    private func deck() throws -> [UInt8] {
        let picture = DeckFile.picture("a", DeckFile.place(0, 0, 6_000_000, 6_000_000))
        return try DeckFile(slides: [picture], side: 9_000_000, media: ["a": []]).bytes()
    }

    @Test("pictures of comments are in their cards, on the slide itself and on those that go on behind it")
    func attachments() throws {
        let long = String(repeating: "ここを直してください。", count: 450)
        let package = try ReadPackage(exported(deck(), comment(1, "一", [1, 1]), comment(2, long, [2, 2])))
        func attachments(of part: String) throws -> [[UInt8]] {
            let targets = package.targets(of: part)
            return try #require(package.parts[part]).all("p:pic").compactMap { picture in
                guard picture.first("p:cNvPr")?["name"]?.hasPrefix("Attachment") == true,
                    let id = picture.first("a:blip")?["r:embed"], let target = targets[id]
                else { return nil }
                return try package.reader.read(target)
            }
        }
        #expect(try attachments(of: "ppt/slides/0.xml") == [[1, 1]])
        let later = package.names.filter { $0.hasPrefix("ppt/slides/aimage") && $0.hasSuffix(".xml") }
        #expect(try later.flatMap { try attachments(of: $0) } == [[2, 2]])
        let types = package.parts["[Content_Types].xml"]?.all("Override") ?? []
        let typed = types.filter { $0["ContentType"] == "image/jpeg" }.compactMap { $0["PartName"] }
        let media = package.names.filter { $0.hasPrefix("ppt/media/aimage") }
        #expect(Swift.Set(typed) == Swift.Set(media.map { "/\($0)" }))
    }

    @Test("marks lie on the picture that was imported, which is not the first one if that cannot be read")
    func unreadable() throws {
        let shapes =
            DeckFile.picture("a", DeckFile.place(0, 0, 3_000_000, 6_000_000))
            + DeckFile.picture("b", DeckFile.place(4_000_000, 1_000_000, 2_000_000, 3_000_000))
        let metafile: [UInt8] = [0xD7, 0xCD, 0xC6, 0x9A, 0, 0]
        let media = ["a": metafile, "b": try pngBytes()]
        let made = try exported(
            DeckFile(slides: [shapes], side: 9_000_000, media: media).bytes(), comment(1, "一", nil))
        let slide = try #require(try ReadPackage(made).parts["ppt/slides/0.xml"])
        let mark = try #require(slide.all("p:sp").first { $0.first("p:cNvPr")?["name"] == "Comment 1" })
        let corner = mark.first("a:xfrm")?.first("a:off")
        #expect(corner?["x"] == "4200000" && corner?["y"] == "1300000")
    }

    @Test("marks lie on the pixels that they mean, if people have seen the picture turned by EXIF")
    func turned() throws {
        let plain = try Picture(Bitmap(width: 60, height: 60, color: RGBColor(9, 9, 9))).jpegBytes()
        let picture = DeckFile.picture("a", DeckFile.place(0, 0, 6_000_000, 6_000_000))
        let media = ["a": PictureFiles.turned(plain, orientation: 6)]
        let made = try exported(
            DeckFile(slides: [picture], side: 9_000_000, media: media).bytes(), comment(1, "一", nil))
        let slide = try #require(try ReadPackage(made).parts["ppt/slides/0.xml"])
        let mark = try #require(slide.all("p:sp").first { $0.first("p:cNvPr")?["name"] == "Comment 1" })
        // Seen at the upper left is what is stored at the lower left: a tenth in, three tenths up to a tenth from below.
        let corner = mark.first("a:xfrm")?.first("a:off")
        #expect(corner?["x"] == "600000" && corner?["y"] == "4200000", "\(String(describing: corner))")
    }

    @Test("what has been exported once can be exported once more, with names and ids of its own")
    func again() throws {
        let long = String(repeating: "ここを直してください。", count: 450)
        let once = try exported(deck(), comment(1, long, [1]))
        let first = try ReadPackage(once)
        let second = try ReadPackage(exported(once, comment(1, long, [2])))
        #expect(Swift.Set(second.names).count == second.names.count)
        let slides = try #require(first.parts["ppt/presentation.xml"]).all("p:sldId").count
        #expect(try #require(second.parts["ppt/presentation.xml"]).all("p:sldId").count == 2 * slides - 1)
        for (name, list) in second.parts where name.hasSuffix(".rels") {
            let ids = list.all("Relationship").compactMap { $0["Id"] }
            #expect(Swift.Set(ids).count == ids.count, "\(name)")
        }
        let media = second.names.filter { $0.hasPrefix("ppt/media/aimage") }
        #expect(try Swift.Set(media.map { try second.reader.read($0) }) == [[1], [2]])
    }
}
