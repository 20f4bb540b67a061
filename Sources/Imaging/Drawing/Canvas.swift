// Filling outlines with smooth edges. Each pixel row is cut into five lines; along a line coverage is exact.
// Pure computing, the same on every machine.

/// A surface to draw on.
public struct Canvas: Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    private var samples: [UInt8]

    private static let linesPerRow = 5

    /// Makes a surface of one colour.
    public init(width: Int, height: Int, background: RGBColor) {
        self.init(Bitmap(width: width, height: height, color: background))
    }

    /// Makes a surface of existing pixels, to draw over them.
    public init(_ bitmap: Bitmap) {
        width = bitmap.width
        height = bitmap.height
        samples = bitmap.samples
    }

    /// What has been drawn.
    public var bitmap: Bitmap { Bitmap(width: width, height: height, samples: samples) }

    /// Fills the inside of a path; what lies outside the surface is cut off.
    public mutating func fill(_ path: DrawingPath, _ paint: Paint) {
        let edges = path.outlines.flatMap(Self.edges)
        guard let top = edges.map(\.top).min(), let bottom = edges.map(\.bottom).max() else { return }
        let first = max(0, Int(top.rounded(.down)))
        let last = min(height - 1, Int(bottom.rounded(.up)))
        guard first <= last else { return }
        // Which edges touch which row: texts have thousands of edges, a row only some dozens.
        var edgesOfRow = [[Edge]](repeating: [], count: last - first + 1)
        for edge in edges {
            let from = max(first, Int(edge.top.rounded(.down)))
            let to = min(last, Int(edge.bottom.rounded(.down)))
            if from <= to { for row in from...to { edgesOfRow[row - first].append(edge) } }
        }
        var coverage = [Double](repeating: 0, count: width)
        for row in first...last {
            var touched = (low: width, high: -1)
            for line in 0..<Self.linesPerRow {
                let y = Double(row) + (Double(line) + 0.5) / Double(Self.linesPerRow)
                addSpans(of: edgesOfRow[row - first], at: y, &coverage, &touched)
            }
            guard touched.low <= touched.high else { continue }
            for column in touched.low...touched.high {
                blend(paint, column, row, coverage[column] / Double(Self.linesPerRow))
                coverage[column] = 0
            }
        }
    }

    /// Draws the outline of a rectangle, with lines of this width.
    public mutating func frame(_ rectangle: PixelRectangle, width line: Double, _ paint: Paint) {
        let (left, top) = (Double(rectangle.x), Double(rectangle.y))
        let (right, bottom) = (left + Double(rectangle.width), top + Double(rectangle.height))
        let corners = [
            DrawingPoint(left, top), DrawingPoint(right, top), DrawingPoint(right, bottom), DrawingPoint(left, bottom),
            DrawingPoint(left, top),
        ]
        fill(.line(corners, width: line), paint)
    }

    private struct Edge {
        let top: Double
        let bottom: Double
        let x: Double
        let slope: Double
        let direction: Int
    }

    private static func edges(of outline: [DrawingPoint]) -> [Edge] {
        zip(outline, outline.dropFirst() + outline.prefix(1)).compactMap { from, to in
            guard from.y != to.y else { return nil }
            let (upper, lower) = from.y < to.y ? (from, to) : (to, from)
            return Edge(
                top: upper.y, bottom: lower.y, x: upper.x, slope: (lower.x - upper.x) / (lower.y - upper.y),
                direction: from.y < to.y ? 1 : -1)
        }
    }

    /// Adds what lies inside along one line.
    private func addSpans(
        of edges: [Edge], at y: Double, _ coverage: inout [Double], _ touched: inout (low: Int, high: Int)
    ) {
        var crossings: [(x: Double, direction: Int)] = []
        for edge in edges where edge.top <= y && y < edge.bottom {
            crossings.append((edge.x + (y - edge.top) * edge.slope, edge.direction))
        }
        crossings.sort { $0.x < $1.x }
        var winding = 0
        for (index, crossing) in crossings.enumerated() {
            winding += crossing.direction
            guard winding != 0, index + 1 < crossings.count else { continue }
            let from = max(0, crossing.x)
            let to = min(Double(width), crossings[index + 1].x)
            guard to > from else { continue }
            let firstColumn = Int(from)
            let lastColumn = min(width - 1, Int(to))
            for column in firstColumn...lastColumn {
                coverage[column] += max(0, min(to, Double(column + 1)) - max(from, Double(column)))
            }
            touched = (min(touched.low, firstColumn), max(touched.high, lastColumn))
        }
    }

    private mutating func blend(_ paint: Paint, _ column: Int, _ row: Int, _ coverage: Double) {
        let share = min(1, coverage) * paint.opacity
        guard share > 0 else { return }
        let color = paint.color(x: Double(column) + 0.5, y: Double(row) + 0.5)
        let offset = (row * width + column) * 3
        func mixed(_ old: UInt8, _ new: Double) -> UInt8 { UInt8((Double(old) * (1 - share) + new * share).rounded()) }
        samples[offset] = mixed(samples[offset], color.red)
        samples[offset + 1] = mixed(samples[offset + 1], color.green)
        samples[offset + 2] = mixed(samples[offset + 2], color.blue)
    }
}
