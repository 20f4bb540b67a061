// What is searched for: a reference picture, reduced once, with its transparent parts left out.

/// A prepared reference picture.
public struct RegionTemplate: Sendable {
    /// The reference's own size in pixels.
    public let width: Int
    /// The reference's own size in pixels.
    public let height: Int
    /// How much its brightness varies; below `minimumContrast` there is no structure to search for.
    public let contrast: Double
    /// The mean colour of its opaque parts.
    public let meanColor: RGBColor
    /// The reference at most `workingSide` pixels long, with its opacity.
    private let working: Picture
    /// Its brightness, transparent parts filled with the mean of the others.
    private let brightness: ChannelPyramid
    /// Its opacity; nil when all of it is opaque.
    private let opacity: ChannelPyramid?

    /// Below this standard deviation of brightness (of 255) a reference is an even surface.
    public static let minimumContrast = 3.0

    /// Comparisons look at this many pixels of the reference's longest side unless told otherwise.
    public static let defaultDetailSide = 72

    private static let workingSide = 256

    /// Prepares a reference.
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public init(_ reference: Picture) throws {
        try self.init(reference, size: (reference.width, reference.height))
    }

    private init(_ reference: Picture, size: (width: Int, height: Int)) throws {
        width = size.width
        height = size.height
        working = try reference.fitted(into: Self.workingSide)
        let seen = try working.bitmap()
        let opaque = seen.fillingTransparency()
        brightness = try ChannelPyramid(brightnessOf: Picture(opaque))
        opacity = try ChannelPyramid(opacityOf: working)
        meanColor = opaque.meanColor { seen.opacity?[$0] ?? 255 >= 128 } ?? RGBColor(255, 255, 255)
        contrast = LuminanceMap(opaque).deviation
    }

    /// True when the reference has structure that can be found again.
    public var hasStructure: Bool { contrast >= Self.minimumContrast && min(width, height) >= 4 }

    /// The reference mirrored left to right.
    public func mirrored() throws -> RegionTemplate { try RegionTemplate(working.mirrored(), size: (width, height)) }

    /// The reference at most this many pixels long, transparent parts filled, with its opacity.
    func detail(side: Int) throws -> Bitmap {
        let small = try working.fitted(into: side).bitmap()
        return Bitmap(
            width: small.width, height: small.height, samples: small.fillingTransparency().samples,
            opacity: small.opacity)
    }

    /// The reference at this size, for correlation.
    func pattern(_ sides: (width: Int, height: Int)) throws -> CorrelationPattern {
        CorrelationPattern(
            brightness: try brightness.resized(to: sides.width, sides.height),
            opacity: try opacity?.resized(to: sides.width, sides.height).samples())
    }

    /// Long strips, such as a line of text, need more pixels across, and sizes closer together: a wrong size shows at their
    /// ends.
    private var isStrip: Bool { shape > 2.5 }
    private var shape: Double { Double(max(width, height)) / Double(min(width, height)) }

    /// How many pixels the reference has in the coarse search.
    var coarseArea: Double { isStrip ? min(300, 50 * shape) : 128 }

    /// Neighbouring sizes of the coarse search differ by this factor.
    var sizeStep: Double { isStrip ? 1.08 : 1.16 }

    /// Sides of about this area with the reference's shape, neither side below 4 pixels.
    func sides(area: Double) -> (width: Int, height: Int) {
        let shape = Double(width) / Double(height)
        let side = area.squareRoot()
        return (
            max(4, Int((side * shape.squareRoot()).rounded())), max(4, Int((side / shape.squareRoot()).rounded()))
        )
    }
}

extension Bitmap {
    /// Without transparency: pixels less than half opaque get the mean colour of the others.
    fileprivate func fillingTransparency() -> Bitmap {
        guard let opacity, let mean = meanColor(where: { opacity[$0] >= 128 }) else { return withoutOpacity }
        var filled = withoutOpacity
        for pixel in opacity.indices where opacity[pixel] < 128 {
            filled[pixel % width, pixel / width] = mean
        }
        return filled
    }

    /// The mean colour of the pixels whose index the closure accepts; nil when it accepts none.
    func meanColor(where isCounted: (Int) -> Bool) -> RGBColor? {
        var sums = (0, 0, 0)
        var count = 0
        for pixel in 0..<(width * height) where isCounted(pixel) {
            sums.0 += Int(samples[pixel * 3])
            sums.1 += Int(samples[pixel * 3 + 1])
            sums.2 += Int(samples[pixel * 3 + 2])
            count += 1
        }
        guard count > 0 else { return nil }
        return RGBColor(UInt8(sums.0 / count), UInt8(sums.1 / count), UInt8(sums.2 / count))
    }
}
