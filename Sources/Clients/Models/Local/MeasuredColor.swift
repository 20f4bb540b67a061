import Imaging

// Colours are measured on a reduced copy; the place goes back to fractions at once, so nobody mixes up the sizes.

/// Where a colour occurs in a picture.
struct MeasuredColor: Sendable {
    /// Shares of the picture.
    let coverage: ColorCoverage
    /// The largest patch; nil when the colour does not occur.
    let area: BoundingBox?

    private static let side = 512

    /// Measures on a copy of at most 512 pixels.
    init(in picture: Picture, _ measure: (Bitmap) throws -> ColorCoverage) throws {
        let bitmap = try picture.fitted(into: Self.side).bitmap()
        coverage = try measure(bitmap)
        area = coverage.largestPatch.flatMap {
            BoundingBox($0, imageWidth: bitmap.width, imageHeight: bitmap.height)
        }
    }
}
