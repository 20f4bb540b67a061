#if canImport(Glibc)
    import Glibc
#endif

// CIEDE2000 (CIE 142-2001, ISO/CIE 11664-6): 1 is just noticeable, above 10 is another colour at a glance.

extension LabColor {
    /// The CIEDE2000 difference with unit weights.
    public func difference(from other: LabColor) -> Double {
        let meanChroma = (chroma + other.chroma) / 2
        let seventh = pow(meanChroma, 7)
        let stretch = 1 + 0.5 * (1 - (seventh / (seventh + 6_103_515_625)).squareRoot())
        let first = Polar(a * stretch, b)
        let second = Polar(other.a * stretch, other.b)

        let deltaLightness = other.lightness - lightness
        let deltaChroma = second.radius - first.radius
        let bothColoured = first.radius * second.radius != 0
        var turn = bothColoured ? second.angle - first.angle : 0
        if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
        let deltaHue = 2 * (first.radius * second.radius).squareRoot() * sine(turn / 2)

        let lightness = (lightness + other.lightness) / 2
        let radius = (first.radius + second.radius) / 2
        let angle = bothColoured ? Self.meanAngle(first.angle, second.angle) : first.angle + second.angle

        let tone =
            1 - 0.17 * cosine(angle - 30) + 0.24 * cosine(2 * angle) + 0.32 * cosine(3 * angle + 6)
            - 0.20 * cosine(4 * angle - 63)
        let offset = (lightness - 50) * (lightness - 50)
        let weightLightness = 1 + 0.015 * offset / (20 + offset).squareRoot()
        let weightChroma = 1 + 0.045 * radius
        let weightHue = 1 + 0.015 * radius * tone
        let radiusSeventh = pow(radius, 7)
        let bend = 2 * (radiusSeventh / (radiusSeventh + 6_103_515_625)).squareRoot()
        let spread = (angle - 275) / 25
        let rotation = -sine(60 * exp(-spread * spread)) * bend

        let termLightness = deltaLightness / weightLightness
        let termChroma = deltaChroma / weightChroma
        let termHue = deltaHue / weightHue
        let sum =
            termLightness * termLightness + termChroma * termChroma + termHue * termHue
            + rotation * termChroma * termHue
        return max(sum, 0).squareRoot()
    }

    private static func meanAngle(_ first: Double, _ second: Double) -> Double {
        let sum = first + second
        if abs(first - second) <= 180 { return sum / 2 }
        return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2
    }
}

private struct Polar {
    let radius: Double
    let angle: Double

    init(_ a: Double, _ b: Double) {
        radius = (a * a + b * b).squareRoot()
        let degrees = radius == 0 ? 0 : atan2(b, a) * 180 / .pi
        angle = degrees < 0 ? degrees + 360 : degrees
    }
}

private func sine(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }
private func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
