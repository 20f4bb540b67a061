// A longer fingerprint with places: which of 16 × 16 blocks are brighter than the median of their band.

/// A 256-bit fingerprint of where a picture is bright and dark.
public struct BlockHash: Sendable, Hashable {
    /// Four words of 64 bits, top band first.
    public let words: [UInt64]

    /// Computes the hash: 16 × 16 blocks, each against the median of its band of four rows.
    public init(of map: LuminanceMap) {
        let small = map.resampled(width: 16, height: 16)
        words = (0..<4).map { band in
            let values = small.values[(band * 64)..<(band * 64 + 64)]
            let sorted = values.sorted()
            let median = (sorted[31] + sorted[32]) / 2
            return values.enumerated().reduce(UInt64(0)) { $0 | ($1.element > median ? 1 << UInt64($1.offset) : 0) }
        }
    }

    /// The number of differing bits, 0 to 256; about 128 for unrelated pictures.
    public func distance(to other: BlockHash) -> Int {
        zip(words, other.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    }

    /// 1 for equal, 0 for unrelated (128 differing bits or more).
    public func similarity(to other: BlockHash) -> Double { max(0, 1 - Double(distance(to: other)) / 128) }
}
