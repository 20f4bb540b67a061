extension Duration {
    /// Whole milliseconds; 0 for negative durations.
    var milliseconds: UInt64 {
        guard self > .zero else { return 0 }
        return UInt64(components.seconds) &* 1_000 &+ UInt64(components.attoseconds / 1_000_000_000_000_000)
    }
}
