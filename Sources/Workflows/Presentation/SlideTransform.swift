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

    /// Turns and flips it has itself.
    var own: SlideTransform {
        let (centerX, centerY) = (x + width / 2, y + height / 2)
        return SlideTransform.moved(-centerX, -centerY)
            .then(.scaled(isFlippedHorizontally ? -1 : 1, isFlippedVertically ? -1 : 1))
            .then(.turned(rotation)).then(.moved(centerX, centerY))
    }
}

/// Where the points of a group's coordinates lie on the slide: an affine map.
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

    /// The map of a group: its children's coordinates come to lie in its frame, which is turned and flipped as a whole.
    ///
    /// A group without an extent of its children scales nothing.
    static func group(_ frame: SlideFrame, children: SlideFrame) -> SlideTransform {
        moved(-children.x, -children.y)
            .then(
                .scaled(
                    children.width == 0 ? 1 : frame.width / children.width,
                    children.height == 0 ? 1 : frame.height / children.height)
            ).then(.moved(frame.x, frame.y)).then(frame.own)
    }

    /// First this map, then another.
    func then(_ next: SlideTransform) -> SlideTransform {
        SlideTransform(
            a: a * next.a + b * next.c, b: a * next.b + b * next.d, c: c * next.a + d * next.c,
            d: c * next.b + d * next.d, x: x * next.a + y * next.c + next.x, y: x * next.b + y * next.d + next.y)
    }

    /// The upright rectangle that a frame covers on the slide.
    func cover(_ frame: SlideFrame) -> SlideFrame {
        let corners = corners(of: frame)
        let (left, right) = (corners.map(\.0).min() ?? 0, corners.map(\.0).max() ?? 0)
        let (top, bottom) = (corners.map(\.1).min() ?? 0, corners.map(\.1).max() ?? 0)
        return SlideFrame(x: left, y: top, width: right - left, height: bottom - top)
    }

    private func corners(of frame: SlideFrame) -> [(Double, Double)] {
        let map = frame.own.then(self)
        return [(0.0, 0.0), (1, 0), (0, 1), (1, 1)].map { right, down in
            let (px, py) = (frame.x + right * frame.width, frame.y + down * frame.height)
            return (px * map.a + py * map.c + map.x, px * map.b + py * map.d + map.y)
        }
    }

    /// Where a frame lies on the slide when it is drawn: left and upper edge of what it covers, and its area.
    func place(_ frame: SlideFrame) -> (left: Double, top: Double, area: Double) {
        let map = frame.own.then(self)
        let corners = corners(of: frame)
        return (
            corners.map(\.0).min() ?? 0, corners.map(\.1).min() ?? 0,
            abs(map.a * map.d - map.b * map.c) * abs(frame.width * frame.height)
        )
    }
}
