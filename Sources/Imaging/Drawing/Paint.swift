// What an outline is filled with.

/// A colour or a gradient, with opacity.
public struct Paint: Sendable, Hashable {
    private enum Kind: Sendable, Hashable {
        case solid
        case linear(from: DrawingPoint, to: DrawingPoint)
        case radial(center: DrawingPoint, radius: Double)
    }

    private let kind: Kind
    private let start: RGBColor
    private let end: RGBColor
    /// 0 (nothing to see) to 1 (nothing shines through).
    let opacity: Double

    /// One colour.
    public static func solid(_ color: RGBColor, opacity: Double = 1) -> Paint {
        Paint(kind: .solid, start: color, end: color, opacity: opacity)
    }

    /// A gradient along a line.
    public static func linear(
        _ start: RGBColor, at from: DrawingPoint, _ end: RGBColor, at to: DrawingPoint, opacity: Double = 1
    ) -> Paint {
        Paint(kind: .linear(from: from, to: to), start: start, end: end, opacity: opacity)
    }

    /// A gradient from a centre outwards.
    public static func radial(
        _ start: RGBColor, _ end: RGBColor, center: DrawingPoint, radius: Double, opacity: Double = 1
    ) -> Paint {
        Paint(kind: .radial(center: center, radius: radius), start: start, end: end, opacity: opacity)
    }

    /// The colour at a place.
    func color(x: Double, y: Double) -> (red: Double, green: Double, blue: Double) {
        let part: Double
        switch kind {
        case .solid:
            part = 0
        case .linear(let from, let to):
            let along = (x: to.x - from.x, y: to.y - from.y)
            let length = along.x * along.x + along.y * along.y
            part = length > 0 ? ((x - from.x) * along.x + (y - from.y) * along.y) / length : 0
        case .radial(let center, let radius):
            let dx = x - center.x
            let dy = y - center.y
            part = radius > 0 ? (dx * dx + dy * dy).squareRoot() / radius : 1
        }
        let share = min(max(part, 0), 1)
        func mixed(_ first: UInt8, _ second: UInt8) -> Double {
            Double(first) + (Double(second) - Double(first)) * share
        }
        return (mixed(start.red, end.red), mixed(start.green, end.green), mixed(start.blue, end.blue))
    }
}

extension RGBColor {
    /// A mixture: 0 is this colour, 1 the other.
    public func mixed(with other: RGBColor, _ share: Double) -> RGBColor {
        func part(_ first: UInt8, _ second: UInt8) -> UInt8 {
            UInt8(min(max((Double(first) + (Double(second) - Double(first)) * share).rounded(), 0), 255))
        }
        return RGBColor(part(red, other.red), part(green, other.green), part(blue, other.blue))
    }
}
