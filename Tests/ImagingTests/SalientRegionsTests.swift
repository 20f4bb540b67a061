import Imaging
import Testing

@Suite("What stands out in a picture")
struct SalientRegionsTests {
    private static func paint(_ rectangle: PixelRectangle, _ color: RGBColor, on bitmap: inout Bitmap) {
        for y in rectangle.y..<(rectangle.y + rectangle.height) {
            for x in rectangle.x..<(rectangle.x + rectangle.width) { bitmap[x, y] = color }
        }
    }

    @Test("Things on an even background are found at their places, the largest first, with their colours")
    func things() throws {
        let red = PixelRectangle(x: 60, y: 80, width: 240, height: 160)
        let blue = PixelRectangle(x: 480, y: 300, width: 120, height: 100)
        var bitmap = Bitmap(width: 720, height: 540, color: RGBColor(236, 232, 220))
        Self.paint(red, RGBColor(210, 30, 40), on: &bitmap)
        Self.paint(blue, RGBColor(30, 60, 200), on: &bitmap)
        let found = try Picture(bitmap).salientRegions(limit: 9)
        #expect(found.count == 2)
        for (region, (place, color)) in zip(found, [(red, RGBColor(210, 30, 40)), (blue, RGBColor(30, 60, 200))]) {
            #expect(region.rectangle.overlap(with: place) > 0.9)
            #expect(LabColor(region.color).distance(to: LabColor(color)) < 6)
            #expect(region.distinctness > 0.5 && region.distinctness <= 1)
        }
        #expect(try Picture(bitmap).salientRegions(limit: 1).count == 1)
    }

    @Test("What differs less is less distinct; what hardly differs, and an even surface, are nothing")
    func distinctness() throws {
        func find(_ color: RGBColor) throws -> [SalientRegion] {
            var bitmap = Bitmap(width: 300, height: 200, color: RGBColor(128, 128, 128))
            Self.paint(PixelRectangle(x: 100, y: 60, width: 90, height: 80), color, on: &bitmap)
            return try Picture(bitmap).salientRegions(limit: 9)
        }
        let strong = try #require(try find(RGBColor(255, 220, 0)).first)
        let weak = try #require(try find(RGBColor(180, 170, 120)).first)
        #expect(strong.distinctness > weak.distinctness + 0.1)
        #expect(try find(RGBColor(134, 130, 128)).isEmpty)
        #expect(try find(RGBColor(128, 128, 128)).isEmpty)
    }

    @Test("A drawn figure stands out from its background", arguments: [1, 2, 3, 4] as [UInt64])
    func figure(seed: UInt64) throws {
        let drawn = DemoIllustration(figure: .sora, seed: seed, width: 480, height: 360)
        let face = try #require(drawn.rectangle(of: .face))
        let found = try Picture(drawn.bitmap()).salientRegions(limit: 25)
        #expect(!found.isEmpty)
        #expect(found.contains { ($0.rectangle.intersection(face)?.area ?? 0) * 2 > face.area })
        for region in found {
            let place = region.rectangle
            #expect(place.x >= 0 && place.y >= 0 && place.x + place.width <= 480 && place.y + place.height <= 360)
        }
    }

    @Test("A look that is cancelled ends")
    func cancellation() throws {
        let picture = try Picture(Bitmap(width: 64, height: 64, color: RGBColor(0, 0, 0)))
        #expect(throws: CancellationError.self) {
            try picture.salientRegions(limit: 9) { throw CancellationError() }
        }
    }
}
