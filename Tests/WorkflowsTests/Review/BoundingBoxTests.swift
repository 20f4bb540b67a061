import Testing
import Workflows

@Suite struct BoundingBoxTests {
    @Test func pixelsSurviveTheWayThroughFractionsForAnySizeOfPicture() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let imageWidth = Int.random(in: 1...12_000, using: &generator)
            let imageHeight = Int.random(in: 1...12_000, using: &generator)
            let x = Int.random(in: 0..<imageWidth, using: &generator)
            let y = Int.random(in: 0..<imageHeight, using: &generator)
            let width = Int.random(in: 1...(imageWidth - x), using: &generator)
            let height = Int.random(in: 1...(imageHeight - y), using: &generator)
            let box = try #require(
                BoundingBox(
                    pixelX: x, pixelY: y, width: width, height: height, imageWidth: imageWidth,
                    imageHeight: imageHeight))
            let pixels = box.pixels(imageWidth: imageWidth, imageHeight: imageHeight)
            #expect(pixels == (x, y, width, height), "in a picture of \(imageWidth) × \(imageHeight)")
        }
    }

    @Test func whatLiesOutsideThePictureIsCutOff() throws {
        let box = try #require(BoundingBox(x: -0.5, y: 0.75, width: 1, height: 1))
        #expect((box.x, box.y, box.width, box.height) == (0, 0.75, 0.5, 0.25))
    }

    @Test(arguments: [(0.0, 0.0, 0.0, 0.5), (0.5, 0.5, -0.1, 0.1), (1.0, 0.0, 0.5, 0.5), (.nan, 0, 1, 1)])
    func anEmptyRectangleIsNone(x: Double, y: Double, width: Double, height: Double) {
        #expect(BoundingBox(x: x, y: y, width: width, height: height) == nil)
    }

    @Test func aTinyRectangleKeepsOnePixelInsideThePicture() throws {
        let box = try #require(BoundingBox(x: 0.9999, y: 0, width: 0.0001, height: 0.0001))
        #expect(box.pixels(imageWidth: 10, imageHeight: 10) == (9, 0, 1, 1))
    }
}
