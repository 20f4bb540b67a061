// How much of a picture has a colour, and where the largest patch of it is.

/// Where a colour occurs in a picture.
public struct ColorCoverage: Sendable, Hashable {
    /// The share of all pixels within the tolerance, 0 to 1.
    public let share: Double
    /// The bounds of the largest connected patch; nil when no pixel matches.
    public let largestPatch: PixelRectangle?
    /// The share of all pixels that this patch has.
    public let largestPatchShare: Double
    /// The mean colour of the matching pixels; nil when there are none.
    public let meanColor: RGBColor?

    /// Looks for a colour; pixels count when their CIEDE2000 difference is within the tolerance.
    public init(of color: RGBColor, in bitmap: Bitmap, tolerance: Double) {
        let target = LabColor(color)
        self.init(in: bitmap) { $0.difference(from: target) <= tolerance }
    }

    /// Looks for all colours that the closure accepts; it is asked once per cell of a coarse colour grid.
    public init(in bitmap: Bitmap, matching isMatch: (LabColor) -> Bool) {
        var verdicts: [Int: Bool] = [:]
        let pixels = bitmap.width * bitmap.height
        var mask = [Bool](repeating: false, count: pixels)
        var sums = [0, 0, 0]
        var count = 0
        for pixel in 0..<pixels {
            if let opacity = bitmap.opacity, opacity[pixel] < 128 { continue }
            let red = bitmap.samples[pixel * 3]
            let green = bitmap.samples[pixel * 3 + 1]
            let blue = bitmap.samples[pixel * 3 + 2]
            let cell = Int(red >> 2) << 12 | Int(green >> 2) << 6 | Int(blue >> 2)
            let verdict: Bool
            if let known = verdicts[cell] {
                verdict = known
            } else {
                verdict = isMatch(LabColor(RGBColor(red, green, blue)))
                verdicts[cell] = verdict
            }
            guard verdict else { continue }
            mask[pixel] = true
            count += 1
            sums[0] += Int(red)
            sums[1] += Int(green)
            sums[2] += Int(blue)
        }
        let patch = ConnectedPatch.largest(in: mask, width: bitmap.width, height: bitmap.height)
        share = Double(count) / Double(max(pixels, 1))
        largestPatch = patch?.bounds
        largestPatchShare = Double(patch?.count ?? 0) / Double(max(pixels, 1))
        meanColor =
            count == 0 ? nil : RGBColor(UInt8(sums[0] / count), UInt8(sums[1] / count), UInt8(sums[2] / count))
    }
}
