import Imaging
import Testing

@Suite("Measures")
struct MeasuresTests {
    private func area(_ colors: [(RGBColor, Int)]) -> Bitmap {
        let samples = colors.flatMap { color, rows in
            (0..<(rows * 100)).flatMap { _ in [color.red, color.green, color.blue] }
        }
        return Bitmap(width: 100, height: colors.reduce(0) { $0 + $1.1 }, samples: samples)
    }

    @Test("A palette finds the colours and their shares, largest first")
    func palette() {
        let red = RGBColor(200, 30, 40)
        let blue = RGBColor(20, 40, 180)
        let white = RGBColor(250, 250, 250)
        let palette = Palette(of: area([(red, 20), (white, 50), (blue, 30)]))
        #expect(palette.entries.map(\.color) == [white, blue, red])
        #expect(palette.entries.map(\.share) == [0.5, 0.3, 0.2])
        #expect(Palette(of: area([(red, 20), (white, 50), (blue, 30)]), maximumColors: 2).entries.count == 2)
    }

    @Test("Transparent pixels do not count in a palette")
    func transparentPalette() {
        let bitmap = Bitmap(width: 2, height: 1, samples: [255, 0, 0, 0, 255, 0], opacity: [255, 0])
        #expect(Palette(of: bitmap).entries == [Palette.Entry(color: RGBColor(255, 0, 0), share: 1)])
        #expect(Palette(of: Bitmap(width: 1, height: 1, samples: [1, 2, 3], opacity: [0])).entries.isEmpty)
    }

    @Test("Palette distance is zero for the same colours, small for a shade, large for others, nil for none")
    func paletteDistance() throws {
        let first = Palette(of: area([(RGBColor(200, 30, 40), 40), (RGBColor(240, 240, 240), 60)]))
        let shade = Palette(of: area([(RGBColor(195, 34, 44), 40), (RGBColor(238, 240, 241), 60)]))
        let other = Palette(of: area([(RGBColor(30, 160, 40), 40), (RGBColor(20, 20, 60), 60)]))
        #expect(first.distance(to: first) == 0)
        #expect(try #require(first.distance(to: shade)) < 3)
        #expect(try #require(first.distance(to: other)) > 40)
        #expect(first.distance(to: Palette(entries: [])) == nil)
    }

    @Test("Perceptual hashes survive scaling and recompression and tell other pictures apart")
    func hashes() throws {
        let bitmap = TestPictures.blobs(160, 120, seed: 11)
        let picture = try Picture(bitmap)
        let small = try Picture.decode(.bytes(picture.resized(width: 90, height: 68).jpegBytes(quality: 60)))
        let map = LuminanceMap(bitmap)
        let again = LuminanceMap(try small.bitmap())
        let other = LuminanceMap(TestPictures.blobs(160, 120, seed: 12))
        let frequency = PerceptualHash(frequenciesOf: map)
        #expect(frequency.distance(to: PerceptualHash(frequenciesOf: again)) <= 6)
        #expect(frequency.distance(to: PerceptualHash(frequenciesOf: other)) >= 18)
        let gradient = PerceptualHash(gradientsOf: map)
        #expect(gradient.distance(to: PerceptualHash(gradientsOf: again)) <= 6)
        #expect(gradient.distance(to: PerceptualHash(gradientsOf: other)) >= 18)
        #expect(BlockHash(of: map).similarity(to: BlockHash(of: again)) > 0.9)
        #expect(BlockHash(of: map).similarity(to: BlockHash(of: other)) < 0.5)
        #expect(PerceptualHash(bits: 0x1f).description == "000000000000001f")
        #expect(frequency.similarity(to: frequency) == 1)
    }

    @Test("A blurred picture is told from a sharp one, and a sharp subject from its soft background")
    func sharpness() throws {
        let sharp = TestPictures.checks(160, 120, square: 11, RGBColor(40, 60, 90), RGBColor(220, 200, 160))
        let soft = TestPictures.checks(8, 6, square: 4, RGBColor(90, 100, 90), RGBColor(160, 150, 140))
        let blurred = try Picture(soft).resized(width: 160, height: 120)
        #expect(!PictureQuality(of: LuminanceMap(sharp)).isBlurred)
        #expect(PictureQuality(of: LuminanceMap(try blurred.bitmap())).isBlurred)
        var subject = try blurred.bitmap()
        for y in 40..<80 { for x in 60..<100 { subject[x, y] = sharp[x, y] } }
        #expect(!PictureQuality(of: LuminanceMap(subject)).isBlurred)
    }

    @Test("An even surface is blank, also with a little noise; a drawing is not")
    func blank() {
        var random = SplitMix(state: 7)
        var noisy = Bitmap(width: 80, height: 60, color: RGBColor(200, 200, 200))
        for index in noisy.samples.indices { noisy.samples[index] = UInt8(198 + random.next() % 4) }
        let even = PictureQuality(of: LuminanceMap(Bitmap(width: 80, height: 60, color: RGBColor(3, 99, 7))))
        #expect(even.isBlank && !even.isBlurred && even.entropy == 0)
        #expect(PictureQuality(of: LuminanceMap(noisy)).isBlank)
        #expect(!PictureQuality(of: LuminanceMap(TestPictures.blobs(80, 60, seed: 1))).isBlank)
    }

    @Test("Colour coverage measures the share and the bounds of the largest patch")
    func coverage() {
        var bitmap = Bitmap(width: 100, height: 50, color: RGBColor(240, 240, 240))
        for y in 10..<20 { for x in 30..<50 { bitmap[x, y] = RGBColor(250, 5, 5) } }
        for x in 90..<95 { bitmap[x, 40] = RGBColor(255, 0, 0) }
        let red = ColorCoverage(of: RGBColor(255, 0, 0), in: bitmap, tolerance: 10)
        #expect(red.share == 205.0 / 5000)
        #expect(red.largestPatch == PixelRectangle(x: 30, y: 10, width: 20, height: 10))
        #expect(red.largestPatchShare == 200.0 / 5000)
        let blue = ColorCoverage(of: RGBColor(0, 0, 255), in: bitmap, tolerance: 10)
        #expect(blue.share == 0 && blue.largestPatch == nil && blue.meanColor == nil)
    }

    @Test("Patches that touch only at a corner are apart")
    func patches() {
        let mask = [true, false, false, false, true, true, false, false, true].map { $0 }
        let patches = ConnectedPatch.all(in: mask, width: 3, height: 3)
        #expect(patches.map(\.count) == [3, 1])
        #expect(patches.first?.bounds == PixelRectangle(x: 1, y: 1, width: 2, height: 2))
    }

    @Test("Resampling keeps the mean and gives the size asked for")
    func resampling() {
        let map = LuminanceMap(TestPictures.blobs(90, 61, seed: 21))
        for (width, height) in [(45, 61), (13, 7), (9, 8), (200, 3)] {
            let small = map.resampled(width: width, height: height)
            #expect((small.width, small.height) == (width, height))
            #expect(abs(small.mean - map.mean) < 3)
        }
    }

    @Test("Overlap is 1 for equal boxes, 0 for separate ones and the share in between")
    func overlap() {
        let box = PixelRectangle(x: 0, y: 0, width: 10, height: 10)
        #expect(box.overlap(with: box) == 1)
        #expect(box.overlap(with: PixelRectangle(x: 10, y: 0, width: 5, height: 5)) == 0)
        #expect(box.overlap(with: PixelRectangle(x: 5, y: 0, width: 10, height: 10)) == 50.0 / 150)
    }
}
