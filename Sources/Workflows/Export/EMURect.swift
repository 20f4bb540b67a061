// English Metric Units, the length of OOXML: whole numbers, so that no rounding depends on a machine.

/// Lengths in EMU.
enum EMU {
    /// One inch.
    static let inch = 914_400
    /// One point.
    static let point = 12_700

    /// A length given in inches.
    static func inches(_ value: Double) -> Int { Int((value * Double(inch)).rounded()) }

    /// A length given in points.
    static func points(_ value: Double) -> Int { Int((value * Double(point)).rounded()) }

    /// A length that was computed from the numbers of strangers: at most a kilometre, and 0 for what is no number.
    static func length(_ value: Double) -> Int { value.isNaN ? 0 : Int(min(max(value, -36e9), 36e9).rounded()) }
}

/// A point on a slide, in EMU from the top left corner.
struct EMUPoint: Hashable {
    var x: Int
    var y: Int
}

/// A rectangle on a slide, in EMU from the top left corner.
struct EMURect: Hashable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    var right: Int { x + width }
    var bottom: Int { y + height }

    init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// A rectangle given in inches.
    init(inches x: Double, _ y: Double, _ width: Double, _ height: Double) {
        self.init(x: EMU.inches(x), y: EMU.inches(y), width: EMU.inches(width), height: EMU.inches(height))
    }

    /// Whether `other` lies wholly inside this one; edges may touch.
    func contains(_ other: EMURect) -> Bool {
        other.x >= x && other.y >= y && other.right <= right && other.bottom <= bottom
    }

    /// Whether both share an area.
    func intersects(_ other: EMURect) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }

    /// The smallest rectangle around some points, at least one unit wide and high; nil without points.
    init?(around points: some Sequence<EMUPoint>) {
        var iterator = points.makeIterator()
        guard let first = iterator.next() else { return nil }
        var (left, right, top, bottom) = (first.x, first.x, first.y, first.y)
        while let point = iterator.next() {
            (left, right) = (min(left, point.x), max(right, point.x))
            (top, bottom) = (min(top, point.y), max(bottom, point.y))
        }
        self.init(x: left, y: top, width: max(right - left, 1), height: max(bottom - top, 1))
    }
}
