import Clients
import EventLoop
import Foundation
import Imaging
import Synchronization
import TestSupport
import Testing

@Suite("LocalReviewModel")
struct LocalReviewModelTests {
    private let model = LocalReviewModel()

    private static func picture(
        _ variant: DemoVariant = [], figure: DemoFigure = .sora, seed: UInt64 = 3
    ) throws -> (PictureSource, DemoIllustration) {
        let drawn = DemoIllustration(figure: figure, variant: variant, seed: seed, width: 480, height: 360)
        return (
            try drawings.drawing("\(figure)-\(variant.rawValue)-\(seed)") {
                try Picture(drawn.bitmap()).pngBytes(compression: 1)
            }, drawn
        )
    }

    private static func reference(_ part: DemoPart, figure: DemoFigure = .sora) throws -> PictureSource {
        try drawings.drawing("\(part)-\(figure)") { try DemoIllustration.reference(part, figure: figure) }
    }

    private static let drawings = DrawingCache()

    private func overlap(_ finding: FindingDraft?, _ part: DemoPart, _ drawn: DemoIllustration) throws -> Double {
        let pixels = try #require(finding?.area).pixels(imageWidth: drawn.width, imageHeight: drawn.height)
        return PixelRectangle(x: pixels.x, y: pixels.y, width: pixels.width, height: pixels.height)
            .overlap(with: try #require(drawn.rectangle(of: part)))
    }

    @Test("It does what every review model must do")
    func suite() async throws { try await ReviewModelSuite(model).run() }

    // visual_review

    @Test("A thing that looks like its reference is safe, with the box where it is")
    func visualMatch() async throws {
        let (picture, drawn) = try Self.picture()
        let verdict = try await model.review(
            ReviewRequest(kind: .visual, title: "バッジ", references: [Self.reference(.badge)], picture: picture))
        #expect(verdict.findings.map(\.severity) == [.safe])
        #expect(try overlap(verdict.findings.first, .badge, drawn) > 0.8)
        #expect(verdict.findings.first?.method?.contains("類似度") == true)
    }

    @Test("Eyes of another colour are a risk, with the place and both colours", arguments: DemoFigure.allCases)
    func wrongEyes(figure: DemoFigure) async throws {
        let (picture, drawn) = try Self.picture(.wrongEyeColor, figure: figure)
        let verdict = try await model.review(
            ReviewRequest(
                kind: .visual, title: "eyes", references: [Self.reference(.eyes, figure: figure)], picture: picture,
                language: .english))
        let finding = try #require(verdict.findings.first)
        #expect(finding.severity == .risk)
        #expect(finding.tag == "color")
        #expect(finding.description.split(separator: "#").count == 3)
        #expect(finding.suggestion?.hasPrefix("Change #") == true)
        let eyes = try #require(drawn.rectangle(of: .eyes))
        let area = try #require(finding.area).pixels(imageWidth: drawn.width, imageHeight: drawn.height)
        let box = PixelRectangle(x: area.x, y: area.y, width: area.width, height: area.height)
        #expect(box.intersection(eyes)?.area ?? 0 > box.area * 9 / 10)
    }

    @Test("Quality mode agrees with speed mode where the matter is plain", arguments: [DemoVariant.wrongEyeColor, []])
    func qualityMode(variant: DemoVariant) async throws {
        let (picture, _) = try Self.picture(variant)
        var request = ReviewRequest(
            kind: .visual, title: "eyes", references: [try Self.reference(.eyes)], picture: picture)
        let fast = try await model.review(request)
        request.mode = .quality
        #expect(try await model.review(request).severity == fast.severity)
    }

    @Test("What is not in the picture is an alert, never safe")
    func visualMissing() async throws {
        let (picture, _) = try Self.picture(.missingFigure)
        let verdict = try await model.review(
            ReviewRequest(kind: .visual, title: "eyes", references: [Self.reference(.eyes)], picture: picture))
        #expect(verdict.findings.map(\.severity) == [.alert])
        #expect(verdict.findings.first?.tag == "not_found")
        #expect(verdict.findings.first?.area == nil)
    }

    @Test("Of several views of one thing it is enough that one is found")
    func severalReferences() async throws {
        let (picture, _) = try Self.picture()
        let references = [try Self.reference(.face, figure: .ren), try Self.reference(.badge)]
        let verdict = try await model.review(
            ReviewRequest(kind: .visual, title: "x", references: references, picture: picture))
        #expect(verdict.severity == .safe)
    }

    @Test("Without reference pictures a person must look, and what cannot be compared too")
    func visualHuman() async throws {
        let (picture, _) = try Self.picture()
        var request = ReviewRequest(kind: .visual, title: "eyes", instruction: "teal", picture: picture)
        let verdict = try await model.review(request)
        #expect(verdict.findings.map(\.severity) == [.alert])
        #expect(verdict.findings.first?.suggestion == "teal")
        request.references = [try Self.reference(.eyes)]
        request.visualCheck = .numerical
        #expect(try await model.review(request).findings.map(\.tag) == ["human_check"])
        request.visualCheck = .classification
        #expect(try await model.review(request).severity == .alert)
    }

    @Test("A swatch as reference asks whether its colour occurs")
    func swatch() async throws {
        let (picture, drawn) = try Self.picture()
        let shirt = drawn.bitmap()[drawn.width / 2, drawn.height - 4]
        for (color, severity) in [(shirt, FindingSeverity.safe), (RGBColor(255, 0, 255), .alert)] {
            let swatch = try Picture(Bitmap(width: 20, height: 20, color: color)).pngBytes()
            let verdict = try await model.review(
                ReviewRequest(kind: .visual, title: "shirt", references: [.bytes(swatch)], picture: picture))
            #expect(verdict.findings.map(\.severity) == [severity])
        }
    }

    @Test("Blank, blurred and tiny pictures are told as such")
    func technicalQuality() async throws {
        let (picture, _) = try Self.picture()
        let small = try Picture.decode(picture).resized(width: 160, height: 120)
        let blurred = try small.resized(width: 16, height: 12).resized(width: 480, height: 360)
        let blank = try Picture(Bitmap(width: 480, height: 360, color: RGBColor(250, 250, 250)))
        for (bad, tag) in [(small, "low_resolution"), (blurred, "blurred"), (blank, "blank")] {
            let verdict = try await model.review(
                ReviewRequest(kind: .visual, title: "x", picture: .bytes(try bad.pngBytes())))
            #expect(verdict.findings.map(\.tag).contains(tag), "\(tag)")
            #expect(verdict.severity == .alert)
        }
    }

    // copyright_review

    @Test("A notice is found with its box, and a missing one is a risk")
    func notice() async throws {
        let reference = try Self.reference(.notice)
        let (picture, drawn) = try Self.picture()
        let found = try await model.review(
            ReviewRequest(kind: .copyright, title: "notice", references: [reference], picture: picture))
        #expect(found.findings.map(\.severity) == [.safe])
        #expect(try overlap(found.findings.first, .notice, drawn) > 0.8)
        #expect(found.findings.first?.method?.contains("文字認識") == true)
        let (without, _) = try Self.picture(.missingNotice)
        let missing = try await model.review(
            ReviewRequest(kind: .copyright, title: "notice", references: [reference], picture: without))
        #expect(missing.findings.map(\.severity) == [.risk])
    }

    @Test(
        "What a text reader reads counts, and without one the finding says that nothing was read",
        arguments: [
            ("printf '© AIMAGE DEMO 2025'", FindingSeverity.safe), ("printf '© AIMAGE DEMO 2024'", .alert),
            ("exit 1", .safe),
        ])
    func noticeText(script: String, expected: FindingSeverity) async throws {
        let folder = NSTemporaryDirectory() + "/reader-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // a leftover folder harms nobody
        let program = folder + "/tesseract"
        try "#!/bin/sh\ncat > /dev/null\n\(script)\n".write(toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let reader = try #require(TextReader.installed(searchPath: "/nonexistent:" + folder))
        let reading = LocalReviewModel(textReader: reader)
        #expect(reading.capabilities.readsText && !model.capabilities.readsText)
        let (picture, _) = try Self.picture()
        let verdict = try await reading.review(
            ReviewRequest(
                kind: .copyright, title: "notice", instruction: "「© AIMAGE DEMO 2025」",
                references: [Self.reference(.notice)], picture: picture))
        #expect(verdict.severity == expected)
    }

    @Test("No program, no reader")
    func noReader() { #expect(TextReader.installed(searchPath: "/nonexistent:/dev") == nil) }

    // general_ng_review

    @Test("A forbidden symbol is a risk with its box, and its absence one safe finding")
    func forbiddenSymbol() async throws {
        let reference = try Self.reference(.forbiddenSymbol)
        let (picture, drawn) = try Self.picture(.forbiddenSymbol)
        var request = ReviewRequest(
            kind: .generalNG, title: "雷の紋章", tags: ["紋章", "雷"], references: [reference], picture: picture)
        let verdict = try await model.review(request)
        #expect(verdict.severity == .risk)
        #expect(verdict.findings.first?.tag == "紋章")
        #expect(try overlap(verdict.findings.first, .forbiddenSymbol, drawn) > 0.8)
        request.picture = try Self.picture().0
        let clean = try await model.review(request)
        #expect(clean.findings.map(\.severity) == [.safe])
    }

    @Test("A mirrored forbidden symbol is found in quality mode")
    func mirrored() async throws {
        let (_, drawn) = try Self.picture(.forbiddenSymbol)
        let mirrored = try Picture(drawn.bitmap()).mirrored().pngBytes()
        let verdict = try await model.review(
            ReviewRequest(
                kind: .generalNG, title: "x", references: [Self.reference(.forbiddenSymbol)], picture: .bytes(mirrored),
                mode: .quality))
        #expect(verdict.severity == .risk)
    }

    @Test("A forbidden colour is measured, with the box of its largest patch")
    func forbiddenColor() async throws {
        var bitmap = Bitmap(width: 300, height: 240, color: RGBColor(240, 240, 235))
        for y in 60..<180 { for x in 30..<130 { bitmap[x, y] = RGBColor(255, 0, 0) } }
        let picture = PictureSource.bytes(try Picture(bitmap).pngBytes())
        let exact = try await model.review(
            ReviewRequest(kind: .generalNG, title: "赤", tags: ["#ff0000"], picture: picture))
        #expect(exact.findings.map(\.severity) == [.risk])
        #expect(
            exact.findings.first?.area?.pixels(imageWidth: 300, imageHeight: 240) ?? (0, 0, 0, 0) == (30, 60, 100, 120))
        let word = try await model.review(
            ReviewRequest(kind: .generalNG, title: "赤", tags: ["赤"], picture: picture))
        #expect(word.findings.map(\.severity) == [.alert])
        #expect(word.findings.first?.tag == "赤")
        let other = try await model.review(
            ReviewRequest(kind: .generalNG, title: "青", tags: ["青"], picture: picture))
        #expect(other.findings.map(\.severity) == [.safe])
    }

    @Test("Abstract motifs and checks without anything to compare ask for a person")
    func forbiddenHuman() async throws {
        let (picture, _) = try Self.picture()
        let nothing = try await model.review(ReviewRequest(kind: .generalNG, title: "暴力", picture: picture))
        #expect(nothing.findings.map(\.severity) == [.alert])
        let abstract = try await model.review(
            ReviewRequest(
                kind: .generalNG, title: "侮辱", tags: ["#ff00ff"], ngSubcategory: .abstractType, picture: picture))
        #expect(abstract.findings.map(\.tag) == ["human_check"])
    }

    // Everything else

    @Test("Settings and design ask for a person, text does not apply to pictures", arguments: ReviewKind.allCases)
    func otherKinds(kind: ReviewKind) async throws {
        let (picture, _) = try Self.picture()
        let verdict = try await model.review(ReviewRequest(kind: kind, title: "x", picture: picture))
        switch kind {
        case .text: #expect(verdict.status == .skippedIrrelevant("テキストの確認項目は画像には適用されません。"))
        default: #expect(verdict.findings.map(\.severity) == [.alert])
        }
    }

    @Test("An unreadable picture or reference is an error with a reason, for every kind that looks at them")
    func unreadable() async throws {
        let (picture, _) = try Self.picture()
        let damaged = PictureSource.bytes(Array(try DemoIllustration.reference(.badge, figure: .sora).prefix(200)))
        for kind in ReviewKind.allCases where kind != .text {
            for bad in [damaged, .file("/nonexistent.png"), .bytes([])] {
                let verdict = try await model.review(ReviewRequest(kind: kind, title: "x", picture: bad))
                #expect(failureCode(verdict) == "pictureUnreadable")
            }
        }
        for kind in [ReviewKind.visual, .copyright, .generalNG] {
            let references = [try Self.reference(.badge), damaged]
            let verdict = try await model.review(
                ReviewRequest(kind: kind, title: "x", references: references, picture: picture))
            #expect(failureCode(verdict) == "referenceUnreadable")
            #expect(verdict.severity == nil)
        }
        let even = PictureSource.bytes(
            try Picture(Bitmap(width: 30, height: 30, color: RGBColor(1, 2, 3))).pngBytes())
        let verdict = try await model.review(
            ReviewRequest(kind: .copyright, title: "x", references: [even], picture: picture))
        #expect(failureCode(verdict) == "referenceWithoutStructure")
    }

    private func failureCode(_ verdict: ReviewVerdict) -> String? {
        if case .error(let failure) = verdict.status { failure.code } else { nil }
    }
}

/// Drawings that several tests use, each drawn once.
private final class DrawingCache: Sendable {
    private let drawings = Mutex<[String: PictureSource]>([:])

    func drawing(_ name: String, _ draw: () throws -> [UInt8]) throws -> PictureSource {
        if let known = drawings.withLock({ $0[name] }) { return known }
        let drawn = PictureSource.bytes(try draw())
        drawings.withLock { $0[name] = drawn }
        return drawn
    }
}
