// Pictures for the demo data, drawn by the program itself: no foreign rights, the same on every machine, and with
// faults that are known, so that a review has something true to find. Call on the blocking pool.

/// A drawn picture of a figure of the demo data.
public struct DemoIllustration: Sendable, Hashable {
    /// Who is shown.
    public let figure: DemoFigure
    /// What is wrong with it.
    public let variant: DemoVariant
    /// What varies besides: background, place and size of the figure.
    public let seed: UInt64
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int

    /// The text of the copyright notice.
    public static let noticeText = "© AIMAGE DEMO 2025"

    /// Describes a picture; nothing is drawn yet.
    ///
    /// Traps below 64 × 64 pixels.
    public init(figure: DemoFigure, variant: DemoVariant = [], seed: UInt64, width: Int = 960, height: Int = 720) {
        precondition(min(width, height) >= 64, "DemoIllustration: at least 64 × 64 pixels")
        self.figure = figure
        self.variant = variant
        self.seed = seed
        self.width = width
        self.height = height
    }

    /// The picture as PNG.
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public static func render(
        figure: DemoFigure, variant: DemoVariant = [], seed: UInt64, width: Int = 960, height: Int = 720
    ) throws -> [UInt8] {
        let illustration = DemoIllustration(figure: figure, variant: variant, seed: seed, width: width, height: height)
        return try Picture(illustration.bitmap()).pngBytes()
    }

    /// A reference picture of a part, as PNG: cut from a picture without fault, transparent around round parts.
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public static func reference(_ part: DemoPart, figure: DemoFigure) throws -> [UInt8] {
        let (width, height) = (960, 720)
        let layout = DemoLayout(referenceWidth: width, height: height)
        let variant: DemoVariant = part == .forbiddenSymbol ? .forbiddenSymbol : []
        let bitmap = draw(figure: figure, variant: variant, layout: layout, seed: 0, width: width, height: height)
        let rectangle = layout.rectangle(of: part)
        let shown = bitmap.cropped(to: rectangle)
        guard let outline = layout.outline(of: part) else { return try Picture(shown).pngBytes() }
        // Drawn in white on black, the outline is the opacity.
        var mask = Canvas(width: width, height: height, background: RGBColor(0, 0, 0))
        mask.fill(outline, .solid(RGBColor(255, 255, 255)))
        let opacity = mask.bitmap.cropped(to: rectangle).samples.enumerated().filter { $0.offset % 3 == 0 }
        return try Picture(shown, opacity: opacity.map(\.element)).pngBytes()
    }

    /// Where a part lies, in pixels; nil when the picture does not show it.
    public func rectangle(of part: DemoPart) -> PixelRectangle? {
        let isShown =
            switch part {
            case .eyes, .face, .badge: !variant.contains(.missingFigure)
            case .notice: !variant.contains(.missingNotice)
            case .forbiddenSymbol: variant.contains(.forbiddenSymbol)
            }
        return isShown ? DemoLayout(seed: seed, width: width, height: height).rectangle(of: part) : nil
    }

    /// Draws the picture.
    public func bitmap() -> Bitmap {
        let layout = DemoLayout(seed: seed, width: width, height: height)
        return Self.draw(figure: figure, variant: variant, layout: layout, seed: seed, width: width, height: height)
    }

    private static func draw(
        figure: DemoFigure, variant: DemoVariant, layout: DemoLayout, seed: UInt64, width: Int, height: Int
    ) -> Bitmap {
        var canvas = Canvas(width: width, height: height, background: RGBColor(255, 255, 255))
        DemoBackground(seed: seed).draw(on: &canvas)
        if variant.contains(.forbiddenSymbol) { drawForbiddenSymbol(&canvas, layout) }
        if !variant.contains(.missingFigure) {
            DemoFigureDrawing(figure: figure, variant: variant, layout: layout).draw(on: &canvas)
        }
        if !variant.contains(.missingNotice) { drawNotice(&canvas, layout) }
        return canvas.bitmap
    }

    /// An invented emblem: a red disc, a black ring, a zigzag.
    private static func drawForbiddenSymbol(_ canvas: inout Canvas, _ layout: DemoLayout) {
        let middle = layout.symbol
        let radius = layout.symbolRadius
        canvas.fill(.circle(middle, radius), .solid(RGBColor(24, 18, 22)))
        canvas.fill(.circle(middle, radius * 0.84), .solid(RGBColor(206, 24, 40)))
        let bolt = [(0.16, -0.74), (-0.44, 0.1), (-0.06, 0.1), (-0.2, 0.74), (0.44, -0.16), (0.06, -0.16)].map {
            DrawingPoint(middle.x + $0.0 * radius, middle.y + $0.1 * radius)
        }
        canvas.fill(.polygon(bolt), .solid(RGBColor(24, 18, 22)))
    }

    private static func drawNotice(_ canvas: inout Canvas, _ layout: DemoLayout) {
        let plate = layout.notice
        canvas.fill(
            .roundedRectangle(
                x: plate.x, y: plate.y, width: plate.width, height: plate.height, radius: plate.height * 0.3),
            .solid(RGBColor(28, 30, 44)))
        let text = StrokeFont.outline(noticeText, height: layout.noticeHeight * 0.46)
        let origin = DrawingPoint(plate.x + layout.noticeHeight * 0.45, plate.y + layout.noticeHeight * 0.27)
        canvas.fill(text.placed(at: origin, scale: 1), .solid(RGBColor(255, 255, 255)))
    }
}
