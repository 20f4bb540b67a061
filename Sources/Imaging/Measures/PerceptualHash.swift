#if canImport(Glibc)
    import Glibc
#endif

// Fingerprints that change little when a picture is scaled, recompressed or slightly edited.

/// A 64-bit fingerprint of how a picture looks.
public struct PerceptualHash: Sendable, Hashable, CustomStringConvertible {
    /// The bits; two hashes are compared by the number of differing ones.
    public let bits: UInt64

    /// Makes a hash from stored bits.
    public init(bits: UInt64) { self.bits = bits }

    /// The frequency hash (pHash): signs of the 64 lowest frequencies of a 32 × 32 cosine transform against their median.
    public init(frequenciesOf map: LuminanceMap) {
        let size = 32
        let small = map.resampled(width: size, height: size)
        var low: [Double] = []
        for v in 0..<8 {
            for u in 0..<8 {
                var sum = 0.0
                for y in 0..<size {
                    for x in 0..<size {
                        sum +=
                            Double(small.values[y * size + x]) * Self.cosines[u * size + x] * Self.cosines[v * size + y]
                    }
                }
                low.append(sum)
            }
        }
        // The first coefficient is the mean brightness; it says nothing of structure and would move the median.
        let median = low.dropFirst().sorted()[31]
        bits = low.enumerated().reduce(0) { $0 | ($1.offset > 0 && $1.element > median ? 1 << UInt64($1.offset) : 0) }
    }

    /// The gradient hash (dHash): whether each of 8 × 8 cells is brighter than its right neighbour.
    public init(gradientsOf map: LuminanceMap) {
        let small = map.resampled(width: 9, height: 8)
        var bits: UInt64 = 0
        for y in 0..<8 {
            for x in 0..<8 where small.values[y * 9 + x] > small.values[y * 9 + x + 1] {
                bits |= 1 << UInt64(y * 8 + x)
            }
        }
        self.bits = bits
    }

    /// The number of differing bits: 0 for equal, about 32 for unrelated pictures.
    public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// 1 for equal, 0 for unrelated (32 differing bits or more).
    public func similarity(to other: PerceptualHash) -> Double { max(0, 1 - Double(distance(to: other)) / 32) }

    /// Sixteen hexadecimal digits.
    public var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static let cosines: [Double] = (0..<8).flatMap { u in
        (0..<32).map { x in cos((2 * Double(x) + 1) * Double(u) * .pi / 64) }
    }
}
