// A place on a canvas.

/// A point: x to the right, y down.
public struct DrawingPoint: Sendable, Hashable {
    /// Distance from the left edge.
    public var x: Double
    /// Distance from the upper edge.
    public var y: Double

    /// Makes a point.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}
