#if canImport(Glibc)
    import Glibc
#endif

// Outlines to fill. Curves become short lines at once; what is inside is decided by the non-zero winding rule.

/// One or more closed outlines.
public struct DrawingPath: Sendable, Hashable {
    /// The outlines; each is closed from its last point to its first.
    public private(set) var outlines: [[DrawingPoint]]

    /// Makes a path of outlines.
    public init(outlines: [[DrawingPoint]] = []) { self.outlines = outlines }

    /// A polygon through these points.
    public static func polygon(_ points: [DrawingPoint]) -> DrawingPath { DrawingPath(outlines: [points]) }

    /// A rectangle.
    public static func rectangle(x: Double, y: Double, width: Double, height: Double) -> DrawingPath {
        polygon([
            DrawingPoint(x, y), DrawingPoint(x + width, y), DrawingPoint(x + width, y + height),
            DrawingPoint(x, y + height),
        ])
    }

    /// A rectangle with round corners.
    public static func roundedRectangle(
        x: Double, y: Double, width: Double, height: Double, radius: Double
    ) -> DrawingPath {
        let radius = min(radius, width / 2, height / 2)
        let corners = [
            (x + width - radius, y + radius, -90.0), (x + width - radius, y + height - radius, 0),
            (x + radius, y + height - radius, 90), (x + radius, y + radius, 180),
        ]
        return polygon(
            corners.flatMap { corner in
                (0...8).map { step in
                    let angle = (corner.2 + Double(step) * 11.25) * .pi / 180
                    return DrawingPoint(corner.0 + radius * cos(angle), corner.1 + radius * sin(angle))
                }
            })
    }

    /// An ellipse.
    public static func ellipse(_ center: DrawingPoint, _ radiusX: Double, _ radiusY: Double) -> DrawingPath {
        polygon(
            (0..<64).map { step in
                let angle = Double(step) * .pi / 32
                return DrawingPoint(center.x + radiusX * cos(angle), center.y + radiusY * sin(angle))
            })
    }

    /// A circle.
    public static func circle(_ center: DrawingPoint, _ radius: Double) -> DrawingPath {
        ellipse(center, radius, radius)
    }

    /// A star with so many points.
    public static func star(_ center: DrawingPoint, points: Int, outer: Double, inner: Double) -> DrawingPath {
        polygon(
            (0..<(points * 2)).map { step in
                let angle = Double(step) * .pi / Double(points) - .pi / 2
                let radius = step % 2 == 0 ? outer : inner
                return DrawingPoint(center.x + radius * cos(angle), center.y + radius * sin(angle))
            })
    }

    /// A smooth closed outline through these points (Catmull-Rom).
    public static func smooth(_ points: [DrawingPoint]) -> DrawingPath {
        polygon(smoothed(points, isClosed: true))
    }

    /// A line of this width through these points, with round ends and joints; smooth when asked.
    public static func line(_ points: [DrawingPoint], width: Double, isSmooth: Bool = false) -> DrawingPath {
        let points = isSmooth ? smoothed(points, isClosed: false) : points
        var path = DrawingPath()
        for point in points { path.outlines += circle(point, width / 2).outlines }
        for (first, second) in zip(points, points.dropFirst()) {
            let dx = second.x - first.x
            let dy = second.y - first.y
            let length = (dx * dx + dy * dy).squareRoot()
            guard length > 0 else { continue }
            let across = DrawingPoint(-dy / length * width / 2, dx / length * width / 2)
            // Clockwise like the circles: outlines of one direction add up instead of cutting holes.
            path.outlines.append([
                DrawingPoint(first.x - across.x, first.y - across.y),
                DrawingPoint(second.x - across.x, second.y - across.y),
                DrawingPoint(second.x + across.x, second.y + across.y),
                DrawingPoint(first.x + across.x, first.y + across.y),
            ])
        }
        return path
    }

    /// Both paths as one.
    public func adding(_ other: DrawingPath) -> DrawingPath { DrawingPath(outlines: outlines + other.outlines) }

    /// The path scaled, then moved.
    public func placed(at origin: DrawingPoint, scale: Double) -> DrawingPath {
        DrawingPath(
            outlines: outlines.map { outline in
                outline.map { DrawingPoint(origin.x + $0.x * scale, origin.y + $0.y * scale) }
            })
    }

    /// The path mirrored at the vertical line through x = 0.
    public func mirrored() -> DrawingPath {
        // Reversed, so that its direction stays the same.
        DrawingPath(outlines: outlines.map { outline in outline.reversed().map { DrawingPoint(-$0.x, $0.y) } })
    }

    private static func smoothed(_ points: [DrawingPoint], isClosed: Bool) -> [DrawingPoint] {
        guard points.count > 2 else { return points }
        let count = points.count
        func point(_ index: Int) -> DrawingPoint {
            isClosed ? points[(index + count) % count] : points[min(max(index, 0), count - 1)]
        }
        var result: [DrawingPoint] = []
        for index in 0..<(isClosed ? count : count - 1) {
            let (before, from, to, after) = (point(index - 1), point(index), point(index + 1), point(index + 2))
            for step in 0..<10 {
                let t = Double(step) / 10
                func spline(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
                    let linear = (c - a) * t
                    let square = (2 * a - 5 * b + 4 * c - d) * t * t
                    let cube = (3 * b - a - 3 * c + d) * t * t * t
                    return b + (linear + square + cube) / 2
                }
                result.append(
                    DrawingPoint(spline(before.x, from.x, to.x, after.x), spline(before.y, from.y, to.y, after.y)))
            }
        }
        if !isClosed { result.append(points[count - 1]) }
        return result
    }
}
