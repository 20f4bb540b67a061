import Imaging
import Testing

@Suite("DemoIllustration")
struct DemoIllustrationTests {
    private func drawn(_ variant: DemoVariant = [], _ figure: DemoFigure = .sora, seed: UInt64 = 9) -> DemoIllustration
    {
        DemoIllustration(figure: figure, variant: variant, seed: seed, width: 240, height: 180)
    }

    @Test("The same description draws the same pixels, another seed other ones")
    func repeatable() {
        #expect(drawn().bitmap() == drawn().bitmap())
        #expect(drawn().bitmap() != drawn(seed: 10).bitmap())
    }

    @Test(
        "A fault changes the picture only where it is",
        arguments: [
            (DemoVariant.wrongEyeColor, DemoPart.eyes), (.wrongBadgeColor, .badge), (.missingNotice, .notice),
            (.forbiddenSymbol, .forbiddenSymbol),
        ])
    func faults(variant: DemoVariant, part: DemoPart) throws {
        let right = drawn().bitmap()
        let wrong = drawn(variant).bitmap()
        let place = try #require(drawn(variant).rectangle(of: part) ?? drawn().rectangle(of: part))
        var changed = 0
        for y in 0..<180 {
            for x in 0..<240 where right[x, y] != wrong[x, y] {
                changed += 1
                let isInside =
                    (place.x - 1...place.x + place.width).contains(x)
                    && (place.y - 1...place.y + place.height).contains(y)
                #expect(isInside, "\(x), \(y) is not in \(place)")
            }
        }
        #expect(changed > 20)
    }

    @Test("Parts that are not shown have no place")
    func places() {
        #expect(drawn(.missingNotice).rectangle(of: .notice) == nil)
        #expect(drawn().rectangle(of: .forbiddenSymbol) == nil)
        #expect(drawn(.missingFigure).rectangle(of: .eyes) == nil)
        #expect(drawn().rectangle(of: .face) != nil)
    }

    @Test(
        "Everything lies within the picture, for every seed and shape",
        arguments: [(240, 180), (180, 240), (300, 300), (480, 200)])
    func within(width: Int, height: Int) throws {
        for seed in 0..<60 {
            let drawn = DemoIllustration(
                figure: .ren, variant: .forbiddenSymbol, seed: UInt64(seed), width: width, height: height)
            let whole = PixelRectangle(x: 0, y: 0, width: width, height: height)
            for part in DemoPart.allCases {
                let place = try #require(drawn.rectangle(of: part))
                #expect(place.intersection(whole) == place, "\(part) of \(seed)")
            }
            let face = try #require(drawn.rectangle(of: .face))
            #expect(face.intersection(try #require(drawn.rectangle(of: .forbiddenSymbol))) == nil)
        }
    }

    @Test("References decode, round ones with transparency, and wrong eyes are plainly another colour")
    func references() throws {
        for part in [DemoPart.eyes, .badge, .forbiddenSymbol] {
            let picture = try Picture.decode(.bytes(DemoIllustration.reference(part, figure: .momo)))
            #expect(picture.hasAlpha == (part != .eyes))
            #expect(min(picture.width, picture.height) > 40)
            #expect(try RegionTemplate(picture).hasStructure)
        }
        let png = try DemoIllustration.render(figure: .ren, seed: 1, width: 120, height: 90)
        #expect(try PictureHeader.read(.bytes(png)) == PictureHeader(format: .png, width: 120, height: 90))
    }
}
