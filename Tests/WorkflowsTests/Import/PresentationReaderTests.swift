import Foundation
import Testing

@testable import Workflows

@Suite("Reading presentations")
struct PresentationReaderTests {
    /// The slides of a presentation: text, and the names of its pictures in order; empty for a film without one.
    private func read(_ deck: DeckFile) throws -> [(text: String, pictures: [String])] {
        try read(deck) { slide in
            (slide.text, slide.pictures.map { String($0.part?.split(separator: "/").last ?? "") })
        }
    }

    private func read<T>(_ deck: DeckFile, _ value: (PresentationReader.Slide) -> T) throws -> [T] {
        let path = FileManager.default.temporaryDirectory.appending(path: "deck-\(UUID().uuidString)").path()
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(atPath: path)
        }
        try Data(try deck.bytes()).write(to: URL(filePath: path))
        return try PresentationReader(path: path).slides {}.map(value)
    }

    private func pictures(_ shapes: String..., layout: String = "") throws -> [String] {
        let deck = DeckFile(slides: [shapes.joined()], media: ["a": [], "b": [], "c": []], layout: layout)
        return try read(deck)[0].pictures
    }

    private func picture(_ name: String, _ x: Int, _ y: Int, _ width: Int = 300, _ height: Int = 300) -> String {
        DeckFile.picture(name, DeckFile.place(x, y, width, height))
    }

    @Test("the main picture is the left-most one; in its column, 15 % of the slide wide, the highest")
    func mainPicture() throws {
        #expect(try pictures(picture("a", 400, 0), picture("b", 0, 600)) == ["b", "a"])
        #expect(try pictures(picture("a", 150, 0), picture("b", 0, 600)) == ["a", "b"])
        #expect(try pictures(picture("a", 151, 0), picture("b", 0, 600)) == ["b", "a"])
        #expect(try pictures(picture("a", 140, 5), picture("b", 0, 5)) == ["b", "a"])
        #expect(try pictures(picture("a", -900, 500), picture("b", 0, 0)) == ["a", "b"])
    }

    @Test("what covers less than 3 % of the slide is an ornament")
    func ornaments() throws {
        #expect(try pictures(picture("a", 0, 0, 100, 300), picture("b", 0, 0, 99, 300)) == ["a"])
        #expect(try pictures(picture("a", 0, 0, 0, 0)) == [])
    }

    @Test("a film comes before all pictures, of several films the left-most; one that is linked is a film, too")
    func films() throws {
        func film(_ name: String, _ poster: String, _ x: Int, _ size: Int = 300) -> String {
            DeckFile.film(name, poster: poster, DeckFile.place(x, 600, size, size))
        }
        var deck = DeckFile(
            slides: [
                picture("a", 0, 0) + film("f", "b", 500), film("g", "a", 400) + film("f", "b", 0) + picture("c", 0, 0),
                film("far", "a", 0), film("f", "", 0), film("f", "a", 0, 99) + picture("b", 0, 0),
            ], media: ["a": [], "b": [], "c": []], clips: ["f": [], "g": []])
        deck.references = #"<Relationship Id="far" Type="x/video" Target="https://x.example/" TargetMode="External"/>"#
        #expect(try read(deck).map(\.pictures) == [["b", "a"], ["b", "a", "c"], ["a"], [""], ["b"]])
        #expect(
            try read(deck) { $0.pictures.map(\.film) } == [
                [.embedded(part: "ppt/media/f"), nil],
                [.embedded(part: "ppt/media/f"), .embedded(part: "ppt/media/g"), nil], [.linked],
                [.embedded(part: "ppt/media/f")], [nil],
            ])
        #expect(try read(deck, \.sounds) == [[], [], [], [], []])
    }

    @Test("a sound is no picture, whatever its icon looks like; older programs name its part by other elements")
    func sounds() throws {
        let old = DeckFile.sound("s", icon: "a", DeckFile.place(0, 0, 900, 900))
        let wave = #"<a:wavAudioFile r:embed="s-old" name="x"/>"#
        let oldest = old.replacing(#"<a:audioFile r:link="s-old"/>"#, with: wave).replacing(
            #"r:embed="s"/>"#, with: #"r:embed="none"/>"#)
        let deck = DeckFile(
            slides: [old, oldest, old + picture("a", 0, 0)], media: ["a": []], clips: ["s": []])
        #expect(try read(deck).map(\.pictures) == [[], [], ["a"]])
        let sound = SlideReader.Clip.embedded(part: "ppt/media/s")
        #expect(try read(deck, \.sounds) == [[sound], [sound], [sound]])
    }

    @Test("pictures in groups lie where the groups put them, in groups of groups, too")
    func groups() throws {
        // The group's 100 by 100 become 500 by 500, in the lower right corner.
        let far = DeckFile.group(
            DeckFile.place(500, 500, 500, 500), children: (0, 0, 100, 100), picture("a", 0, 0, 60, 60))
        #expect(try pictures(far, picture("b", 200, 0)) == ["b", "a"])
        // Enlarged like that it is no ornament; the same without a group is.
        #expect(try pictures(far, picture("b", 200, 0, 60, 60)) == ["a"])
        let nested = DeckFile.group(
            DeckFile.place(0, 0, 1000, 1000), children: (1000, 1000, 1000, 1000),
            DeckFile.group(
                DeckFile.place(1600, 1000, 300, 300), children: (5000, 0, 300, 300), picture("a", 5000, 0)))
        #expect(try pictures(nested, picture("b", 400, 0)) == ["b", "a"])
        #expect(try pictures(nested, picture("b", 800, 0)) == ["a", "b"])
    }

    @Test("turned and flipped pictures and groups lie where they are drawn")
    func turned() throws {
        // 800 by 100, upright: from 350 to 450 instead of from 0 to 800.
        let upright = DeckFile.picture("a", DeckFile.place(0, 450, 800, 100, #"rot="5400000""#))
        #expect(try pictures(upright, picture("b", 195, 900)) == ["b", "a"])
        let lying = DeckFile.picture("a", DeckFile.place(0, 450, 800, 100))
        #expect(try pictures(lying, picture("b", 195, 900)) == ["a", "b"])
        // Turned by half, what is on the left of a group is on its right; mirrored, too.
        for attributes in [#"rot="10800000""#, #"flipH="1""#] {
            let group = DeckFile.group(
                DeckFile.place(0, 0, 1000, 1000, attributes), children: (0, 0, 1000, 1000), picture("a", 0, 400))
            #expect(try pictures(group, picture("b", 400, 400)) == ["b", "a"])
        }
    }

    @Test("a picture without a place lies where its placeholder is in the layout, or else covers the slide")
    func placeholders() throws {
        let layout = """
            <p:sp><p:nvSpPr><p:cNvPr id="9" name=""/><p:cNvSpPr/><p:nvPr><p:ph type="pic" idx="13"/></p:nvPr></p:nvSpPr>
            <p:spPr>\(DeckFile.place(600, 0, 300, 300))</p:spPr></p:sp>
            """
        let inherited = DeckFile.picture("a", "", placeholder: #"<p:ph type="pic" idx="13"/>"#)
        #expect(try pictures(inherited, picture("b", 300, 0), layout: layout) == ["b", "a"])
        #expect(try pictures(inherited, picture("b", 300, 0)) == ["a", "b"])
    }

    @Test("what only newer programs show is taken as it looks to others")
    func alternatives() throws {
        let content = """
            <mc:AlternateContent><mc:Choice Requires="x">\(picture("a", 0, 0))</mc:Choice>
            <mc:Fallback>\(picture("b", 0, 0))</mc:Fallback></mc:AlternateContent>
            """
        #expect(try pictures(content, picture("c", 500, 500)) == ["b", "c"])
    }

    @Test("the texts are those of shapes, groups and tables, a line each, without numbers of slides")
    func texts() throws {
        let table = """
            <p:graphicFrame><p:nvGraphicFramePr/><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>表の中</a:t>
            </a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>
            """
        let broken = "<a:p><a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>two </a:t></a:r><a:r><a:t>parts</a:t></a:r></a:p>"
        let shapes =
            DeckFile.text(" 監修「青い目」&amp; ", "  ") + DeckFile.text("7", placeholder: #"<p:ph type="sldNum" idx="4"/>"#)
            + DeckFile.group(DeckFile.place(0, 0, 9, 9), children: (0, 0, 9, 9), DeckFile.text("in a group")) + table
            + DeckFile.text("x").replacing("<a:p><a:r><a:rPr/><a:t>x</a:t></a:r></a:p>", with: broken)
        #expect(
            try read(DeckFile(slides: [shapes, ""])).map(\.text) == [
                "監修「青い目」&\nin a group\n表の中\none\ntwo parts", "",
            ])
    }

    @Test("references out of the file lead nowhere")
    func external() throws {
        var deck = DeckFile(slides: [DeckFile.picture("out", DeckFile.place(0, 0, 900, 900)) + picture("a", 0, 0)])
        deck.media = ["a": []]
        deck.references = """
            <Relationship Id="out" Type="x/image" Target="file:///etc/passwd" TargetMode="External"/>
            <Relationship Id="up" Type="x/image" Target="../../../../etc/passwd"/>
            """
        #expect(try read(deck)[0].pictures == ["a"])
        deck.slides[0] += DeckFile.picture("up", DeckFile.place(0, 0, 900, 900))
        // It is a name inside the file, where there is nothing of that name.
        #expect(try read(deck)[0].pictures == ["a", "passwd"])
    }

    @Test("too many slides, a document type and what is not well-formed are refused")
    func refusals() throws {
        func kind(_ deck: DeckFile) -> OfficeError.Kind? {
            do {
                _ = try read(deck)
                return nil
            } catch {
                return (error as? OfficeError)?.kind
            }
        }
        #expect(kind(DeckFile(slides: Array(repeating: "", count: 500))) == nil)
        #expect(kind(DeckFile(slides: Array(repeating: "", count: 501))) == .tooLarge)
        var bomb = DeckFile(slides: [DeckFile.text("&a;")])
        bomb.prolog = #"<!DOCTYPE x [<!ENTITY a "aaaa">]>"#
        #expect(kind(bomb) == .corrupt)
        #expect(kind(DeckFile(slides: ["<p:sp>"])) == .corrupt)
        // Groups in each other without end are cut off, not followed.
        let open = String(repeating: "<p:grpSp><p:grpSpPr/>", count: 200)
        let close = String(repeating: "</p:grpSp>", count: 200)
        #expect(try pictures(open + picture("a", 0, 0) + close, picture("b", 0, 0)) == ["b"])
    }
}
