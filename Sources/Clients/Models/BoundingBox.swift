public import Imaging

// The one convention for places in pictures: fractions of the picture. Pixels appear only at the edges of the system.

/// A rectangle in a picture as fractions of it: 0 is the left or upper edge, 1 the right or lower one.
///
/// The only conversion between pixels and fractions in the system. Always inside the picture and never empty.
public struct BoundingBox: Sendable, Hashable {
    /// The left edge.
    public let x: Double
    /// The upper edge.
    public let y: Double
    /// The width, more than 0.
    public let width: Double
    /// The height, more than 0.
    public let height: Double

    /// Takes fractions and cuts off what lies outside; nil when nothing is left or a value is no number.
    public init?(x: Double, y: Double, width: Double, height: Double) {
        guard x.isFinite, y.isFinite, width.isFinite, height.isFinite else { return nil }
        let left = min(max(x, 0), 1)
        let upper = min(max(y, 0), 1)
        let right = min(max(x + width, 0), 1)
        let lower = min(max(y + height, 0), 1)
        guard right > left, lower > upper else { return nil }
        self.x = left
        self.y = upper
        // What was inside stays as it was given: a difference of sums would differ in its last digit.
        self.width = left == x && right == x + width ? width : right - left
        self.height = upper == y && lower == y + height ? height : lower - upper
    }

    /// Takes pixels of a picture of the given size and cuts off what lies outside; nil when nothing is left.
    public init?(pixelX: Int, pixelY: Int, width: Int, height: Int, imageWidth: Int, imageHeight: Int) {
        guard imageWidth > 0, imageHeight > 0 else { return nil }
        let across = Double(imageWidth)
        let down = Double(imageHeight)
        self.init(
            x: Double(pixelX) / across, y: Double(pixelY) / down, width: Double(width) / across,
            height: Double(height) / down)
    }

    /// Takes a rectangle of a picture of the given size and cuts off what lies outside; nil when nothing is left.
    public init?(_ rectangle: PixelRectangle, imageWidth: Int, imageHeight: Int) {
        self.init(
            pixelX: rectangle.x, pixelY: rectangle.y, width: rectangle.width, height: rectangle.height,
            imageWidth: imageWidth, imageHeight: imageHeight)
    }

    /// The rectangle in whole pixels of a picture of the given size: inside it, at least one pixel wide and high.
    public func pixels(imageWidth: Int, imageHeight: Int) -> (x: Int, y: Int, width: Int, height: Int) {
        let (left, across) = Self.pixels(from: x, length: width, size: imageWidth)
        let (upper, down) = Self.pixels(from: y, length: height, size: imageHeight)
        return (left, upper, across, down)
    }

    /// A part of this rectangle, given as fractions of it; nil when nothing of it is left.
    public func part(x partX: Double, y partY: Double, width partWidth: Double, height partHeight: Double)
        -> BoundingBox?
    {
        BoundingBox(
            x: x + partX * width, y: y + partY * height, width: partWidth * width, height: partHeight * height)
    }

    /// Rounds both edges, not edge and length: rounding those apart could move the far edge by two pixels.
    private static func pixels(from start: Double, length: Double, size: Int) -> (start: Int, length: Int) {
        let first = min(Int((start * Double(size)).rounded()), max(size - 1, 0))
        let last = min(Int(((start + length) * Double(size)).rounded()), size)
        return (first, max(last - first, 1))
    }
}
