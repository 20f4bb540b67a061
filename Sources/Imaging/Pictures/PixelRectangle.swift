// A rectangle of whole pixels, in the coordinates of one picture.

/// A rectangle in pixels: left, top, width and height.
public struct PixelRectangle: Sendable, Hashable {
    /// The leftmost column.
    public var x: Int
    /// The topmost row.
    public var y: Int
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// Makes a rectangle; it is not checked against any picture.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Pixels covered.
    public var area: Int { width * height }

    /// The common part of two rectangles; nil when they do not touch.
    public func intersection(_ other: PixelRectangle) -> PixelRectangle? {
        let left = max(x, other.x)
        let top = max(y, other.y)
        let right = min(x + width, other.x + other.width)
        let bottom = min(y + height, other.y + other.height)
        guard right > left, bottom > top else { return nil }
        return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// Common area by united area, from 0 (apart) to 1 (equal): the usual measure of how well two boxes agree.
    public func overlap(with other: PixelRectangle) -> Double {
        let common = intersection(other)?.area ?? 0
        let united = area + other.area - common
        return united > 0 ? Double(common) / Double(united) : 0
    }
}
