#if canImport(Glibc)
    import Glibc
#endif

// Whether there is something to see, and whether it is sharp.

/// Measures of a picture's technical quality.
public struct PictureQuality: Sendable, Hashable {
    /// The variance of the Laplacian in the sharpest tenth of the tiles.
    ///
    /// Measured at the given size, so an out-of-focus background does not count against a sharp subject. Photographs in
    /// focus reach thousands, flat drawings with clean edges too; blurred by two pixels they fall below about 25.
    public let sharpness: Double
    /// Standard deviation of brightness, 0 to 127.5; below about 2 the picture is one even surface.
    public let contrast: Double
    /// Entropy of the brightness histogram in bits, 0 to 8; below about 0.3 there is nothing to see.
    public let entropy: Double

    /// True when the picture is an even surface: practically nothing to see.
    public var isBlank: Bool { contrast < 2 || entropy < 0.15 }

    /// True when nothing in the picture is sharp; a blank picture is not called blurred.
    public var isBlurred: Bool { !isBlank && sharpness < 25 }

    /// Measures a map; pass one at or near the picture's own size, since scaling down hides blur.
    public init(of map: LuminanceMap) {
        contrast = map.deviation
        entropy = Self.entropy(of: map)
        sharpness = Self.sharpness(of: map)
    }

    private static func entropy(of map: LuminanceMap) -> Double {
        var histogram = [Int](repeating: 0, count: 256)
        for value in map.values { histogram[Int(min(max(value, 0), 255))] += 1 }
        let total = Double(max(map.values.count, 1))
        return histogram.reduce(0) { sum, count in
            let share = Double(count) / total
            return count == 0 ? sum : sum - share * log2(share)
        }
    }

    private static func sharpness(of map: LuminanceMap) -> Double {
        guard map.width >= 3, map.height >= 3 else { return 0 }
        let side = max(24, max(map.width, map.height) / 16)
        var variances: [Double] = []
        for top in stride(from: 1, to: map.height - 1, by: side) {
            for left in stride(from: 1, to: map.width - 1, by: side) {
                let bottom = min(top + side, map.height - 1)
                let right = min(left + side, map.width - 1)
                variances.append(laplacianVariance(map, left..<right, top..<bottom))
            }
        }
        variances.sort(by: >)
        let best = variances.prefix(max(1, variances.count / 10))
        return best.reduce(0, +) / Double(best.count)
    }

    /// The variance of the four-neighbour Laplacian over one tile; the tile has a neighbour on every side.
    private static func laplacianVariance(_ map: LuminanceMap, _ columns: Range<Int>, _ rows: Range<Int>) -> Double {
        let width = map.width
        return map.values.withUnsafeBufferPointer { values in
            var sum = 0.0
            var squares = 0.0
            for y in rows {
                var index = y * width + columns.lowerBound
                let end = y * width + columns.upperBound
                while index < end {
                    let around = values[index - 1] + values[index + 1] + values[index - width] + values[index + width]
                    let laplacian = Double(around - 4 * values[index])
                    sum += laplacian
                    squares += laplacian * laplacian
                    index += 1
                }
            }
            let count = Double(columns.count * rows.count)
            let mean = sum / count
            return squares / count - mean * mean
        }
    }
}
