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
    /// Agreement of edges (normalised correlation of their strength), -1 to 1; steadier than `structure` against other
    /// light and colours.
    public let edges: Double
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
        structure = referenceMap.correlation(with: placeMap, where: isCounted)
        edges = referenceMap.edges.correlation(
            with: placeMap.edges, where: Self.inner(isCounted, reference.width))
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

    /// The counted pixels that have only counted ones around them: edges at the border of the opaque part are not its own.
    private static func inner(_ isCounted: [Bool], _ width: Int) -> [Bool] {
        let height = isCounted.count / width
        guard isCounted.contains(false) else { return isCounted }
        return isCounted.indices.map { index in
            let x = index % width
            let y = index / width
            for row in max(0, y - 2)...min(height - 1, y + 2) {
                for column in max(0, x - 2)...min(width - 1, x + 2) where !isCounted[row * width + column] {
                    return false
                }
            }
            return true
        }
    }
}
