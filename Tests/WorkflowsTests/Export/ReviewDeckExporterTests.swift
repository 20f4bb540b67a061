import Archive
import Foundation
import Testing

@testable import Workflows

@Suite("ReviewDeckExporter")
struct ReviewDeckExporterTests {
    private struct Stopped: Error, Equatable { let at: Int }

    private func finding(_ number: Int, _ length: Int = 20, box: ExportFinding.Box? = nil) -> ExportFinding {
        ExportFinding(
            number: number, severity: ExportFinding.Severity.allCases[number % 3], title: "項目 <\(number)> & \"x\"",
            description: String(repeating: "指摘", count: length) + "\n二行目\u{B}\u{1}", suggestion: "直す",
            box: box, isHeld: number.isMultiple(of: 4))
    }

    private func picture(_ index: Int, findings: [ExportFinding], size: (Int, Int) = (640, 480)) -> ReviewedPicture {
        ReviewedPicture(
            title: "画像 \(index) <&>", note: "v2",
            picture: DeckPicture(
                source: .bytes([0x89, 0x50, UInt8(index)]), format: index.isMultiple(of: 2) ? .png : .jpeg,
                pixelWidth: size.0, pixelHeight: size.1), findings: findings)
    }

    private var deck: ReviewDeck {
        let boxes = (1...5).map { finding($0, box: .init(x: Double($0) * 0.1, y: 0.2, width: 0.25, height: 0.5)) }
        var failing = picture(3, findings: [])
        failing.failures = [ExportFailure(title: "類似", reason: "時間切れ")]
        var missing = picture(4, findings: [finding(1)])
        missing.picture = nil
        return ReviewDeck(
            title: "第3弾 <キービジュアル> & \"監修\"",
            sections: [
                DeckSection(
                    title: "第3弾 <キービジュアル> & \"監修\"", subtitle: "案件", details: ["担当 山田"],
                    slides: [
                        picture(1, findings: boxes),
                        picture(2, findings: (1...40).map { finding($0, 60) }, size: (30, 900)), failing, missing,
                    ])
            ], createdAt: "2026-04-01T12:00:00Z")
    }

    @Test("every part is well-formed, typed once and reached by a relationship that leads somewhere")
    func package() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        #expect(package.names.first == "[Content_Types].xml")
        let types = try #require(package.parts["[Content_Types].xml"])
        let overrides = types.all("Override").compactMap { $0["PartName"] }
        #expect(Set(overrides).count == overrides.count)
        let defaults = Set(types.all("Default").compactMap { $0["Extension"] })
        var reached: Set<String> = ["[Content_Types].xml"]
        for name in package.names where name.hasSuffix(".rels") {
            reached.insert(name)
            let part = name.replacingOccurrences(of: "_rels/", with: "").dropLast(".rels".count)
            let targets = package.targets(of: String(part))
            #expect(!targets.isEmpty)
            for target in targets.values {
                #expect(package.names.contains(target), "\(name) leads to \(target)")
                reached.insert(target)
            }
        }
        #expect(Set(package.names) == reached)
        for name in package.names where !overrides.contains("/" + name) {
            let ending = String(name.split(separator: ".").last ?? "")
            #expect(defaults.contains(ending) && (ending != "xml" || name == "[Content_Types].xml"))
        }
        for part in overrides { #expect(package.names.contains(String(part.dropFirst()))) }
    }

    @Test("slides are listed once each, with ids of their own and relationships of the right kind")
    func presentation() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        let presentation = try #require(package.parts["ppt/presentation.xml"])
        #expect(presentation.children.map(\.name) == ["p:sldMasterIdLst", "p:sldIdLst", "p:sldSz", "p:notesSz"])
        let targets = package.targets(of: "ppt/presentation.xml")
        let listed = presentation.all("p:sldId").map { targets[$0["r:id"] ?? ""] }
        #expect(listed == (1...package.slides.count).map { "ppt/slides/slide\($0).xml" })
        let ids = presentation.all("p:sldId").compactMap { $0["id"].flatMap(Int.init) }
        #expect(Set(ids).count == listed.count && ids.allSatisfy { $0 >= 256 })
        #expect(presentation.first("p:sldMasterId").flatMap { targets[$0["r:id"] ?? ""] } != nil)
        #expect(package.slides.count == ReviewDeckExporter.slideCount(of: deck))
    }

    @Test("shape ids are unique on a slide, and every shape lies on the slide")
    func shapes() throws {
        for slide in try ReadPackage(ReviewDeckExporter.write(deck)).slides {
            let ids = slide.all("p:cNvPr").compactMap { $0["id"] }
            #expect(Set(ids).count == ids.count)
            for transform in slide.all("a:xfrm") + slide.all("p:xfrm") {
                let frame = try rect(transform)
                #expect(frame.width >= 0 && frame.height >= 0 && SlideLayout.slide.contains(frame))
            }
        }
    }

    @Test("elements stand in the order of the schema")
    func order() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        let orders: [String: [String]] = [
            "p:sld": ["p:cSld", "p:clrMapOvr"], "p:cSld": ["p:bg", "p:spTree"],
            "p:sp": ["p:nvSpPr", "p:spPr", "p:txBody"], "p:pic": ["p:nvPicPr", "p:blipFill", "p:spPr"],
            "p:graphicFrame": ["p:nvGraphicFramePr", "p:xfrm", "a:graphic"],
            "p:cxnSp": ["p:nvCxnSpPr", "p:spPr"],
            "p:spPr": [
                "a:xfrm", "a:custGeom", "a:prstGeom", "a:noFill", "a:solidFill", "a:ln",
            ], "a:ln": ["a:noFill", "a:solidFill", "a:prstDash", "a:round", "a:miter", "a:tailEnd"],
            "a:custGeom": ["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst", "a:rect", "a:pathLst"],
            "p:txBody": ["a:bodyPr", "a:lstStyle", "a:p"], "a:txBody": ["a:bodyPr", "a:lstStyle", "a:p"],
            "a:p": ["a:pPr", "a:r", "a:br", "a:fld", "a:endParaRPr"], "a:r": ["a:rPr", "a:t"],
            "a:rPr": ["a:solidFill", "a:latin", "a:ea", "a:hlinkClick"],
            "a:pPr": ["a:lnSpc", "a:spcBef", "a:spcAft", "a:buNone"], "a:tbl": ["a:tblPr", "a:tblGrid", "a:tr"],
            "a:tcPr": ["a:lnL", "a:lnR", "a:lnT", "a:lnB", "a:solidFill"],
            "p:sldMaster": ["p:cSld", "p:clrMap", "p:sldLayoutIdLst", "p:txStyles"],
        ]
        func check(_ node: XMLNode) {
            if let order = orders[node.name] {
                let places = node.children.map { order.firstIndex(of: $0.name) }
                #expect(places.allSatisfy { $0 != nil }, "unknown child of \(node.name)")
                // Runs and breaks may alternate.
                if node.name != "a:p" { #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted()) }
            }
            if node.name == "p:txBody" || node.name == "a:txBody" { #expect(node.all("a:p").count >= 1) }
            node.children.forEach(check)
        }
        package.parts.values.forEach(check)
    }

    @Test("each box is drawn at its place on its picture, numbered, in its colour, dashed if held")
    func markers() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        let slide = package.slides[1]
        let picture = try rect(#require(slide.first("p:pic")?.first("a:xfrm")))
        for finding in deck.sections[0].slides[0].findings {
            let shape = try #require(slide.all("p:sp").first { name($0) == "Finding \(finding.number)" })
            let box = try #require(finding.box)
            let frame = try rect(#require(shape.first("a:xfrm")))
            #expect(frame == SlideLayout.marker(for: box, on: picture))
            #expect(shape.first("p:cNvPr")?["descr"] == finding.title)
            #expect(shape.first("a:ln")?.first("a:srgbClr")?["val"] == DeckStyle.colour(finding.severity))
            #expect((shape.first("a:prstDash") != nil) == finding.isHeld)
            let label = try #require(slide.all("p:sp").first { name($0) == "Finding \(finding.number) label" })
            #expect(label.first("p:txBody")?.content == "\(finding.number)")
        }
    }

    @Test("the picture's slide embeds that picture's bytes")
    func media() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        let relationship = try #require(package.slides[1].first("a:blip")?["r:embed"])
        let target = try #require(package.targets(of: "ppt/slides/slide2.xml")[relationship])
        #expect(target == "ppt/media/image1.jpeg")
        #expect(try package.reader.read(target) == [0x89, 0x50, 1])
        #expect(package.names.filter { $0.hasPrefix("ppt/media/") }.count == 3, "the fourth picture cannot be had")
    }

    @Test("long lists go on to further slides, each finding's card is there")
    func overflow() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        let first = try #require(package.slides.firstIndex { $0.all("p:pic").contains { name($0) == "Picture 2" } })
        let next = try #require(package.slides[(first + 1)...].firstIndex { $0.first("p:pic") != nil })
        #expect(next - first > 2)
        let cards = package.slides[first..<next].flatMap { $0.all("p:sp") }.map(name)
        for number in 1...40 { #expect(cards.contains("Card \(number)")) }
    }

    @Test("the table at the end lists every finding and what could not be judged, and leads to the slides")
    func table() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        let tables = package.slides.flatMap { $0.all("p:graphicFrame") }.filter { name($0).hasPrefix("Findings") }
        let rows = tables.flatMap { $0.all("a:tr").dropFirst() }
            .map { $0.all("a:tc").map(\.content) }
        #expect(rows.allSatisfy { $0.count == 6 })
        let listed = rows.filter { $0[3] != "続き" }
        #expect(listed.count == deck.sections[0].slides.reduce(0) { $0 + $1.findings.count + $1.failures.count })
        #expect(listed[0][0] == "1" && listed[0][1] == "2" && listed[0][3] == "項目 <1> & \"x\"")
        #expect(listed.contains { $0[2] == "未評価" && $0[3] == "類似" && $0[4] == "時間切れ" })
        let number =
            try #require(
                package.slides.firstIndex { $0.all("p:graphicFrame").contains { name($0).hasPrefix("Findings") } }) + 1
        let link = try #require(package.slides[number - 1].first("a:hlinkClick")?["r:id"])
        #expect(package.targets(of: "ppt/slides/slide\(number).xml")[link] == "ppt/slides/slide2.xml")
        #expect(package.slides.last?.first("a:tbl") != nil)
    }

    @Test("what could not be judged is shown as not judged, never as safe")
    func failures() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        let slide = try #require(package.slides.first { $0.all("p:pic").contains { name($0) == "Picture 3" } })
        #expect(slide.content.contains("未評価"))
        #expect(!slide.content.contains("安全"))
        #expect(!slide.content.contains("指摘はありません"))
        #expect(package.slides[0].content.contains("未評価"))
    }

    @Test("a picture that cannot be had is said to be so")
    func missingPicture() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        #expect(package.slides.filter { $0.content.contains("画像を表示できません") }.count == 1)
    }

    @Test("Japanese fonts are named on every run")
    func fonts() throws {
        let package = try ReadPackage(ReviewDeckExporter.write(deck))
        for properties in package.slides.flatMap({ $0.all("a:rPr") }) {
            #expect(properties.first("a:ea")?["typeface"] == "Noto Sans CJK JP")
            #expect(properties["lang"] == "ja-JP")
        }
        var other = deck
        other.font = "Yu Gothic"
        other.language = .english
        let english = try ReadPackage(ReviewDeckExporter.write(other))
        #expect(english.slides[1].first("a:rPr")?.first("a:ea")?["typeface"] == "Yu Gothic")
        #expect(english.slides[1].content.contains("Suggestion: 直す"))
        #expect(english.parts["ppt/theme/theme1.xml"]?.first("a:ea")?["typeface"] == "Yu Gothic")
    }

    @Test("a deck without pictures has a title slide and an empty table")
    func empty() throws {
        let package = try ReadPackage(
            ReviewDeckExporter.write(ReviewDeck(title: "", sections: [DeckSection(title: "", slides: [])])))
        #expect(package.slides.count == 2)
        #expect(package.slides[1].content.contains("指摘はありません"))
    }

    @Test("the same deck makes the same bytes")
    func deterministic() throws {
        #expect(try ReviewDeckExporter.write(deck) == ReviewDeckExporter.write(deck))
    }

    @Test("progress counts every slide, and each picture is asked for when its slide is written")
    func progress() throws {
        let log = Log()
        var lazy = deck
        lazy.sections[0].slides = (1...3).map { index in
            var picture = picture(index, findings: [finding(1)])
            picture.picture?.source = .load {
                log.add("picture \(index)")
                return [UInt8(index)]
            }
            return picture
        }
        _ = try ReviewDeckExporter.write(lazy) { done, total in log.add("\(done)/\(total)") }
        #expect(
            log.entries == ["0/6", "1/6", "picture 1", "2/6", "picture 2", "3/6", "picture 3", "4/6", "5/6", "6/6"])
    }

    @Test("an error of the progress or of a picture ends the export and is thrown")
    func cancel() throws {
        #expect(throws: Stopped(at: 3)) {
            try ReviewDeckExporter.write(deck) { done, _ in if done == 3 { throw Stopped(at: done) } }
        }
        var failing = deck
        failing.sections[0].slides[1].picture?.source = .load { throw Stopped(at: 99) }
        #expect(throws: Stopped(at: 99)) { try ReviewDeckExporter.write(failing) }
        failing.sections[0].slides[1].picture?.source = .file(path: "/nonexistent.png")
        #expect(throws: ArchiveError.self) { try ReviewDeckExporter.write(failing) }
    }

    private func name(_ shape: XMLNode) -> String { shape.first("p:cNvPr")?["name"] ?? "" }

    private func rect(_ transform: XMLNode) throws -> EMURect {
        func value(_ element: String, _ attribute: String) throws -> Int {
            try #require(transform.first(element)?[attribute].flatMap { Int($0) })
        }
        return try EMURect(
            x: value("a:off", "x"), y: value("a:off", "y"), width: value("a:ext", "cx"), height: value("a:ext", "cy"))
    }
}

/// What happened, in order.
///
/// Unchecked since the exporter calls its closures on the caller's thread only.
private final class Log: @unchecked Sendable {
    private(set) var entries: [String] = []
    func add(_ entry: String) { entries.append(entry) }
}
