// The figure: head, hair, eyes, shoulders, badge. Coordinates are in head radii from the head's middle.

/// Draws one figure.
struct DemoFigureDrawing {
    let figure: DemoFigure
    let variant: DemoVariant
    let layout: DemoLayout

    /// The badge's middle and radius, in head radii.
    static let badge = (x: 0.78, y: 2.12, radius: 0.27)

    private var colors: DemoFigure.Colors { figure.colors }
    private var eyeColor: RGBColor { variant.contains(.wrongEyeColor) ? figure.wrongEyes : colors.eyes }
    private var outline: RGBColor { colors.hairShade.mixed(with: RGBColor(40, 26, 36), 0.6) }

    func draw(on canvas: inout Canvas) {
        drawBackHair(&canvas)
        drawBody(&canvas)
        drawHead(&canvas)
        for side in [-1.0, 1.0] { drawEye(&canvas, side) }
        drawMouth(&canvas)
        drawFringe(&canvas)
        drawRibbon(&canvas)
        drawBadge(&canvas)
    }

    private func points(_ list: [(Double, Double)]) -> [DrawingPoint] { list.map { layout.figure($0.0, $0.1) } }

    private func mirroredPair(_ half: [(Double, Double)]) -> [(Double, Double)] {
        half + half.reversed().filter { $0.0 != 0 }.map { (-$0.0, $0.1) }
    }

    private func fill(_ canvas: inout Canvas, _ list: [(Double, Double)], _ upper: RGBColor, _ lower: RGBColor) {
        let top = list.map(\.1).min() ?? 0
        let bottom = list.map(\.1).max() ?? 1
        canvas.fill(
            .smooth(points(list)), .linear(upper, at: layout.figure(0, top), lower, at: layout.figure(0, bottom)))
    }

    private func drawBackHair(_ canvas: inout Canvas) {
        let long = figure == .momo || figure == .sora
        let half: [(Double, Double)] =
            long
            ? [(0, -1.24), (0.72, -1.08), (1.14, -0.5), (1.2, 0.3), (1.3, 1.2), (1.16, 2.0), (0.72, 2.1)]
            : [(0, -1.22), (0.72, -1.06), (1.12, -0.5), (1.14, 0.2), (1.02, 0.72), (0.7, 1.0)]
        fill(&canvas, mirroredPair(half), colors.hair.mixed(with: colors.hairShade, 0.45), colors.hairShade)
    }

    private func drawBody(_ canvas: inout Canvas) {
        let shirt = mirroredPair([(0, 1.36), (0.34, 1.34), (0.9, 1.52), (1.36, 1.86), (1.56, 2.6), (1.62, 3.7)])
        fill(&canvas, shirt, colors.shirt, colors.shirt.mixed(with: colors.collar, 0.28))
        let neck = [(-0.27, 0.8), (0.27, 0.8), (0.3, 1.42), (0, 1.68), (-0.3, 1.42)]
        let skinShade = colors.skin.mixed(with: RGBColor(190, 110, 90), 0.22)
        canvas.fill(
            .polygon(points(neck)),
            .linear(skinShade, at: layout.figure(0, 0.9), colors.skin, at: layout.figure(0, 1.5)))
        for side in [-1.0, 1.0] {
            let collar = [(0.06, 1.74), (0.34, 1.22), (0.62, 1.5), (0.5, 1.98)].map { ($0.0 * side, $0.1) }
            canvas.fill(.polygon(points(collar)), .solid(colors.collar))
        }
        let tie = [(0, 1.7), (0.15, 1.86), (0.09, 2.5), (0, 2.62), (-0.09, 2.5), (-0.15, 1.86)]
        canvas.fill(
            .polygon(points(tie)),
            .linear(
                colors.ribbon, at: layout.figure(0, 1.7), colors.ribbon.mixed(with: outline, 0.35),
                at: layout.figure(0, 2.6)))
    }

    private func drawHead(_ canvas: inout Canvas) {
        for side in [-1.0, 1.0] {
            canvas.fill(
                .ellipse(layout.figure(0.93 * side, 0.2), layout.radius * 0.14, layout.radius * 0.2),
                .solid(colors.skin.mixed(with: RGBColor(210, 120, 100), 0.18)))
        }
        let face = mirroredPair([
            (0, -1.02), (0.6, -0.9), (0.93, -0.35), (0.9, 0.28), (0.66, 0.74), (0.3, 0.98), (0, 1.05),
        ])
        fill(&canvas, face, colors.skin, colors.skin.mixed(with: RGBColor(240, 170, 150), 0.12))
        for side in [-1.0, 1.0] {
            let cheek = layout.figure(0.56 * side, 0.5)
            canvas.fill(
                .ellipse(cheek, layout.radius * 0.17, layout.radius * 0.09),
                .solid(RGBColor(250, 130, 130), opacity: 0.32))
        }
    }

    private func drawEye(_ canvas: inout Canvas, _ side: Double) {
        func ellipse(_ x: Double, _ y: Double, _ radiusX: Double, _ radiusY: Double) -> DrawingPath {
            .ellipse(layout.figure(x, y), layout.radius * radiusX, layout.radius * radiusY)
        }
        let x = 0.41 * side
        canvas.fill(ellipse(x, 0.17, 0.235, 0.265), .solid(RGBColor(255, 255, 255)))
        canvas.fill(
            ellipse(x, 0.18, 0.18, 0.235),
            .linear(
                eyeColor.mixed(with: RGBColor(10, 10, 30), 0.5), at: layout.figure(x, -0.05),
                eyeColor.mixed(with: RGBColor(255, 255, 255), 0.12), at: layout.figure(x, 0.36)))
        canvas.fill(ellipse(x, 0.17, 0.075, 0.11), .solid(eyeColor.mixed(with: RGBColor(0, 0, 10), 0.8)))
        canvas.fill(ellipse(x - 0.06, 0.07, 0.06, 0.07), .solid(RGBColor(255, 255, 255)))
        canvas.fill(ellipse(x + 0.07, 0.3, 0.03, 0.035), .solid(RGBColor(255, 255, 255), opacity: 0.85))
        let lash = [(0.14, 0.06), (0.24, -0.08), (0.42, -0.125), (0.6, -0.06), (0.69, 0.08)].map { ($0.0 * side, $0.1) }
        canvas.fill(.line(points(lash), width: layout.radius * 0.055, isSmooth: true), .solid(outline))
        let brow = [(0.22, -0.3), (0.42, -0.36), (0.64, -0.3)].map { ($0.0 * side, $0.1) }
        canvas.fill(.line(points(brow), width: layout.radius * 0.045, isSmooth: true), .solid(colors.hairShade))
    }

    private func drawMouth(_ canvas: inout Canvas) {
        let skinLine = RGBColor(190, 96, 84)
        canvas.fill(
            .line(points([(0.0, 0.42), (0.03, 0.48)]), width: layout.radius * 0.03), .solid(skinLine, opacity: 0.7))
        if figure == .hinata || figure == .momo {
            fill(
                &canvas, [(-0.2, 0.64), (0, 0.67), (0.2, 0.64), (0.12, 0.8), (0, 0.84), (-0.12, 0.8)],
                RGBColor(166, 56, 60), RGBColor(238, 120, 120))
        } else {
            let smile = points([(-0.18, 0.66), (-0.08, 0.72), (0.08, 0.72), (0.18, 0.66)])
            canvas.fill(.line(smile, width: layout.radius * 0.04, isSmooth: true), .solid(skinLine))
        }
    }

    private func drawFringe(_ canvas: inout Canvas) {
        let fringe: [(Double, Double)]
        switch figure {
        case .sora:
            fringe = [
                (-1.04, 0.3), (-1.12, -0.5), (-0.7, -1.1), (0, -1.26), (0.7, -1.1), (1.12, -0.5), (1.04, 0.3),
                (0.86, -0.24), (0.62, -0.42), (0.3, -0.36), (0.1, -0.22), (-0.06, -0.44), (-0.4, -0.34), (-0.66, -0.2),
                (-0.88, -0.26),
            ]
        case .hinata:
            fringe = [
                (-0.98, 0.1), (-1.14, -0.5), (-0.86, -1.12), (-0.5, -1.12), (-0.2, -1.36), (0.16, -1.16), (0.6, -1.3),
                (0.78, -1.0),
                (1.14, -0.6), (0.98, 0.1), (0.84, -0.34), (0.54, -0.24), (0.3, -0.46), (0.02, -0.22), (-0.28, -0.46),
                (-0.56, -0.24), (-0.84, -0.34),
            ]
        case .momo:
            fringe = [
                (-1.02, 0.7), (-1.14, -0.4), (-0.74, -1.08), (0, -1.24), (0.74, -1.08), (1.14, -0.4), (1.02, 0.7),
                (0.88, -0.1), (0.7, -0.34), (0.2, -0.5), (-0.16, -0.56), (-0.62, -0.34), (-0.86, -0.06),
            ]
        case .ren:
            fringe = [
                (-0.98, 0.2), (-1.1, -0.5), (-0.7, -1.1), (0, -1.26), (0.72, -1.1), (1.1, -0.5), (0.98, 0.2),
                (0.86, -0.3), (0.58, -0.16), (0.36, -0.44), (-0.1, -0.2), (-0.34, -0.42), (-0.6, -0.5), (-0.84, -0.3),
            ]
        }
        fill(&canvas, fringe, colors.hair.mixed(with: RGBColor(255, 255, 255), 0.12), colors.hair)
        let shine = points([(-0.62, -0.78), (-0.3, -0.9), (0.04, -0.93), (0.36, -0.88)])
        canvas.fill(
            .line(shine, width: layout.radius * 0.075, isSmooth: true),
            .solid(colors.hair.mixed(with: RGBColor(255, 255, 255), 0.55), opacity: 0.75))
    }

    private func drawRibbon(_ canvas: inout Canvas) {
        guard figure == .momo || figure == .sora else { return }
        for side in [-1.0, 1.0] {
            let wing = [(0.72, -1.0), (0.72 + 0.34 * side, -1.22), (0.72 + 0.36 * side, -0.82)]
            canvas.fill(.smooth(points(wing)), .solid(colors.ribbon))
        }
        canvas.fill(
            .circle(layout.figure(0.72, -1.01), layout.radius * 0.085), .solid(colors.ribbon.mixed(with: outline, 0.3)))
    }

    private func drawBadge(_ canvas: inout Canvas) {
        let middle = layout.figure(Self.badge.x, Self.badge.y)
        let radius = layout.radius * Self.badge.radius
        let ring = variant.contains(.wrongBadgeColor) ? RGBColor(58, 150, 84) : RGBColor(36, 74, 168)
        canvas.fill(.circle(middle, radius), .solid(RGBColor(255, 255, 255)))
        canvas.fill(
            .circle(middle, radius * 0.9),
            .linear(
                ring.mixed(with: RGBColor(255, 255, 255), 0.15), at: DrawingPoint(middle.x, middle.y - radius), ring,
                at: DrawingPoint(middle.x, middle.y + radius)))
        canvas.fill(
            .star(
                DrawingPoint(middle.x, middle.y + radius * 0.04), points: 5, outer: radius * 0.68, inner: radius * 0.29),
            .solid(RGBColor(255, 214, 74)))
    }
}
