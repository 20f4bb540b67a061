import Imaging
import Testing

@Suite("Picture vectors")
struct PictureVectorTests {
    private func illustration(_ left: RGBColor, _ right: RGBColor, width: Int = 120, height: Int = 80) throws -> Picture
    {
        var bitmap = Bitmap(width: width, height: height, color: left)
        for y in 0..<height { for x in (width / 2)..<width { bitmap[x, y] = right } }
        return try Picture(bitmap)
    }

    @Test("the same picture in another size is as good as equal, other colours and other places are less so")
    func similarity() throws {
        let red = RGBColor(200, 30, 40)
        let blue = RGBColor(20, 40, 180)
        let green = RGBColor(30, 160, 60)
        let vector = try PictureVector(of: try illustration(red, blue))
        let larger = try PictureVector(of: try illustration(red, blue, width: 480, height: 320))
        let mirrored = try PictureVector(of: try illustration(blue, red))
        let other = try PictureVector(of: try illustration(green, green))
        #expect(vector.similarity(to: vector) > 0.9999)
        #expect(vector.similarity(to: larger) > 0.99)
        #expect(vector.similarity(to: mirrored) < vector.similarity(to: larger))
        #expect(vector.similarity(to: other) < vector.similarity(to: mirrored))
    }

    @Test("bytes come back as they were, and others are no vector")
    func bytes() throws {
        let vector = try PictureVector(of: try illustration(RGBColor(1, 2, 3), RGBColor(250, 9, 90)))
        #expect(vector.values.count == PictureVector.dimensions)
        #expect(PictureVector(bytes: vector.bytes) == vector)
        #expect(PictureVector(bytes: Array(vector.bytes.dropLast())) == nil)
    }

    @Test("a picture of one grey has a vector, too")
    func grey() throws {
        let grey = try PictureVector(of: try illustration(RGBColor(119, 119, 119), RGBColor(119, 119, 119)))
        #expect(grey.similarity(to: grey) > 0.9999)
    }
}
