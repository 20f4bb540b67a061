// The colour difference of two pictures of one size, pixel by pixel, forgiving a shift of one pixel.

/// Differences (CIEDE2000) between a reference and a place.
struct ColorDifferenceMap {
    private let reference: Bitmap
    private let place: Bitmap
    private let isCounted: [Bool]
    private let differences: [Double]

    /// Compares every counted pixel with the nine nearest of the other side.
    init(_ reference: Bitmap, _ place: Bitmap, _ isCounted: [Bool]) {
        self.reference = reference
        self.place = place
        self.isCounted = isCounted
        let width = reference.width
        let expected = isCounted.indices.map { LabColor(reference[$0 % width, $0 / width]) }
        let found = isCounted.indices.map { LabColor(place[$0 % width, $0 / width]) }
        differences = isCounted.indices.map { index in
            guard isCounted[index] else { return 0 }
            return min(
                Self.best(expected[index], found, around: index, width),
                Self.best(found[index], expected, around: index, width))
        }
    }

    /// The mean over the counted pixels.
    var mean: Double {
        let count = isCounted.reduce(0) { $0 + ($1 ? 1 : 0) }
        return count > 0 ? differences.reduce(0, +) / Double(count) : 0
    }

    /// Connected parts above the tolerance.
    func deviations(tolerance: Double, minimumShare: Double) -> [AlignedComparison.Deviation] {
        let total = Double(max(1, isCounted.reduce(0) { $0 + ($1 ? 1 : 0) }))
        let mask = differences.map { $0 > tolerance }
        return ConnectedPatch.all(in: mask, width: reference.width, height: reference.height).compactMap { patch in
            let share = Double(patch.count) / total
            guard share >= minimumShare, min(patch.bounds.width, patch.bounds.height) >= 2 else { return nil }
            let inside = [Int: Bool](uniqueKeysWithValues: patch.pixels.map { ($0, true) })
            guard let expected = reference.meanColor(where: { inside[$0] != nil }),
                let found = place.meanColor(where: { inside[$0] != nil })
            else { return nil }
            return AlignedComparison.Deviation(
                x: Double(patch.bounds.x) / Double(reference.width),
                y: Double(patch.bounds.y) / Double(reference.height),
                width: Double(patch.bounds.width) / Double(reference.width),
                height: Double(patch.bounds.height) / Double(reference.height),
                share: share, difference: LabColor(expected).difference(from: LabColor(found)),
                expected: expected, found: found)
        }
    }

    /// The smallest difference to the pixel's neighbourhood; the cheap distance chooses, CIEDE2000 measures.
    private static func best(_ color: LabColor, _ others: [LabColor], around index: Int, _ width: Int) -> Double {
        let x = index % width
        let y = index / width
        let height = others.count / width
        var nearest = others[index]
        var distance = color.distance(to: nearest)
        for row in max(0, y - 1)...min(height - 1, y + 1) {
            for column in max(0, x - 1)...min(width - 1, x + 1) {
                let candidate = color.distance(to: others[row * width + column])
                if candidate < distance { (nearest, distance) = (others[row * width + column], candidate) }
            }
        }
        return color.difference(from: nearest)
    }
}
