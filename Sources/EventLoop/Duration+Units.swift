extension Duration {
    /// Whole milliseconds, rounded up so that a timer never fires early; 0 for negative durations.
    var wholeMilliseconds: UInt64 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        return UInt64(seconds) &* 1_000 &+ UInt64((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// Whole nanoseconds; 0 for negative durations.
    var wholeNanoseconds: UInt64 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
    }
}
