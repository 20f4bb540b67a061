import Clients
import Imaging
import Testing

@Suite("BoundingBox")
struct BoundingBoxTests {
    @Test("rule 22: pixels come back within one pixel from fractions, for any size of picture")
    func roundTrip() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5_000 {
            let size = (Int.random(in: 1...12_000, using: &random), Int.random(in: 1...12_000, using: &random))
            let x = Int.random(in: 0..<size.0, using: &random)
            let y = Int.random(in: 0..<size.1, using: &random)
            let rectangle = PixelRectangle(
                x: x, y: y, width: Int.random(in: 1...(size.0 - x), using: &random),
                height: Int.random(in: 1...(size.1 - y), using: &random))
            let box = try #require(BoundingBox(rectangle, imageWidth: size.0, imageHeight: size.1))
            let pixels = box.pixels(imageWidth: size.0, imageHeight: size.1)
            #expect(pixels == (rectangle.x, rectangle.y, rectangle.width, rectangle.height), "in \(size)")
        }
    }

    @Test("Fractions come back within one pixel from pixels, and stay inside the picture")
    func fractions() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5_000 {
            let (width, height) = (Int.random(in: 1...9_000, using: &random), Int.random(in: 1...9_000, using: &random))
            let box = try #require(
                BoundingBox(
                    x: Double.random(in: 0..<1, using: &random), y: Double.random(in: 0..<1, using: &random),
                    width: Double.random(in: 0.000_1...1, using: &random),
                    height: Double.random(in: 0.000_1...1, using: &random)))
            let pixels = box.pixels(imageWidth: width, imageHeight: height)
            #expect(pixels.x >= 0 && pixels.y >= 0 && pixels.width >= 1 && pixels.height >= 1)
            #expect(pixels.x + pixels.width <= width && pixels.y + pixels.height <= height)
            // A box thinner than a pixel is shown as one pixel; all others keep their edges.
            guard box.width * Double(width) >= 1, box.height * Double(height) >= 1 else { continue }
            #expect(abs(Double(pixels.x) - box.x * Double(width)) <= 1)
            #expect(abs(Double(pixels.y + pixels.height) - (box.y + box.height) * Double(height)) <= 1)
        }
    }

    @Test("What lies outside the picture is cut off, and nothing is no box")
    func clipping() throws {
        let box = try #require(BoundingBox(x: -0.5, y: 0.75, width: 1, height: 1))
        #expect((box.x, box.y, box.width, box.height) == (0, 0.75, 0.5, 0.25))
        for (x, y, width, height) in [(0.0, 0.0, 0.0, 0.5), (0.5, 0.5, -0.1, 0.1), (1, 0, 0.5, 0.5), (.nan, 0, 1, 1)] {
            #expect(BoundingBox(x: x, y: y, width: width, height: height) == nil)
        }
    }

    @Test("A part of a box is given in fractions of the box")
    func part() throws {
        let box = try #require(BoundingBox(x: 0.2, y: 0.4, width: 0.4, height: 0.2))
        let part = try #require(box.part(x: 0.5, y: 0.5, width: 0.5, height: 0.25))
        #expect(abs(part.x - 0.4) < 1e-12 && abs(part.y - 0.5) < 1e-12)
        #expect(abs(part.width - 0.2) < 1e-12 && abs(part.height - 0.05) < 1e-12)
    }
}
