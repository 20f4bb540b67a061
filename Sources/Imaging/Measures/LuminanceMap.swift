// Brightness alone, as floating point: what structure, sharpness and hashes are computed on.

/// The brightness of every pixel, 0 (black) to 255 (white), row by row.
public struct LuminanceMap: Sendable, Hashable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// One value per pixel.
    public let values: [Float]

    /// Makes a map; traps when the number of values does not fit the size.
    public init(width: Int, height: Int, values: [Float]) {
        precondition(values.count == width * height, "LuminanceMap: values must be width × height")
        self.width = width
        self.height = height
        self.values = values
    }

    /// The luma of a bitmap, by the weights of ITU-R BT.601.
    public init(_ bitmap: Bitmap) {
        let count = bitmap.width * bitmap.height
        let values = [Float](unsafeUninitializedCapacity: count) { values, initialised in
            bitmap.samples.withUnsafeBufferPointer { samples in
                var pixel = 0
                while pixel < count {
                    let offset = pixel * 3
                    values[pixel] =
                        0.299 * Float(samples[offset]) + 0.587 * Float(samples[offset + 1])
                        + 0.114 * Float(samples[offset + 2])
                    pixel += 1
                }
            }
            initialised = count
        }
        self.init(width: bitmap.width, height: bitmap.height, values: values)
    }

    /// Mean brightness.
    public var mean: Double { values.reduce(0) { $0 + Double($1) } / Double(max(values.count, 1)) }

    /// Standard deviation of brightness.
    public var deviation: Double {
        let mean = mean
        let sum = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (sum / Double(max(values.count, 1))).squareRoot()
    }

    /// The map at another size, each new pixel the mean of the area it covers (or the nearest pixel when enlarging).
    public func resampled(width newWidth: Int, height newHeight: Int) -> LuminanceMap {
        let columns = AreaWeights(from: width, to: newWidth)
        let rows = AreaWeights(from: height, to: newHeight)
        var wide = [Float](repeating: 0, count: newWidth * height)
        for y in 0..<height {
            for x in 0..<newWidth {
                var sum: Float = 0
                for (source, weight) in columns.contributions[x] { sum += values[y * width + source] * weight }
                wide[y * newWidth + x] = sum
            }
        }
        var result = [Float](repeating: 0, count: newWidth * newHeight)
        for y in 0..<newHeight {
            for (source, weight) in rows.contributions[y] {
                for x in 0..<newWidth { result[y * newWidth + x] += wide[source * newWidth + x] * weight }
            }
        }
        return LuminanceMap(width: newWidth, height: newHeight, values: result)
    }
}

/// Which source pixels make each target pixel along one axis; the weights of a target sum to 1.
private struct AreaWeights {
    let contributions: [[(source: Int, weight: Float)]]

    init(from count: Int, to newCount: Int) {
        let step = Double(count) / Double(newCount)
        contributions = (0..<newCount).map { target in
            let start = Double(target) * step
            let end = min(start + step, Double(count))
            if step <= 1 { return [(min(Int((start + end) / 2), count - 1), 1)] }
            return (Int(start)..<min(Int(end.rounded(.up)), count)).map { source in
                let covered = min(end, Double(source + 1)) - max(start, Double(source))
                return (source, Float(covered / (end - start)))
            }
        }
    }
}
