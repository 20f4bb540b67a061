import Archive
import Clients
import Database
import Foundation
import Imaging
import Testing

@testable import Workflows

@Suite("What people lay over pictures", .timeLimit(.minutes(15)))
struct PictureLayerTests {
    @Test("an exported slide shows overlays as opaque as they are, in their place, and the colours of samples")
    func drawn() async throws {
        try await withExport { stage in
            let red = try Picture(Bitmap(width: 10, height: 10, color: RGBColor(220, 20, 20))).pngBytes()
            try await stage.objects.put(.bytes(red), at: try .init("pictures/red"))
            let attached = try await stage.world.picture(key: "pictures/red", width: 10, height: 10)
            let annotations = AnnotationStore(pool: stage.world.pool)
            for content in [
                AnnotationContent(
                    text: "", shape: "PICTURE_OVERLAY", area: .init(x: 0.5, y: 0.5, width: 0.25, height: 0.5),
                    attachmentID: attached, opacity: 0.25),
                AnnotationContent(
                    text: "", shape: "COLOR_SAMPLE", area: .init(x: 0.05, y: 0.05, width: 0.1, height: 0.1),
                    sampledColor: "#112233", referenceColor: "#ffeedd"),
            ] {
                _ = try await annotations.create(
                    viewer: stage.world.member, subtaskID: stage.subtaskIDs[0], parentID: nil, content: content)
            }
            try await stage.handler.run(try await stage.claim())
            let key = try #require(
                try await stage.world.text(
                    "select object_key from assets join exports on exports.asset_id = assets.id where exports.id = \(stage.exportID)"
                ))
            let deck = try ZIPReader(bytes: try await stage.objects.get(try .init(key)))
            let pictures = try deck.entries.map(\.name).filter { $0.hasPrefix("ppt/media/") }
                .map { try Picture.decode(.bytes(try deck.read($0))) }
            let shown = try #require(
                pictures.first { $0.width == 640 && (try? $0.bitmap()[32, 24]) == RGBColor(0x11, 0x22, 0x33) })
            let bitmap = try shown.bitmap()
            let plain = RGBColor(20, 120, 220)
            // A quarter of the red, three quarters of what is below.
            #expect(bitmap[400, 360] == RGBColor(70, 95, 170))
            #expect((bitmap[319, 360], bitmap[480, 360], bitmap[400, 239]) == (plain, plain, plain))
            #expect(bitmap[32 + 19, 24] == RGBColor(0xFF, 0xEE, 0xDD))
            #expect(bitmap[32 + 38, 24] == plain)
            #expect(pictures.contains { $0.width == 640 && (try? $0.bitmap()[400, 360]) == plain }, "the other picture")
        }
    }

    @Test("what lies partly outside of the picture is cut off, and what is transparent stays so")
    func edges() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "layers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What is left over is in the temporary directory; a test does not fail for it.
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appending(path: name).path() }
        func write(_ picture: Picture, _ name: String) throws {
            try Data(try picture.pngBytes()).write(to: URL(filePath: path(name)))
        }
        try write(Picture(Bitmap(width: 20, height: 20, color: RGBColor(200, 200, 200))), "below")
        let black = Bitmap(width: 2, height: 1, color: RGBColor(0, 0, 0))
        try write(Picture(black, opacity: [255, 0]), "over")
        var comment = ExportComment(
            number: 1,
            post: .init(
                author: "", date: "", text: "",
                picture: DeckPicture(source: .file(path: path("over")), format: .png, pixelWidth: 2, pixelHeight: 1)),
            box: .init(x: 0.9, y: 0, width: 0.2, height: 0.5), layer: .picture(opacity: 1))
        let layer = try #require(PictureLayer(comment))
        try PictureLayer.draw([layer], over: path("below"), as: .png, to: path("drawn"))
        let drawn = try Picture.decode(.file(path("drawn"))).bitmap()
        #expect((drawn.width, drawn.height) == (20, 20))
        #expect(drawn[18, 5].red < 40 && drawn[17, 5] == RGBColor(200, 200, 200))
        #expect(drawn[18, 12] == RGBColor(200, 200, 200))
        comment.box = .init(x: 0, y: 0, width: 1, height: 0.5)
        try PictureLayer.draw(
            [try #require(PictureLayer(comment))], over: path("below"), as: .png, to: path("whole"))
        let whole = try Picture.decode(.file(path("whole"))).bitmap()
        #expect(whole[0, 5].red < 10 && whole[19, 5] == RGBColor(200, 200, 200), "black beside nothing")
        let fields = ExportComment(
            number: 2, post: .init(author: "", date: "", text: ""), box: .init(x: 0.9, y: 0, width: 0.2, height: 0.5),
            layer: .colours(sampled: "#ff0000", reference: "#00ff00"))
        try PictureLayer.draw(
            [layer, try #require(PictureLayer(fields))], over: path("below"), as: .png, to: path("both"))
        #expect(try Picture.decode(.file(path("both"))).bitmap()[18, 1] == RGBColor(255, 0, 0), "the last is on top")
    }
}
