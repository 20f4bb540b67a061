import Imaging
import Testing

@Suite("RegionSearch")
struct RegionSearchTests {
    private static let scene = TestPictures.blobs(240, 180, seed: 31)
    private static let place = PixelRectangle(x: 120, y: 60, width: 60, height: 48)

    private func reference(scaledBy factor: Double = 1) throws -> Picture {
        try Picture(Self.scene).cropped(to: Self.place).resized(
            width: Int(Double(Self.place.width) * factor), height: Int(Double(Self.place.height) * factor))
    }

    @Test(
        "A part of a picture is found at its place, also from a larger or smaller, recompressed copy",
        arguments: [
            1, 0.6, 1.7,
        ])
    func found(factor: Double) throws {
        let copy = try Picture.decode(.bytes(reference(scaledBy: factor).jpegBytes(quality: 70)))
        let match = try #require(try RegionSearch(in: Picture(Self.scene)).matches(of: RegionTemplate(copy)).first)
        #expect(match.rectangle.overlap(with: Self.place) > 0.8)
        #expect(match.score > 0.9)
        let comparison = try AlignedComparison(RegionTemplate(copy), with: Picture(Self.scene), at: match.rectangle)
        #expect(comparison.structure > 0.85 && comparison.hashDistance <= 10)
        #expect(comparison.meanDifference < 4 && comparison.deviations.isEmpty)
    }

    @Test("What is not in the picture is not found")
    func missing() throws {
        let other = try Picture(TestPictures.blobs(240, 180, seed: 32))
        let part = PixelRectangle(x: 60, y: 40, width: 120, height: 90)
        let template = try RegionTemplate(Picture(Self.scene).cropped(to: part))
        let match = try #require(try RegionSearch(in: other).matches(of: template).first)
        let comparison = try AlignedComparison(template, with: other, at: match.rectangle)
        #expect(0.6 * comparison.structure + 0.4 * comparison.edges < 0.75 && comparison.meanDifference > 10)
    }

    @Test("A recoloured part is still found, and the comparison says where, from what and to what")
    func recoloured() throws {
        var changed = Self.scene
        for y in 75..<95 { for x in 140..<160 { changed[x, y] = RGBColor(230, 30, 40) } }
        var original = Self.scene
        for y in 75..<95 { for x in 140..<160 { original[x, y] = RGBColor(40, 90, 220) } }
        let template = try RegionTemplate(Picture(original).cropped(to: Self.place))
        let picture = try Picture(changed)
        let match = try #require(try RegionSearch(in: picture).matches(of: template).first)
        #expect(match.rectangle.overlap(with: Self.place) > 0.8)
        let comparison = try AlignedComparison(template, with: picture, at: match.rectangle)
        let deviation = try #require(comparison.deviations.first)
        #expect(deviation.difference > 30)
        #expect(LabColor(deviation.expected).difference(from: LabColor(RGBColor(40, 90, 220))) < 6)
        #expect(LabColor(deviation.found).difference(from: LabColor(RGBColor(230, 30, 40))) < 6)
        #expect(abs(deviation.x - 20.0 / 60) < 0.06 && abs(deviation.width - 20.0 / 60) < 0.08)
        #expect(abs(deviation.y - 15.0 / 48) < 0.06 && abs(deviation.height - 20.0 / 48) < 0.08)
    }

    @Test("Transparent parts of a reference do not take part")
    func transparent() throws {
        let cut = Self.scene.cropped(to: Self.place)
        let opacity = (0..<(60 * 48)).map { index -> UInt8 in
            let dx = Double(index % 60) - 30
            let dy = Double(index / 60) - 24
            return dx * dx / 900 + dy * dy / 576 < 1 ? 255 : 0
        }
        var hidden = cut
        for index in opacity.indices where opacity[index] == 0 { hidden[index % 60, index / 60] = RGBColor(0, 255, 0) }
        let template = try RegionTemplate(Picture(hidden, opacity: opacity))
        let picture = try Picture(Self.scene)
        let match = try #require(try RegionSearch(in: picture).matches(of: template).first)
        #expect(match.rectangle.overlap(with: Self.place) > 0.7)
        let comparison = try AlignedComparison(template, with: picture, at: match.rectangle)
        #expect(comparison.structure > 0.85 && comparison.meanDifference < 5)
    }

    @Test("Several occurrences are reported apart, best first")
    func several() throws {
        var scene = TestPictures.blobs(300, 160, seed: 40)
        let stamp = TestPictures.blobs(50, 40, seed: 41)
        for (left, top) in [(20, 30), (200, 90)] {
            for y in 0..<40 { for x in 0..<50 { scene[left + x, top + y] = stamp[x, y] } }
        }
        let matches = try RegionSearch(in: Picture(scene)).matches(of: RegionTemplate(Picture(stamp)), limit: 2)
        #expect(matches.count == 2)
        for (left, top) in [(20, 30), (200, 90)] {
            let place = PixelRectangle(x: left, y: top, width: 50, height: 40)
            #expect(matches.contains { $0.rectangle.overlap(with: place) > 0.8 })
        }
        #expect(matches[0].score >= matches[1].score)
    }

    @Test("An even reference is refused, and a reference as large as the picture works")
    func edges() throws {
        let picture = try Picture(Self.scene)
        let even = try RegionTemplate(Picture(Bitmap(width: 30, height: 30, color: RGBColor(9, 9, 9))))
        #expect(!even.hasStructure)
        #expect(throws: ImagingError.self) { try RegionSearch(in: picture).matches(of: even) }
        let whole = try #require(try RegionSearch(in: picture).matches(of: RegionTemplate(picture)).first)
        #expect(whole.rectangle.overlap(with: PixelRectangle(x: 0, y: 0, width: 240, height: 180)) > 0.9)
    }

    @Test("A search stops when it is told to")
    func cancellation() throws {
        struct Stopped: Error {}
        var calls = 0
        #expect(throws: Stopped.self) {
            try RegionSearch(in: Picture(Self.scene)).matches(of: RegionTemplate(reference())) {
                calls += 1
                if calls == 3 { throw Stopped() }
            }
        }
        #expect(calls == 3)
    }
}
