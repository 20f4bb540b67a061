/// The coordinates of a group, or of the slide: stretched along their axes they fill a rectangle, which is then turned and
/// flipped as a whole.
///
/// What is turned in a stretched group is stretched before its turn, by the other axis' factor if it lies on its side:
/// so it stays a rectangle. ECMA-376 leaves this open; PowerPoint and LibreOffice do it.
struct SlideSpace {
    private var scaleX = 1.0
    private var scaleY = 1.0
    private var x = 0.0
    private var y = 0.0
    private var turn = SlideTransform.identity

    /// The coordinates of the slide itself.
    static let slide = SlideSpace()

    private init() {}

    /// The coordinates of a group with a frame in these ones.
    ///
    /// A group without an extent of its children scales nothing.
    func group(_ frame: SlideFrame, children: SlideFrame) -> SlideSpace {
        let frame = stretched(frame)
        var inner = SlideSpace()
        inner.scaleX = children.width == 0 ? 1 : frame.width / children.width
        inner.scaleY = children.height == 0 ? 1 : frame.height / children.height
        inner.x = frame.x - children.x * inner.scaleX
        inner.y = frame.y - children.y * inner.scaleY
        inner.turn = frame.own.then(turn)
        return inner
    }

    /// Where something with a frame in these coordinates lies on the slide.
    func place(_ frame: SlideFrame) -> SlidePlace {
        let frame = stretched(frame)
        return SlidePlace(
            x: frame.x, y: frame.y, width: frame.width, height: frame.height, turn: frame.own.then(turn))
    }

    private func stretched(_ frame: SlideFrame) -> SlideFrame {
        var stretched = frame
        stretched.width *= abs(frame.isOnItsSide ? scaleY : scaleX)
        stretched.height *= abs(frame.isOnItsSide ? scaleX : scaleY)
        stretched.x = (frame.x + frame.width / 2) * scaleX + x - stretched.width / 2
        stretched.y = (frame.y + frame.height / 2) * scaleY + y - stretched.height / 2
        return stretched
    }
}

/// Where something lies on the slide: in an upright rectangle, in EMU, which is then turned and flipped as a whole.
struct SlidePlace: Sendable, Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    let turn: SlideTransform

    /// The left edge of what it covers.
    var left: Double { corners.map(\.x).min() ?? 0 }

    /// The upper edge of what it covers.
    var top: Double { corners.map(\.y).min() ?? 0 }

    /// What it covers, in square EMU.
    var area: Double { abs(width * height) }

    private var corners: [(x: Double, y: Double)] {
        [(x, y), (x + width, y), (x, y + height), (x + width, y + height)].map { turn.apply($0.0, $0.1) }
    }
}
