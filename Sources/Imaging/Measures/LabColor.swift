#if canImport(Glibc)
    import Glibc
#endif

// Colours as the eye compares them: CIE L*a*b* (D65) and the CIEDE2000 difference.

/// A colour of CIE L*a*b* for the D65 white of sRGB.
public struct LabColor: Sendable, Hashable {
    /// Lightness, 0 (black) to 100 (white).
    public var lightness: Double
    /// Green (negative) to red (positive), about -128 to 127.
    public var a: Double
    /// Blue (negative) to yellow (positive), about -128 to 127.
    public var b: Double

    /// Makes a colour from its three coordinates.
    public init(lightness: Double, a: Double, b: Double) {
        self.lightness = lightness
        self.a = a
        self.b = b
    }

    /// Converts from sRGB (IEC 61966-2-1).
    public init(_ color: RGBColor) {
        let red = Self.linear[Int(color.red)]
        let green = Self.linear[Int(color.green)]
        let blue = Self.linear[Int(color.blue)]
        let x = Self.curve((0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47)
        let y = Self.curve(0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue)
        let z = Self.curve((0.019_333_9 * red + 0.119_192_0 * green + 0.950_304_1 * blue) / 1.088_83)
        self.init(lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
    }

    /// Distance from grey: 0 for greys, above 60 for vivid colours.
    public var chroma: Double { (a * a + b * b).squareRoot() }

    /// Hue angle in degrees, 0 up to 360; without meaning for greys.
    public var hue: Double {
        let degrees = atan2(b, a) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    /// The nearest colour of sRGB.
    public var rgb: RGBColor {
        let y = (lightness + 16) / 116
        let x = 0.950_47 * Self.inverseCurve(y + a / 500)
        let z = 1.088_83 * Self.inverseCurve(y - b / 200)
        let luminance = Self.inverseCurve(y)
        return RGBColor(
            Self.byte(3.240_454_2 * x - 1.537_138_5 * luminance - 0.498_531_4 * z),
            Self.byte(-0.969_266_0 * x + 1.876_010_8 * luminance + 0.041_556_0 * z),
            Self.byte(0.055_643_4 * x - 0.204_025_9 * luminance + 1.057_225_2 * z))
    }

    /// The plain distance (CIE 1976): cheap, good for grouping.
    public func distance(to other: LabColor) -> Double {
        let lightness = lightness - other.lightness
        let a = a - other.a
        let b = b - other.b
        return (lightness * lightness + a * a + b * b).squareRoot()
    }

    private static let linear: [Double] = (0..<256).map { value in
        let part = Double(value) / 255
        return part <= 0.040_45 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }

    private static func curve(_ value: Double) -> Double {
        value > 216.0 / 24_389 ? cbrt(value) : (24_389.0 / 27 * value + 16) / 116
    }

    private static func inverseCurve(_ value: Double) -> Double {
        let cube = value * value * value
        return cube > 216.0 / 24_389 ? cube : (116 * value - 16) * 27 / 24_389
    }

    /// A linear part of light, 0 to 1, as sRGB has it.
    static func byte(_ linear: Double) -> UInt8 {
        let clamped = min(max(linear, 0), 1)
        let part = clamped <= 0.003_130_8 ? clamped * 12.92 : 1.055 * pow(clamped, 1 / 2.4) - 0.055
        return UInt8((part * 255).rounded())
    }
}
