// Where a picture has edges: what is left of it when colours and light are taken away.

extension LuminanceMap {
    /// How strongly brightness changes at every pixel, a little blurred so that a shift of a pixel does no harm.
    public var edges: LuminanceMap {
        let smooth = blurred
        var values = [Float](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width {
                let left = smooth.values[y * width + max(0, x - 1)]
                let right = smooth.values[y * width + min(width - 1, x + 1)]
                let above = smooth.values[max(0, y - 1) * width + x]
                let below = smooth.values[min(height - 1, y + 1) * width + x]
                let across = right - left
                let down = below - above
                values[y * width + x] = (across * across + down * down).squareRoot()
            }
        }
        return LuminanceMap(width: width, height: height, values: values).blurred
    }

    /// Each pixel the mean of itself and its neighbours, up to nine.
    private var blurred: LuminanceMap {
        var values = [Float](repeating: 0, count: width * height)
        for y in 0..<height {
            let rows = max(0, y - 1)...min(height - 1, y + 1)
            for x in 0..<width {
                let columns = max(0, x - 1)...min(width - 1, x + 1)
                var sum: Float = 0
                for row in rows { for column in columns { sum += self.values[row * width + column] } }
                values[y * width + x] = sum / Float(rows.count * columns.count)
            }
        }
        return LuminanceMap(width: width, height: height, values: values)
    }

    /// Pearson's correlation with a map of the same size over the counted pixels; 0 when one side is even.
    public func correlation(with other: LuminanceMap, where isCounted: [Bool]) -> Double {
        precondition(width == other.width && height == other.height && isCounted.count == values.count)
        var count = 0.0
        var sums = (0.0, 0.0)
        for index in isCounted.indices where isCounted[index] {
            count += 1
            sums.0 += Double(values[index])
            sums.1 += Double(other.values[index])
        }
        guard count > 0 else { return 0 }
        let means = (sums.0 / count, sums.1 / count)
        var (both, one, two) = (0.0, 0.0, 0.0)
        for index in isCounted.indices where isCounted[index] {
            let first = Double(values[index]) - means.0
            let second = Double(other.values[index]) - means.1
            both += first * second
            one += first * first
            two += second * second
        }
        return one > 0 && two > 0 ? both / (one * two).squareRoot() : 0
    }
}
