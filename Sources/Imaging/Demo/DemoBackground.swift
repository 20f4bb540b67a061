// Soft backgrounds: a gradient sky, out-of-focus lights, hills.

/// Draws what lies behind the figure.
struct DemoBackground {
    private let random: DemoRandom
    private let scene: Int

    init(seed: UInt64) {
        random = DemoRandom(seed: seed &+ 7)
        scene = Int(seed % UInt64(Self.skies.count))
    }

    private static let skies: [(upper: RGBColor, lower: RGBColor, hill: RGBColor, light: RGBColor)] = [
        (RGBColor(150, 204, 246), RGBColor(236, 248, 255), RGBColor(150, 208, 170), RGBColor(255, 255, 255)),
        (RGBColor(255, 190, 170), RGBColor(255, 240, 214), RGBColor(214, 150, 150), RGBColor(255, 246, 214)),
        (RGBColor(190, 176, 236), RGBColor(250, 232, 246), RGBColor(168, 160, 214), RGBColor(255, 240, 252)),
        (RGBColor(168, 222, 206), RGBColor(246, 252, 236), RGBColor(140, 190, 150), RGBColor(255, 255, 240)),
        (RGBColor(120, 140, 190), RGBColor(236, 214, 222), RGBColor(96, 108, 150), RGBColor(255, 226, 190)),
        (RGBColor(250, 216, 150), RGBColor(255, 248, 226), RGBColor(204, 190, 130), RGBColor(255, 255, 255)),
    ]

    func draw(on canvas: inout Canvas) {
        var random = random
        let sky = Self.skies[scene]
        let width = Double(canvas.width)
        let height = Double(canvas.height)
        let all = DrawingPath.rectangle(x: 0, y: 0, width: width, height: height)
        canvas.fill(all, .linear(sky.upper, at: DrawingPoint(0, 0), sky.lower, at: DrawingPoint(0, height)))
        for _ in 0..<14 {
            let center = DrawingPoint(random.between(0, width), random.between(0, height * 0.75))
            let radius = height * random.between(0.02, 0.09)
            canvas.fill(
                .circle(center, radius), .radial(sky.light, sky.lower, center: center, radius: radius, opacity: 0.38))
        }
        for layer in 0..<2 {
            let base = height * (0.72 + Double(layer) * 0.12)
            let points = (0...6).map { step in
                DrawingPoint(width * Double(step) / 6, base + height * random.between(-0.05, 0.05))
            }
            let ridge = points + [DrawingPoint(width * 1.2, height * 1.2), DrawingPoint(-width * 0.2, height * 1.2)]
            let color = sky.hill.mixed(with: sky.lower, layer == 0 ? 0.55 : 0.2)
            canvas.fill(
                .smooth(ridge),
                .linear(
                    color, at: DrawingPoint(0, base), color.mixed(with: sky.light, 0.3), at: DrawingPoint(0, height)))
        }
    }
}
