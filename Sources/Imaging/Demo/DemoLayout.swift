// Where everything lies in a demo picture, from its seed and size. Pixels; the figure's own units are its head's radius.

/// The places in one demo picture.
struct DemoLayout: Sendable {
    let width: Double
    let height: Double
    /// The middle of the head.
    let head: DrawingPoint
    /// The head's radius.
    let radius: Double
    let symbol: DrawingPoint
    let symbolRadius: Double
    let noticeHeight: Double
    let isNoticeLeft: Bool

    /// Chooses the places; the same seed gives the same ones.
    init(seed: UInt64, width: Int, height: Int) {
        var random = DemoRandom(seed: seed &+ 101)
        self.width = Double(width)
        self.height = Double(height)
        let unit = min(self.height, self.width * 0.95)
        radius = unit * random.between(0.185, 0.225)
        let side = random.between(-0.09, 0.09)
        head = DrawingPoint(self.width * (0.5 + side), self.height - radius * random.between(2.85, 3.05))
        symbolRadius = unit * random.between(0.085, 0.105)
        let symbolX = side > 0 ? random.between(0.13, 0.17) : random.between(0.83, 0.87)
        symbol = DrawingPoint(self.width * symbolX, self.height * random.between(0.2, 0.28))
        noticeHeight = unit * 0.062
        isNoticeLeft = random.between(0, 1) < 0.3
    }

    /// The layout from which references are cut: the figure in the middle.
    init(referenceWidth width: Int, height: Int) {
        self.width = Double(width)
        self.height = Double(height)
        let unit = min(self.width, self.height)
        radius = unit * 0.205
        head = DrawingPoint(self.width * 0.5, self.height - radius * 2.95)
        symbolRadius = unit * 0.095
        symbol = DrawingPoint(self.width * 0.85, self.height * 0.25)
        noticeHeight = unit * 0.062
        isNoticeLeft = false
    }

    /// A point in the figure's units: the head's middle is the origin, its radius 1.
    func figure(_ x: Double, _ y: Double) -> DrawingPoint { DrawingPoint(head.x + x * radius, head.y + y * radius) }

    /// The notice's plate.
    var notice: (x: Double, y: Double, width: Double, height: Double) {
        let plate = StrokeFont.width(of: DemoIllustration.noticeText, height: noticeHeight * 0.46) + noticeHeight * 0.9
        let margin = noticeHeight * 0.5
        return (
            isNoticeLeft ? margin : width - plate - margin, height - noticeHeight - margin, plate, noticeHeight
        )
    }

    /// The rectangle of a part, in whole pixels within the picture.
    func rectangle(of part: DemoPart) -> PixelRectangle {
        switch part {
        case .eyes: pixels(figure(-0.78, -0.16), figure(0.78, 0.5))
        case .face: pixels(figure(-1.08, -1.12), figure(1.08, 1.08))
        case .badge:
            pixels(
                figure(DemoFigureDrawing.badge.x - 0.3, DemoFigureDrawing.badge.y - 0.3),
                figure(DemoFigureDrawing.badge.x + 0.3, DemoFigureDrawing.badge.y + 0.3))
        case .notice:
            pixels(
                DrawingPoint(notice.x, notice.y), DrawingPoint(notice.x + notice.width, notice.y + notice.height))
        case .forbiddenSymbol:
            pixels(
                DrawingPoint(symbol.x - symbolRadius, symbol.y - symbolRadius),
                DrawingPoint(symbol.x + symbolRadius, symbol.y + symbolRadius))
        }
    }

    /// The outline that a reference of the part shows; nil for the whole rectangle.
    func outline(of part: DemoPart) -> DrawingPath? {
        switch part {
        case .eyes: nil
        case .face: .ellipse(figure(0, -0.02), radius * 1.02, radius * 1.08)
        case .badge:
            .circle(
                figure(DemoFigureDrawing.badge.x, DemoFigureDrawing.badge.y), radius * DemoFigureDrawing.badge.radius)
        case .notice:
            .roundedRectangle(
                x: notice.x, y: notice.y, width: notice.width, height: notice.height, radius: notice.height * 0.3)
        case .forbiddenSymbol: .circle(symbol, symbolRadius)
        }
    }

    private func pixels(_ from: DrawingPoint, _ to: DrawingPoint) -> PixelRectangle {
        let left = max(0, Int(from.x.rounded()))
        let top = max(0, Int(from.y.rounded()))
        return PixelRectangle(
            x: left, y: top, width: max(1, min(Int(width), Int(to.x.rounded())) - left),
            height: max(1, min(Int(height), Int(to.y.rounded())) - top))
    }
}
