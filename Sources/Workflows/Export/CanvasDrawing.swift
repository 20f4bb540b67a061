// What a canvas of fabric.js has drawn, as lines in fractions of the picture. Strangers write this JSON, so every number
// in it is checked, and what is not understood is left out.

import Glibc
import JSON

/// The lines of a drawing.
public struct CanvasDrawing: Sendable, Hashable {
    /// A point in fractions of the picture's width and height.
    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
    }

    /// A line from point to point.
    struct Stroke: Sendable, Hashable {
        var points: [Point]
        var isClosed = false
        /// Six hexadecimal digits; nil if the drawing names none that is understood.
        var colour: String?
        /// In fractions of the picture's width.
        var width: Double
    }

    /// The most points of a drawing: a day's scribbling has fewer, and a slide stays quick to open.
    static let maximumPoints = 20_000
    /// How deep groups may lie in groups.
    private static let maximumDepth = 4

    private(set) var strokes: [Stroke] = []
    private var pointCount = 0

    /// Reads a drawing over a picture of some pixels; nil if there is no line in it that is understood.
    public init?(json: [UInt8], pixelWidth: Int, pixelHeight: Int) {
        // What does not parse, no database would have stored; there is nothing to draw then.
        guard pixelWidth > 0, pixelHeight > 0, let root = try? JSONReader.read(json).object else { return nil }
        let width = Self.positive(root["width"]) ?? Double(pixelWidth)
        let height = Self.positive(root["height"]) ?? Double(pixelHeight)
        // A drawing of one object may stand without a canvas.
        let isCanvas = root["objects"] != nil && root["type"] == nil
        let canvas = isCanvas ? (width, height) : (Double(pixelWidth), Double(pixelHeight))
        let objects = isCanvas ? root["objects"]?.array ?? [] : [.object(root)]
        for object in objects { add(object, .identity, canvas, depth: 0) }
        if strokes.isEmpty { return nil }
    }

    private static func positive(_ value: JSONValue?) -> Double? {
        value?.double.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }

    private mutating func add(
        _ value: JSONValue, _ outer: Placement, _ canvas: (width: Double, height: Double), depth: Int
    ) {
        guard let object = value.object, let figure = Figure.of(object) else { return }
        let placement = Placement(of: object, figure, in: outer)
        for line in figure.lines where !line.isEmpty && pointCount + line.count <= Self.maximumPoints {
            pointCount += line.count
            let points = line.map { point in
                let placed = placement.apply(point)
                return Point(x: Self.fraction(placed.x / canvas.width), y: Self.fraction(placed.y / canvas.height))
            }
            let thickness = (Self.positive(object["strokeWidth"]) ?? 1) * placement.scale
            strokes.append(
                Stroke(
                    points: points, isClosed: figure.isClosed, colour: Self.colour(object["stroke"]),
                    width: min(thickness / canvas.width, 1)))
        }
        guard depth < Self.maximumDepth else { return }
        for inner in object["objects"]?.array ?? [] { add(inner, placement, canvas, depth: depth + 1) }
    }

    private static func fraction(_ value: Double) -> Double { value.isFinite ? min(max(value, 0), 1) : 0 }

    /// `#rgb`, `#rrggbb` or `rgb(…)` as six digits.
    private static func colour(_ value: JSONValue?) -> String? {
        guard let text = value?.string else { return nil }
        if text.hasPrefix("#") {
            let digits = text.dropFirst()
            guard digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
            if digits.utf8.count == 6 { return digits.uppercased() }
            return digits.utf8.count == 3 ? digits.map { "\($0)\($0)" }.joined().uppercased() : nil
        }
        guard text.hasPrefix("rgb") else { return nil }
        let parts = text.split { !($0.isNumber || $0 == ".") }.prefix(3).compactMap { UInt8($0) }
        guard parts.count == 3 else { return nil }
        return parts.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}

/// A point in the pixels of a canvas.
private struct CanvasPoint {
    var x: Double
    var y: Double
}

/// The lines of an object around its own centre.
private struct Figure {
    var lines: [[CanvasPoint]] = []
    var isClosed = false
    /// Where the centre lies if the object does not say it.
    var center = CanvasPoint(x: 0, y: 0)
    var width = 0.0
    var height = 0.0

    /// The figure of a fabric.js object; nil if it is of no known kind.
    static func of(_ object: JSONObject) -> Figure? {
        func length(_ name: String) -> Double { object[name]?.double.flatMap { $0.isFinite ? $0 : nil } ?? 0 }
        switch object["type"]?.string?.lowercased() {
        case "path": return Figure(path: object["path"]?.array ?? [])
        case "polyline": return Figure(points: object["points"]?.array ?? [], isClosed: false)
        case "polygon": return Figure(points: object["points"]?.array ?? [], isClosed: true)
        case "line":
            // A placed line counts from its centre, as fabric.js writes it; another one counts from the canvas's corner.
            let ends = [CanvasPoint(x: length("x1"), y: length("y1")), CanvasPoint(x: length("x2"), y: length("y2"))]
            return Figure(
                lines: [ends], width: abs(ends[1].x - ends[0].x), height: abs(ends[1].y - ends[0].y))
        case "rect": return Figure(width: length("width"), height: length("height"))
        case "circle": return Figure(ellipse: length("radius"), length("radius"))
        case "ellipse": return Figure(ellipse: length("rx"), length("ry"))
        case "group": return Figure(lines: [], width: length("width"), height: length("height"))
        default: return nil
        }
    }

    private init(lines: [[CanvasPoint]], width: Double, height: Double) {
        self.lines = lines
        self.width = width
        self.height = height
    }

    /// A rectangle.
    private init(width: Double, height: Double) {
        let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)]
        self.init(
            lines: [corners.map { CanvasPoint(x: $0.0 * width / 2, y: $0.1 * height / 2) }], width: width,
            height: height)
        isClosed = true
    }

    private init(ellipse rx: Double, _ ry: Double) {
        width = 2 * rx
        height = 2 * ry
        isClosed = true
        lines = [
            (0..<48).map { step in
                let angle = Double(step) / 48 * 2 * Double.pi
                return CanvasPoint(x: rx * cos(angle), y: ry * sin(angle))
            }
        ]
    }

    private init(points: [JSONValue], isClosed: Bool) {
        self.isClosed = isClosed
        lines = [
            points.compactMap { point in
                guard let x = point.object?["x"]?.double, let y = point.object?["y"]?.double else { return nil }
                return CanvasPoint(x: x, y: y)
            }
        ]
        centre()
    }

    /// The commands of a path, curves as short straight pieces.
    private init(path: [JSONValue]) {
        var line: [CanvasPoint] = []
        for command in path {
            let numbers = (command.array ?? []).dropFirst().compactMap(\.double).filter(\.isFinite)
            let points = stride(from: 0, to: numbers.count - 1, by: 2).map {
                CanvasPoint(x: numbers[$0], y: numbers[$0 + 1])
            }
            switch (command[0]?.string, points.count, line.last) {
            case ("M", 1, _):
                lines.append(line)
                line = points
            case ("L", 1, _): line += points
            case ("Q", 2, .some(let start)):
                line += (1...4).map { Self.quadratic(start, points, Double($0) / 4) }
            case ("C", 3, .some(let start)):
                line += (1...6).map { Self.cubic(start, points, Double($0) / 6) }
            case ("Z", 0, .some), ("z", 0, .some): line.append(line[0])
            default: break
            }
        }
        lines.append(line)
        lines.removeAll(where: \.isEmpty)
        centre()
    }

    /// Moves the points around the middle of the area that they take.
    private mutating func centre() {
        let points = lines.joined()
        guard let first = points.first else { return }
        var (left, right, top, bottom) = (first.x, first.x, first.y, first.y)
        for point in points {
            (left, right) = (min(left, point.x), max(right, point.x))
            (top, bottom) = (min(top, point.y), max(bottom, point.y))
        }
        (width, height) = (right - left, bottom - top)
        center = CanvasPoint(x: (left + right) / 2, y: (top + bottom) / 2)
        let middle = center
        lines = lines.map { $0.map { CanvasPoint(x: $0.x - middle.x, y: $0.y - middle.y) } }
    }

    private static func quadratic(_ start: CanvasPoint, _ points: [CanvasPoint], _ part: Double) -> CanvasPoint {
        mix(mix(start, points[0], part), mix(points[0], points[1], part), part)
    }

    private static func cubic(_ start: CanvasPoint, _ points: [CanvasPoint], _ part: Double) -> CanvasPoint {
        mix(quadratic(start, Array(points[..<2]), part), quadratic(points[0], Array(points[1...]), part), part)
    }

    private static func mix(_ left: CanvasPoint, _ right: CanvasPoint, _ part: Double) -> CanvasPoint {
        CanvasPoint(x: left.x + (right.x - left.x) * part, y: left.y + (right.y - left.y) * part)
    }
}

/// Where an object lies on the canvas: scaled, turned, moved.
private struct Placement {
    private var xx = 1.0
    private var xy = 0.0
    private var yx = 0.0
    private var yy = 1.0
    private var x = 0.0
    private var y = 0.0

    static let identity = Placement()

    private init() {}

    /// The placement of an object by fabric.js's `left`, `top`, `scaleX`, `scaleY`, `angle` and flips.
    init(of object: JSONObject, _ figure: Figure, in outer: Placement) {
        func number(_ name: String, or fallback: Double) -> Double {
            object[name]?.double.flatMap { $0.isFinite ? $0 : nil } ?? fallback
        }
        let scaleX = number("scaleX", or: 1) * (object["flipX"]?.bool == true ? -1 : 1)
        let scaleY = number("scaleY", or: 1) * (object["flipY"]?.bool == true ? -1 : 1)
        let angle = number("angle", or: 0) * Double.pi / 180
        let (cosine, sine) = (cos(angle), sin(angle))
        var middle = figure.center
        if let left = object["left"]?.double, let top = object["top"]?.double, left.isFinite, top.isFinite {
            let line = number("strokeWidth", or: 1)
            let isCentred = (object["originX"]?.string == "center", object["originY"]?.string == "center")
            let dx = isCentred.0 ? 0 : (figure.width + line) * abs(scaleX) / 2
            let dy = isCentred.1 ? 0 : (figure.height + line) * abs(scaleY) / 2
            middle = CanvasPoint(x: left + dx * cosine - dy * sine, y: top + dx * sine + dy * cosine)
        }
        var own = Placement()
        own.xx = scaleX * cosine
        own.yx = scaleX * sine
        own.xy = -scaleY * sine
        own.yy = scaleY * cosine
        own.x = middle.x
        own.y = middle.y
        self = outer.holding(own)
    }

    /// How much longer a line gets, on average over its directions.
    var scale: Double { abs(xx * yy - xy * yx).squareRoot() }

    func apply(_ point: CanvasPoint) -> CanvasPoint {
        CanvasPoint(x: xx * point.x + xy * point.y + x, y: yx * point.x + yy * point.y + y)
    }

    private func holding(_ inner: Placement) -> Placement {
        var result = Placement()
        result.xx = xx * inner.xx + xy * inner.yx
        result.xy = xx * inner.xy + xy * inner.yy
        result.yx = yx * inner.xx + yy * inner.yx
        result.yy = yx * inner.xy + yy * inner.yy
        let origin = apply(CanvasPoint(x: inner.x, y: inner.y))
        result.x = origin.x
        result.y = origin.y
        return result
    }
}
