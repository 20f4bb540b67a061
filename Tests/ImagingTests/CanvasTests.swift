import Imaging
import Testing

@Suite("Canvas")
struct CanvasTests {
    private let white = RGBColor(255, 255, 255)
    private let black = RGBColor(0, 0, 0)

    private func canvas(_ width: Int = 40, _ height: Int = 30) -> Canvas {
        Canvas(width: width, height: height, background: white)
    }

    @Test("A rectangle on whole pixels fills exactly them")
    func rectangle() {
        var canvas = canvas()
        canvas.fill(.rectangle(x: 5, y: 4, width: 10, height: 6), .solid(black))
        let bitmap = canvas.bitmap
        for y in 0..<30 {
            for x in 0..<40 {
                let isInside = (5..<15).contains(x) && (4..<10).contains(y)
                #expect(bitmap[x, y] == (isInside ? black : white), "at \(x), \(y)")
            }
        }
    }

    @Test("Edges are smooth: a half covered pixel is half filled, and the area of a circle is right")
    func smoothEdges() {
        var half = canvas()
        half.fill(.rectangle(x: 5.5, y: 4, width: 1, height: 1), .solid(black))
        #expect((126...129).contains(half.bitmap[5, 4].red) && (126...129).contains(half.bitmap[6, 4].red))
        var circle = canvas()
        circle.fill(.circle(DrawingPoint(20, 15), 10), .solid(black))
        let area = circle.bitmap.samples.reduce(0.0) { $0 + (255 - Double($1)) / 255 / 3 }
        #expect(abs(area - 314) < 3)
    }

    @Test("What leaves the surface is cut off, and nothing outside is touched")
    func clipping() {
        var canvas = canvas()
        canvas.fill(.circle(DrawingPoint(-500, 15), 10), .solid(black))
        canvas.fill(.circle(DrawingPoint(20, 900), 10), .solid(black))
        #expect(canvas.bitmap == Bitmap(width: 40, height: 30, color: white))
        canvas.fill(.rectangle(x: -1_000, y: -1_000, width: 5_000, height: 5_000), .solid(black))
        #expect(canvas.bitmap == Bitmap(width: 40, height: 30, color: black))
    }

    @Test("Outlines of one direction add up, so crossing lines have no holes")
    func winding() {
        var canvas = canvas()
        canvas.fill(
            .line([DrawingPoint(5, 15), DrawingPoint(35, 15), DrawingPoint(20, 5), DrawingPoint(20, 25)], width: 6),
            .solid(black))
        #expect(canvas.bitmap[20, 15] == black)
        #expect(canvas.bitmap[30, 15] == black)
    }

    @Test("Gradients go from one colour to the other, and opacity lets the ground shine through")
    func paints() {
        var canvas = canvas(101, 3)
        let all = DrawingPath.rectangle(x: 0, y: 0, width: 101, height: 3)
        canvas.fill(all, .linear(black, at: DrawingPoint(0, 0), white, at: DrawingPoint(101, 0)))
        #expect(canvas.bitmap[0, 1].red < 3 && canvas.bitmap[100, 1].red > 252)
        #expect((125...130).contains(canvas.bitmap[50, 1].red))
        canvas.fill(all, .radial(black, white, center: DrawingPoint(50.5, 1.5), radius: 50))
        #expect(canvas.bitmap[50, 1].red < 3 && canvas.bitmap[0, 1].red > 250)
        canvas.fill(all, .solid(white))
        canvas.fill(all, .solid(black, opacity: 0.5))
        #expect((127...128).contains(canvas.bitmap[7, 1].green))
    }

    @Test("A frame marks a rectangle and leaves its inside")
    func frame() {
        var canvas = canvas()
        canvas.frame(PixelRectangle(x: 8, y: 6, width: 20, height: 14), width: 2, .solid(black))
        #expect(canvas.bitmap[8, 12] == black && canvas.bitmap[27, 12] == black && canvas.bitmap[18, 12] == white)
    }

    @Test(
        "Every letter of the font draws something of its own", arguments: ["ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789©.-!"])
    func font(letters: String) {
        var seen: Swift.Set<[UInt8]> = []
        for letter in letters where letter != "0" {
            var canvas = canvas(36, 40)
            canvas.fill(
                StrokeFont.outline(String(letter), height: 24).placed(at: DrawingPoint(8, 8), scale: 1), .solid(black))
            #expect(canvas.bitmap.samples.contains(0), "\(letter)")
            #expect(seen.insert(canvas.bitmap.samples).inserted, "\(letter)")
        }
        #expect(StrokeFont.width(of: "", height: 10) == 0)
        #expect(StrokeFont.outline("日 ", height: 10).outlines.isEmpty)
    }
}
