// Repeatable variety: the same seed draws the same picture everywhere.

/// A generator of repeatable numbers (SplitMix64).
struct DemoRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number of the range, evenly spread.
    mutating func between(_ low: Double, _ high: Double) -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return low + (high - low) * Double(mixed >> 11) / Double(1 << 53)
    }
}
