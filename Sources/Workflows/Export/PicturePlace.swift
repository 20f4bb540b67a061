import Glibc

/// Where a picture lies on a slide: in an upright rectangle, which is then turned and flipped as a whole.
struct PicturePlace: Sendable, Hashable {
    /// Where a box of the picture lies.
    struct Marker {
        /// The rectangle before it is turned about its centre.
        let frame: EMURect
        /// How far it is turned, clockwise, in sixty-thousandths of a degree; never upside down, which looks the same.
        let rotation: Int
        /// The corners on the slide, as they follow each other on the picture from the upper left one.
        let corners: [EMUPoint]
        /// The upright rectangle around the corners.
        let cover: EMURect
    }

    /// The rectangle before it is turned.
    let frame: EMURect
    private let turn: SlideTransform

    /// An upright place.
    init(_ frame: EMURect) {
        self.frame = frame
        turn = .identity
    }

    /// A place of a slide's file.
    init(_ place: SlidePlace) {
        frame = EMURect(
            x: EMU.length(place.x), y: EMU.length(place.y), width: max(EMU.length(place.width), 1),
            height: max(EMU.length(place.height), 1))
        turn = place.turn
    }

    /// Where a point of the picture lies on the slide.
    func point(_ point: CanvasDrawing.Point) -> EMUPoint { turned(SlideLayout.point(point, on: frame)) }

    /// Where a box of the picture lies on the slide; nil if nothing of it lies on the picture.
    func marker(for box: ExportFinding.Box) -> Marker? {
        guard let upright = SlideLayout.marker(for: box, on: frame) else { return nil }
        let corners = [
            EMUPoint(x: upright.x, y: upright.y), EMUPoint(x: upright.right, y: upright.y),
            EMUPoint(x: upright.right, y: upright.bottom), EMUPoint(x: upright.x, y: upright.bottom),
        ].map(turned)
        guard let cover = EMURect(around: corners) else { return nil }
        let center = turn.apply(
            Double(upright.x) + Double(upright.width) / 2, Double(upright.y) + Double(upright.height) / 2)
        let placed = EMURect(
            x: EMU.length(center.x - Double(upright.width) / 2), y: EMU.length(center.y - Double(upright.height) / 2),
            width: upright.width, height: upright.height)
        return Marker(frame: placed, rotation: rotation, corners: corners, cover: cover)
    }

    private func turned(_ point: EMUPoint) -> EMUPoint {
        let place = turn.apply(Double(point.x), Double(point.y))
        return EMUPoint(x: EMU.length(place.x), y: EMU.length(place.y))
    }

    /// The turn as the file format has it: from 0 to a full circle, without what would stand on its head.
    private var rotation: Int {
        let (degree, half) = (60_000.0, 180 * 60_000)
        let angle = turn.angle * 180 / .pi * degree
        guard angle.isFinite else { return 0 }
        var rotation = Int(angle.rounded()) % half
        if rotation > half / 2 { rotation -= half }
        if rotation <= -half / 2 { rotation += half }
        return rotation < 0 ? rotation + 2 * half : rotation
    }
}
