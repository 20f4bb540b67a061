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

    private init(frame: EMURect, turn: SlideTransform) {
        self.frame = frame
        self.turn = turn
    }

    /// A place of a slide's file.
    init(_ place: SlidePlace) {
        frame = EMURect(
            x: EMU.length(place.x), y: EMU.length(place.y), width: max(EMU.length(place.width), 1),
            height: max(EMU.length(place.height), 1))
        turn = place.turn
    }

    /// The place of a picture that people see turned by its EXIF orientation (from 1 to 8), which slides pass over.
    func showing(orientation: Int) -> PicturePlace {
        // From what people see to what is stored; quarters are clockwise.
        let quarter = Double.pi / 2
        let back: SlideTransform
        switch orientation {
        case 2: back = .scaled(-1, 1)
        case 3: back = .turned(2 * quarter)
        case 4: back = .scaled(1, -1)
        case 5: back = SlideTransform.scaled(1, -1).then(.turned(quarter))
        case 6: back = .turned(-quarter)
        case 7: back = SlideTransform.scaled(-1, 1).then(.turned(quarter))
        case 8: back = .turned(quarter)
        default: return self
        }
        let (centerX, centerY) = (Double(frame.x) + Double(frame.width) / 2, Double(frame.y) + Double(frame.height) / 2)
        let (width, height) = orientation > 4 ? (frame.height, frame.width) : (frame.width, frame.height)
        let seen = EMURect(
            x: EMU.length(centerX - Double(width) / 2), y: EMU.length(centerY - Double(height) / 2), width: width,
            height: height)
        return PicturePlace(
            frame: seen,
            turn: SlideTransform.moved(-centerX, -centerY).then(back).then(.moved(centerX, centerY)).then(turn))
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
