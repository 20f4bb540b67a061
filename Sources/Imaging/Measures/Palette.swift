// The dominant colours of a picture: k-means in Lab over a coarse histogram. Deterministic: no random start.

/// The dominant colours of a picture with their shares.
public struct Palette: Sendable, Hashable {
    /// One dominant colour.
    public struct Entry: Sendable, Hashable {
        /// The colour.
        public let color: RGBColor
        /// The same colour in Lab.
        public let lab: LabColor
        /// The share of the pixels, above 0 to 1.
        public let share: Double

        /// Makes an entry.
        public init(color: RGBColor, share: Double) {
            self.color = color
            self.lab = LabColor(color)
            self.share = share
        }
    }

    /// The colours, largest share first; empty only for a picture that is wholly transparent.
    public let entries: [Entry]

    /// Makes a palette of known entries.
    public init(entries: [Entry]) { self.entries = entries }

    /// Finds at most `maximumColors` dominant colours; transparent pixels do not count.
    public init(of bitmap: Bitmap, maximumColors: Int = 6) {
        let bins = ColorHistogram(of: bitmap).bins
        let total = bins.reduce(0) { $0 + $1.count }
        let centers = Palette.centers(bins, maximumColors)
        let groups = Palette.groups(bins, centers)
        entries =
            groups
            .filter { $0.count > 0 }
            .map { Entry(color: $0.meanColor, share: $0.count / total) }
            .sorted { ($0.share, $1.color.hex) > ($1.share, $0.color.hex) }
    }

    /// How far two palettes are apart: the mean difference (CIEDE2000) from each colour to its nearest partner, both ways.
    ///
    /// 0 for equal palettes; nil when one is empty.
    public func distance(to other: Palette) -> Double? {
        guard !entries.isEmpty, !other.entries.isEmpty else { return nil }
        return (oneWayDistance(to: other) + other.oneWayDistance(to: self)) / 2
    }

    /// The mean difference from each of these colours to the nearest of the other's, weighted by share.
    private func oneWayDistance(to other: Palette) -> Double {
        var sum = 0.0
        var weight = 0.0
        for entry in entries {
            let nearest = other.entries.lazy.map { entry.lab.difference(from: $0.lab) }.min() ?? 0
            sum += nearest * entry.share
            weight += entry.share
        }
        return weight > 0 ? sum / weight : 0
    }

    /// Starts with the most frequent colour, then again and again the bin whose weight times squared distance is largest;
    /// then moves the centres to their groups' means until nothing changes.
    private static func centers(_ bins: [ColorHistogram.Bin], _ maximum: Int) -> [LabColor] {
        guard let start = bins.max(by: { $0.count < $1.count }), maximum > 0 else { return [] }
        var centers = [start.lab]
        var nearest = bins.map { $0.lab.distance(to: start.lab) }
        while centers.count < maximum {
            var best: (index: Int, gain: Double)?
            for (index, bin) in bins.enumerated() {
                let gain = bin.count * nearest[index] * nearest[index]
                if nearest[index] > 4, gain > best?.gain ?? 0 { best = (index, gain) }
            }
            guard let best else { break }
            let center = bins[best.index].lab
            centers.append(center)
            for (index, bin) in bins.enumerated() { nearest[index] = min(nearest[index], bin.lab.distance(to: center)) }
        }
        for _ in 0..<12 {
            let moved = groups(bins, centers).enumerated().map { $1.count > 0 ? $1.meanLab : centers[$0] }
            if moved == centers { break }
            centers = moved
        }
        return centers
    }

    private static func groups(_ bins: [ColorHistogram.Bin], _ centers: [LabColor]) -> [ColorHistogram.Group] {
        var groups = [ColorHistogram.Group](repeating: .init(), count: centers.count)
        for bin in bins {
            var best = 0
            var distance = Double.infinity
            for (index, center) in centers.enumerated() {
                let candidate = bin.lab.distance(to: center)
                if candidate < distance { (best, distance) = (index, candidate) }
            }
            groups[best].add(bin)
        }
        return groups
    }
}
