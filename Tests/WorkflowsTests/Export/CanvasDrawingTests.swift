import Testing

@testable import Workflows

@Suite("CanvasDrawing")
struct CanvasDrawingTests {
    private func parse(_ json: String, width: Int = 200, height: Int = 100) -> CanvasDrawing? {
        CanvasDrawing(json: Array(json.utf8), pixelWidth: width, pixelHeight: height)
    }

    private func expectPoints(
        _ stroke: CanvasDrawing.Stroke?, _ expected: [(Double, Double)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let points = stroke?.points ?? []
        #expect(points.count == expected.count, sourceLocation: sourceLocation)
        for (point, (x, y)) in zip(points, expected) {
            #expect(abs(point.x - x) < 1e-9 && abs(point.y - y) < 1e-9, "\(point)", sourceLocation: sourceLocation)
        }
    }

    @Test("a path without a place is where its numbers say, in the picture's pixels")
    func absolutePath() throws {
        let drawing = try #require(
            parse(
                ##"{"objects": [{"type": "path", "path": [["M", 20, 10], ["L", 100, 50]], "stroke": "#f80", "strokeWidth": 4}]}"##
            ))
        expectPoints(drawing.strokes.first, [(0.1, 0.1), (0.5, 0.5)])
        #expect(drawing.strokes[0].colour == "FF8800" && drawing.strokes[0].width == 0.02)
    }

    @Test("a placed path is moved, scaled and turned around its middle, as fabric.js does it")
    func placedPath() throws {
        // Its area is 40 × 20 with a line of 2: twice as large, the corner at (50, 10), so the middle is at (92, 32).
        let placed = try #require(
            parse(
                """
                {"objects": [{"type": "Path", "path": [["M", 0, 0], ["L", 40, 20]], "left": 50, "top": 10,
                  "scaleX": 2, "scaleY": 2, "strokeWidth": 2}]}
                """))
        expectPoints(placed.strokes.first, [(52.0 / 200, 12.0 / 100), (132.0 / 200, 52.0 / 100)])
        let turned = try #require(
            parse(
                """
                {"objects": [{"type": "path", "path": [["M", 0, 0], ["L", 40, 0]], "left": 100, "top": 50,
                  "originX": "center", "originY": "center", "angle": 90}]}
                """))
        expectPoints(turned.strokes.first, [(0.5, 0.3), (0.5, 0.7)])
    }

    @Test("a canvas of another size has the picture's place; what lies outside is cut at its edge")
    func canvasSize() throws {
        let drawing = try #require(
            parse(
                """
                {"width": 100, "height": 50, "objects": [
                  {"type": "polyline", "points": [{"x": 10, "y": 5}, {"x": 250, "y": -9}]}]}
                """))
        expectPoints(drawing.strokes.first, [(0.1, 0.1), (1, 0)])
    }

    @Test("curves pass through their ends, closed figures are closed, groups hold figures")
    func figures() throws {
        let drawing = try #require(
            parse(
                """
                {"objects": [
                  {"type": "path", "path": [["M", 0, 0], ["Q", 50, 0, 100, 50], ["C", 100, 60, 110, 70, 120, 80], ["Z"]]},
                  {"type": "circle", "radius": 10, "left": 100, "top": 50, "originX": "center", "originY": "center"},
                  {"type": "group", "left": 100, "top": 50, "originX": "center", "originY": "center", "objects": [
                    {"type": "rect", "width": 20, "height": 10, "left": 10, "top": 0, "originX": "center",
                     "originY": "center"}]},
                  {"type": "image", "src": "http://example.com/x.png"}]}
                """))
        #expect(drawing.strokes.count == 3)
        let curve = drawing.strokes[0].points
        #expect(curve.count == 1 + 4 + 6 + 1 && curve.first == curve.last)
        #expect(curve.contains { abs($0.x - 0.5) < 1e-9 && abs($0.y - 0.5) < 1e-9 })
        #expect(drawing.strokes[1].isClosed && drawing.strokes[1].points.allSatisfy { abs($0.x - 0.5) < 0.0501 })
        expectPoints(drawing.strokes[2], [(0.5, 0.45), (0.6, 0.45), (0.6, 0.55), (0.5, 0.55)])
    }

    @Test(
        "what is no drawing is none, whatever it is",
        arguments: [
            "", "{", "[]", "{}", #"{"objects": 3}"#, #"{"objects": [{"type": "path", "path": "M 0 0"}]}"#,
            #"{"strokes": [[1, 2.5]]}"#, #"{"objects": [{"type": "path", "path": [["L", 1, 1], [], ["M"], [3]]}]}"#,
        ])
    func unreadable(json: String) {
        let drawing = parse(json)
        #expect(drawing?.strokes.allSatisfy { $0.points.count < 2 } ?? true)
    }

    @Test("numbers without sense harm nothing, and a drawing has an end")
    func hostile() throws {
        let huge = try #require(
            parse(
                """
                {"width": 1e-300, "height": -5, "objects": [{"type": "path", "path": [["M", 1e308, 1e308], ["L", -1e308, 1]],
                  "scaleX": 1e308, "strokeWidth": 1e300}]}
                """))
        let isInside = huge.strokes[0].points.allSatisfy { (0...1).contains($0.x) && (0...1).contains($0.y) }
        #expect(isInside && huge.strokes[0].width <= 1)
        let commands = (0..<30_000).map { #"["L", \#($0 % 200), 5]"# }.joined(separator: ", ")
        let path = #"{"type": "path", "path": [["M", 0, 0], \#(commands)]}"#
        #expect(parse(#"{"objects": [\#(path)]}"#) == nil)
        let nested = String(repeating: #"{"type": "group", "objects": ["#, count: 40)
        #expect(parse(nested + path + String(repeating: "]}", count: 40)) == nil)
    }
}
