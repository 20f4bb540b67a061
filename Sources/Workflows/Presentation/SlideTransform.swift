import Glibc

/// A rectangle on a slide as its file gives it: unturned, in EMU.
struct SlideFrame: Sendable, Hashable {
    var x = 0.0
    var y = 0.0
    var width = 0.0
    var height = 0.0
    /// Clockwise, in radians, about the centre.
    var rotation = 0.0
    var isFlippedHorizontally = false
    var isFlippedVertically = false

    /// Whether it is turned so far that its width stands more upright than its height.
    var isOnItsSide: Bool {
        (rotation / (.pi / 2) + 0.5).rounded(.down).truncatingRemainder(dividingBy: 2) != 0
    }

    /// Turns and flips it has itself.
    var own: SlideTransform {
        let (centerX, centerY) = (x + width / 2, y + height / 2)
        return SlideTransform.moved(-centerX, -centerY)
            .then(.scaled(isFlippedHorizontally ? -1 : 1, isFlippedVertically ? -1 : 1))
            .then(.turned(rotation)).then(.moved(centerX, centerY))
    }
}

/// An affine map of a slide's points.
struct SlideTransform: Sendable, Hashable {
    private var a = 1.0
    private var b = 0.0
    private var c = 0.0
    private var d = 1.0
    private var x = 0.0
    private var y = 0.0

    static let identity = SlideTransform()

    static func moved(_ x: Double, _ y: Double) -> SlideTransform { SlideTransform(x: x, y: y) }

    static func scaled(_ x: Double, _ y: Double) -> SlideTransform { SlideTransform(a: x, d: y) }

    /// A turn about the origin, clockwise, as the vertical axis points down.
    static func turned(_ angle: Double) -> SlideTransform {
        SlideTransform(a: cos(angle), b: sin(angle), c: -sin(angle), d: cos(angle))
    }

    /// First this map, then another.
    func then(_ next: SlideTransform) -> SlideTransform {
        SlideTransform(
            a: a * next.a + b * next.c, b: a * next.b + b * next.d, c: c * next.a + d * next.c,
            d: c * next.b + d * next.d, x: x * next.a + y * next.c + next.x, y: x * next.b + y * next.d + next.y)
    }

    /// Where a point comes to lie.
    func apply(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        (x * a + y * c + self.x, x * b + y * d + self.y)
    }

    /// How far it turns what is level, clockwise, in radians.
    var angle: Double { atan2(b, a) }
}
