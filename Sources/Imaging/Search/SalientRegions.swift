// What stands out from the background of a picture: the colours along its border are taken for the background, and what is
// far from all of them is something. Plain arithmetic: no training, no guess about what a thing is.

/// A part of a picture that stands out.
public struct SalientRegion: Sendable, Hashable {
    /// The part, in pixels of the picture.
    public let rectangle: PixelRectangle
    /// How clearly it stands out, above 0 to 1: its mean distance from the background's colours, and how much of the
    /// rectangle it fills.
    public let distinctness: Double
    /// The mean colour of what stands out.
    public let color: RGBColor
}

extension Picture {
    /// The parts that stand out from the background, largest first; none lies within another.
    ///
    /// Computes some ten milliseconds; call it on the blocking pool. `checkCancellation` is asked between the steps.
    ///
    /// - Throws: `ImagingError` with `operationFailed`; what `checkCancellation` throws.
    public func salientRegions(limit: Int, checkCancellation: () throws -> Void = {}) throws -> [SalientRegion] {
        let view = try fitted(into: SaliencyMap.side).bitmap()
        try checkCancellation()
        let map = SaliencyMap(of: view)
        try checkCancellation()
        var kept: [SalientRegion] = []
        for patch in map.patches where kept.count < limit {
            let region = map.region(patch, of: view, width: width, height: height)
            if kept.contains(where: { $0.rectangle.contains(mostOf: region.rectangle) }) { continue }
            kept.append(region)
        }
        return kept
    }
}

extension PixelRectangle {
    /// Whether four fifths of another rectangle lie in this one.
    fileprivate func contains(mostOf other: PixelRectangle) -> Bool {
        Double(intersection(other)?.area ?? 0) >= 0.8 * Double(other.area)
    }
}

/// How far each pixel's colour is from those of the background.
private struct SaliencyMap {
    /// The picture is looked at with so many pixels on its longer side.
    static let side = 256
    /// A colour of the border is background when it has at least this share of the border.
    private static let backgroundShare = 0.08
    /// Below this distance (CIE 1976) nothing stands out: shadows and the noise of compression stay below it.
    private static let smallestDistance = 18.0
    /// What is smaller, as a share of the picture, is a speck.
    private static let smallestShare = 0.002

    let width: Int
    let height: Int
    private let distances: [Double]

    init(of bitmap: Bitmap) {
        width = bitmap.width
        height = bitmap.height
        let background = Self.background(of: bitmap)
        var known: [Int: Double] = [:]
        distances = (0..<(width * height)).map { pixel in
            if let opacity = bitmap.opacity, opacity[pixel] < 128 { return 0 }
            let color = bitmap[pixel % bitmap.width, pixel / bitmap.width]
            let cell = Int(color.red >> 2) << 12 | Int(color.green >> 2) << 6 | Int(color.blue >> 2)
            if let distance = known[cell] { return distance }
            let lab = LabColor(color)
            let distance = background.lazy.map { lab.distance(to: $0) }.min() ?? 100
            known[cell] = distance
            return distance
        }
    }

    /// The connected parts that stand out, largest first, without specks.
    var patches: [ConnectedPatch] {
        let threshold = max(Self.smallestDistance, otsu)
        let mask = closed(distances.map { $0 >= threshold })
        let smallest = max(4, Int(Self.smallestShare * Double(width * height)))
        return ConnectedPatch.all(in: mask, width: width, height: height).filter { $0.count >= smallest }
    }

    /// A patch as a part of the whole picture.
    func region(_ patch: ConnectedPatch, of bitmap: Bitmap, width fullWidth: Int, height fullHeight: Int)
        -> SalientRegion
    {
        let mean = patch.pixels.reduce(0) { $0 + min(distances[$1], 100) } / Double(patch.count)
        let filled = Double(patch.count) / Double(patch.bounds.area)
        let inside = Swift.Set(patch.pixels)
        let across = Double(fullWidth) / Double(width)
        let down = Double(fullHeight) / Double(height)
        let left = Int((Double(patch.bounds.x) * across).rounded(.down))
        let top = Int((Double(patch.bounds.y) * down).rounded(.down))
        let right = min(Int((Double(patch.bounds.x + patch.bounds.width) * across).rounded(.up)), fullWidth)
        let bottom = min(Int((Double(patch.bounds.y + patch.bounds.height) * down).rounded(.up)), fullHeight)
        return SalientRegion(
            rectangle: PixelRectangle(x: left, y: top, width: right - left, height: bottom - top),
            distinctness: 0.7 * min(mean / 60, 1) + 0.3 * min(filled, 1),
            color: bitmap.meanColor { inside.contains($0) } ?? RGBColor(0, 0, 0))
    }

    /// The colours that the border has most of; transparent parts are background anyway.
    private static func background(of bitmap: Bitmap) -> [LabColor] {
        let depth = max(1, min(bitmap.width, bitmap.height) / 24)
        var samples: [UInt8] = []
        for y in 0..<bitmap.height {
            for x in 0..<bitmap.width {
                let isBorder =
                    x < depth || y < depth || x >= bitmap.width - depth || y >= bitmap.height - depth
                if !isBorder { continue }
                if let opacity = bitmap.opacity, opacity[y * bitmap.width + x] < 128 { continue }
                let color = bitmap[x, y]
                samples += [color.red, color.green, color.blue]
            }
        }
        let border = Bitmap(width: samples.count / 3, height: 1, samples: samples)
        return Palette(of: border, maximumColors: 8).entries.filter { $0.share >= backgroundShare }.map(\.lab)
    }

    /// The distance that parts near from far best: Otsu's threshold over whole numbers up to 100.
    private var otsu: Double {
        var histogram = [Int](repeating: 0, count: 101)
        for distance in distances { histogram[Int(min(distance, 100))] += 1 }
        let total = Double(distances.count)
        let sum = histogram.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
        var (below, sumBelow, best) = (0.0, 0.0, (variance: 0.0, threshold: 0))
        for (value, count) in histogram.enumerated() {
            below += Double(count)
            sumBelow += Double(value * count)
            guard below > 0, below < total else { continue }
            let apart = sumBelow / below - (sum - sumBelow) / (total - below)
            let variance = below * (total - below) * apart * apart
            if variance > best.variance { best = (variance, value + 1) }
        }
        return Double(best.threshold)
    }

    /// Grown and shrunk again by a few pixels, so that thin lines do not part a thing.
    private func closed(_ mask: [Bool]) -> [Bool] {
        let radius = max(1, max(width, height) / 96)
        return shifted(shifted(mask, radius, isGrown: true), radius, isGrown: false)
    }

    /// Each pixel whether any (or each) pixel is set in a square around it, first along rows, then along columns.
    private func shifted(_ mask: [Bool], _ radius: Int, isGrown: Bool) -> [Bool] {
        var rows = mask
        for y in 0..<height {
            for x in 0..<width {
                let span = max(0, x - radius)...min(width - 1, x + radius)
                rows[y * width + x] =
                    isGrown
                    ? span.contains { mask[y * width + $0] } : span.allSatisfy { mask[y * width + $0] }
            }
        }
        var result = rows
        for y in 0..<height {
            let span = max(0, y - radius)...min(height - 1, y + radius)
            for x in 0..<width {
                result[y * width + x] =
                    isGrown
                    ? span.contains { rows[$0 * width + x] } : span.allSatisfy { rows[$0 * width + x] }
            }
        }
        return result
    }
}
