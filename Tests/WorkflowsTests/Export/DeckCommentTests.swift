import Archive
import Testing

@testable import Workflows

@Suite("Threads in a deck")
struct DeckCommentTests {
    private func post(_ text: String, author: String = "山田", picture: DeckPicture? = nil) -> ExportComment.Post {
        ExportComment.Post(author: author, date: "2026/04/01 09:00 UTC", text: text, picture: picture)
    }

    private func attachment(_ byte: UInt8) -> DeckPicture {
        DeckPicture(source: .bytes([byte]), format: .png, pixelWidth: 300, pixelHeight: 900)
    }

    private func package(
        _ comments: [ExportComment], size: (width: Int, height: Int) = (640, 480), isPicture: Bool = true
    ) throws -> ReadPackage {
        let picture = ReviewedPicture(
            title: "正面", note: "v2",
            picture: DeckPicture(
                source: .bytes([1]), format: .png, pixelWidth: size.width, pixelHeight: size.height),
            isPicture: isPicture, status: .denied, findings: [], comments: comments)
        return try ReadPackage(
            ReviewDeckExporter.write(
                ReviewDeck(
                    title: "T", sections: [DeckSection(title: "T", slides: [picture])], showsFindings: false)))
    }

    private func shapes(_ slide: XMLNode) -> [XMLNode] { slide.all("p:sp") + slide.all("p:cxnSp") }

    private func named(_ name: String, on slide: XMLNode) throws -> XMLNode {
        try #require(shapes(slide).first { $0.first("p:cNvPr")?["name"] == name })
    }

    private func rect(_ shape: XMLNode) throws -> EMURect {
        func value(_ element: String, _ attribute: String) throws -> Int {
            try #require(shape.first("a:xfrm")?.first(element)?[attribute].flatMap { Int($0) })
        }
        return try EMURect(
            x: value("a:off", "x"), y: value("a:off", "y"), width: value("a:ext", "cx"), height: value("a:ext", "cy"))
    }

    @Test(
        "each shape is drawn as what it is, at its place, whatever the picture's proportions",
        arguments: [(640, 480), (300, 1200), (3, 2), (9000, 100)])
    func shapes(size: (width: Int, height: Int)) throws {
        let box = ExportFinding.Box(x: 0.25, y: 0.5, width: 0.5, height: 0.25)
        let line = #"{"type": "line", "x1": 90, "y1": 80, "x2": 10, "y2": 20}"#
        let pen =
            #"{"width": 100, "height": 100, "objects": [{"type": "path", "path": [["M", 10, 20], ["L", 60, 70]]}]}"#
        func drawing(_ json: String) -> CanvasDrawing? {
            CanvasDrawing(json: Array(json.utf8), pixelWidth: 100, pixelHeight: 100)
        }
        let comments = [
            ExportComment(number: 1, post: post("a"), shape: .rectangle, box: box, colour: "FF0000"),
            ExportComment(number: 2, post: post("b"), shape: .ellipse, box: box),
            ExportComment(number: 3, post: post("c"), shape: .arrow, drawing: drawing(line)),
            ExportComment(number: 4, post: post("文字"), shape: .text, box: box),
            ExportComment(number: 5, post: post("e"), shape: .freehand, drawing: drawing(pen)),
            ExportComment(number: 6, post: post("f"), isSolved: true, shape: .arrow, box: box),
            ExportComment(number: 7, post: post("g")),
        ]
        let slide = try package(comments, size: size).slides[1]
        let picture = try rect(#require(slide.first("p:pic")))
        func at(_ x: Double, _ y: Double) -> EMUPoint { SlideLayout.point(.init(x: x, y: y), on: picture) }
        let marker = SlideLayout.marker(for: box, on: picture)
        let outline = try named("Comment 1", on: slide)
        #expect(try rect(outline) == marker && outline.first("a:prstGeom")?["prst"] == "rect")
        #expect(outline.first("a:ln")?.first("a:srgbClr")?["val"] == "FF0000")
        #expect(try named("Comment 2", on: slide).first("a:prstGeom")?["prst"] == "ellipse")
        let arrow = try named("Comment 3", on: slide)
        #expect(arrow.name == "p:cxnSp" && arrow.first("a:tailEnd")?["type"] == "triangle")
        #expect(arrow.first("a:xfrm")?["flipH"] == "1" && arrow.first("a:xfrm")?["flipV"] == "1")
        #expect(try rect(arrow) == EMURect(around: [at(0.1, 0.2), at(0.9, 0.8)]))
        #expect(try named("Comment 4", on: slide).first("p:txBody")?.content == "文字")
        let freehand = try named("Comment 5", on: slide)
        #expect(try rect(freehand) == EMURect(around: [at(0.1, 0.2), at(0.6, 0.7)]))
        #expect(freehand.all("a:lnTo").count == 1 && freehand.first("a:moveTo")?.first("a:pt")?["x"] == "0")
        #expect(try named("Comment 6", on: slide).first("a:prstDash") != nil)
        let labels = shapes(slide).compactMap { $0.first("p:cNvPr")?["name"] }.filter { $0.hasSuffix("label") }
        #expect(labels.sorted() == (1...6).map { "Comment \($0) label" })
    }

    @Test("a thread is a card: who and when, what was answered below, solved, its time, pictures in it")
    func cards() throws {
        let comments = [
            ExportComment(
                number: 1, post: post("目の色が違う", picture: attachment(7)),
                replies: [
                    post("直しました", author: "佐藤"), post("確認", author: "鈴木", picture: attachment(8)),
                    post("ありがとう"),
                ], isSolved: true, time: "0:12–0:15"),
            ExportComment(number: 2, post: post("AIより", author: "AI"), isByAI: true),
        ]
        let package = try package(comments)
        let slides = package.slides[1...].filter { $0.content.contains("C1") }
        let cards = slides.flatMap { shapes($0) }.filter { $0.first("p:cNvPr")?["name"] == "Card C1" }
        #expect(
            cards.map { $0.all("a:p").map(\.content) } == [
                ["コメント · 解決済み · 0:12–0:15", "山田 · 2026/04/01 09:00 UTC", "目の色が違う"],
                ["↳ 佐藤 · 2026/04/01 09:00 UTC", "直しました", "↳ 鈴木 · 2026/04/01 09:00 UTC", "確認"],
                ["↳ 山田 · 2026/04/01 09:00 UTC", "ありがとう"],
            ])
        #expect(package.slides.contains { $0.content.contains("AIコメント") })
        let media = package.names.filter { $0.hasPrefix("ppt/media/") }
        #expect(try media.map { try package.reader.read($0) } == [[1], [7], [8]])
        for slide in package.slides {
            let frames = try slide.all("p:pic").map { try rect($0) }
            #expect(frames.allSatisfy { SlideLayout.slide.contains($0) })
            let holders = try shapes(slide).filter { $0.first("p:cNvPr")?["name"] == "Card C1" }.map { try rect($0) }
            for frame in frames.filter({ !SlideLayout.mat.contains($0) }) {
                #expect(holders.contains { $0.contains(frame) }, "a picture lies in its card")
            }
        }
    }

    @Test("long threads go on to further slides, and no word of them is lost")
    func overflow() throws {
        let text = (0..<900).map { "語\($0) " }.joined()
        let replies = (0..<40).map { post("返事\($0)", picture: $0.isMultiple(of: 10) ? attachment(9) : nil) }
        let package = try package([ExportComment(number: 1, post: post(text), replies: replies)])
        let cards = package.slides.flatMap { shapes($0) }.filter { $0.first("p:cNvPr")?["name"] == "Card C1" }
        // A word may be cut where a card goes on.
        let all = cards.flatMap { $0.all("a:p").map(\.content) }.filter { $0 != "続き" }.joined()
        for number in 0..<900 { #expect(all.contains("語\(number) ")) }
        for number in 0..<40 { #expect(all.contains("返事\(number)")) }
        #expect(package.slides.flatMap { $0.all("p:pic") }.count == 5)
    }

    @Test("a material that is no picture has its list over the whole slide and no marks")
    func withoutPicture() throws {
        let box = ExportFinding.Box(x: 0, y: 0, width: 1, height: 1)
        let package = try package(
            [ExportComment(number: 1, post: post("ここ"), shape: .rectangle, box: box)], isPicture: false)
        let slide = package.slides[1]
        #expect(slide.first("p:pic") == nil && !package.names.contains { $0.hasPrefix("ppt/media/") })
        #expect(shapes(slide).allSatisfy { $0.first("p:cNvPr")?["name"] != "Comment 1" })
        #expect(SlideLayout.continuationColumns[0].contains(try rect(named("Card C1", on: slide))))
    }

    @Test("the statuses of all materials are a table that leads to them")
    func statuses() throws {
        let package = try package([ExportComment(number: 1, post: post("a"))])
        let slide = try #require(package.slides.last)
        let rows = slide.all("a:tr").map { $0.all("a:tc").map(\.content) }
        #expect(rows.dropFirst() == [["2", "T", "正面", "v2", "差し戻し", "", "", "", "1"]])
        let link = try #require(slide.first("a:hlinkClick")?["r:id"])
        #expect(package.targets(of: "ppt/slides/slide3.xml")[link] == "ppt/slides/slide2.xml")
    }

    @Test("many materials take several pages of the table, each whole")
    func manyStatuses() throws {
        let slides = (0..<70).map { index in
            ReviewedPicture(
                title: "素材 \(index) " + String(repeating: "長い名前", count: index % 30), picture: nil, isPicture: false,
                findings: [])
        }
        let deck = ReviewDeck(
            title: "P", sections: [DeckSection(title: "一", slides: slides), DeckSection(title: "二", slides: slides)])
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        #expect(package.slides.filter { $0.first("a:tbl") == nil && $0.content.contains("監修レポート") }.count == 2)
        let tables = package.slides.flatMap { $0.all("p:graphicFrame") }
            .filter { $0.first("p:cNvPr")?["name"]?.hasPrefix("Status") == true }
        #expect(tables.count > 2)
        #expect(tables.flatMap { $0.all("a:tr").dropFirst() }.count == 140)
        for table in tables {
            let heights = table.all("a:tr").compactMap { $0["h"].flatMap { Int($0) } }
            #expect(heights.reduce(0, +) <= SlideLayout.content.height)
        }
    }
}
