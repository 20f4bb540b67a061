// A reference laid over the place where it was found: how alike they are, and where the colours differ.

/// The comparison of a reference with one place of a picture.
public struct AlignedComparison: Sendable {
    /// A connected part whose colour differs from the reference.
    public struct Deviation: Sendable, Hashable {
        /// Its bounds as fractions of the compared place: left, top, width, height, each 0 to 1.
        public let x: Double
        /// See `x`.
        public let y: Double
        /// See `x`.
        public let width: Double
        /// See `x`.
        public let height: Double
        /// Its share of the reference's opaque pixels, 0 to 1.
        public let share: Double
        /// The CIEDE2000 difference of the two mean colours.
        public let difference: Double
        /// The reference's mean colour there.
        public let expected: RGBColor
        /// The picture's mean colour there.
        public let found: RGBColor
    }

    /// Agreement of structure (normalised correlation of brightness over opaque pixels), -1 to 1.
    public let structure: Double
    /// Mean CIEDE2000 difference of the pixels, a pixel's shift forgiven.
    public let meanDifference: Double
    /// Differing bits of the frequency hashes, 0 to 64.
    public let hashDistance: Int
    /// Difference of the dominant colours (mean CIEDE2000); nil when the reference is wholly transparent.
    public let paletteDistance: Double?
    /// Parts of another colour, largest share first.
    public let deviations: [Deviation]

    /// Compares a reference with a place of the picture.
    ///
    /// A pixel deviates when its best difference within one pixel's distance exceeds `tolerance`; a part is reported when it
    /// has `minimumShare` of the reference's pixels.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` when the rectangle leaves the picture.
    public init(
        _ template: RegionTemplate, with picture: Picture, at rectangle: PixelRectangle,
        detailSide: Int = RegionTemplate.defaultDetailSide, tolerance: Double = 14,
        minimumShare: Double = 0.012
    ) throws {
        let reference = try template.detail(side: detailSide)
        let place = try picture.cropped(to: rectangle).resized(width: reference.width, height: reference.height)
            .bitmap().withoutOpacity
        let isCounted =
            reference.opacity.map { opacity in opacity.map { $0 >= 128 } }
            ?? [Bool](repeating: true, count: reference.width * reference.height)
        let referenceMap = LuminanceMap(reference.withoutOpacity)
        let placeMap = LuminanceMap(place)
        structure = Self.correlation(referenceMap, placeMap, isCounted)
        // What lies under the reference's transparent parts is no business of ours: both sides look the same there.
        let covered = LuminanceMap(
            width: placeMap.width, height: placeMap.height,
            values: isCounted.indices.map { isCounted[$0] ? placeMap.values[$0] : referenceMap.values[$0] })
        hashDistance = PerceptualHash(frequenciesOf: referenceMap)
            .distance(to: PerceptualHash(frequenciesOf: covered))
        let visible = Bitmap(
            width: place.width, height: place.height, samples: place.samples, opacity: reference.opacity)
        paletteDistance = Palette(of: reference).distance(to: Palette(of: visible))
        let differences = ColorDifferenceMap(reference, place, isCounted)
        meanDifference = differences.mean
        deviations = differences.deviations(tolerance: tolerance, minimumShare: minimumShare)
    }

    /// Pearson's correlation over the counted pixels; 0 when one side is even.
    private static func correlation(_ first: LuminanceMap, _ second: LuminanceMap, _ isCounted: [Bool]) -> Double {
        var count = 0.0
        var sums = (0.0, 0.0)
        for index in isCounted.indices where isCounted[index] {
            count += 1
            sums.0 += Double(first.values[index])
            sums.1 += Double(second.values[index])
        }
        guard count > 0 else { return 0 }
        let means = (sums.0 / count, sums.1 / count)
        var (both, one, other) = (0.0, 0.0, 0.0)
        for index in isCounted.indices where isCounted[index] {
            let a = Double(first.values[index]) - means.0
            let b = Double(second.values[index]) - means.1
            both += a * b
            one += a * a
            other += b * b
        }
        return one > 0 && other > 0 ? both / (one * other).squareRoot() : 0
    }
}
