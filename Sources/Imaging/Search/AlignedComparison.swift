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
        // Neither side is enlarged: enlarging blurs, and what is blurred on one side only looks different.
        let side = min(detailSide, max(rectangle.width, rectangle.height, 8))
        let reference = try template.detail(side: side)
        let place = try picture.cropped(to: rectangle).resized(width: reference.width, height: reference.height)
            .bitmap().withoutOpacity
        let isCounted = reference.countedPixels(margin: 1)
        let referenceMap = LuminanceMap(reference.withoutOpacity)
        let placeMap = LuminanceMap(place)
        structure = referenceMap.correlation(with: placeMap, where: isCounted)
        edges = referenceMap.edges.correlation(
            with: placeMap.edges, where: reference.countedPixels(margin: 2))
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
}

extension Bitmap {
    /// The opaque pixels that have only opaque ones around them, up to so many pixels away: at the border of a cut-out its
    /// old background shines through, and that is not part of it.
    func countedPixels(margin: Int) -> [Bool] {
        guard let opacity else { return [Bool](repeating: true, count: width * height) }
        return opacity.indices.map { index in
            let x = index % width
            let y = index / width
            for row in max(0, y - margin)...min(height - 1, y + margin) {
                for column in max(0, x - margin)...min(width - 1, x + margin)
                where opacity[row * width + column] < 128 { return false }
            }
            return true
        }
    }
}
