/// A budget that fills at a rate up to a capacity; pure, moments are milliseconds of any clock.
///
/// Kept as the moment at which it will be full (the "virtual scheduling" form of GCRA), so that it needs no timer.
struct TokenBucket: Sendable {
    /// In nanoseconds.
    private var fullAt: UInt64 = 0

    /// Whether it holds everything again, so that it may be forgotten.
    func isFull(now: UInt64) -> Bool { fullAt <= now * 1_000_000 }

    /// Takes an amount; nil if it was there, else the milliseconds until it is.
    ///
    /// More than the capacity is let through when the bucket is full, and paid back: it could never be there.
    mutating func take(_ amount: Int, rate: RateLimits.Budget, now: UInt64) -> UInt64? {
        let now = now * 1_000_000
        let begin = max(fullAt, now)
        let missing = begin - now
        let room = rate.nanoseconds(for: rate.capacity)
        let price = rate.nanoseconds(for: amount)
        guard missing + min(price, room) <= room else {
            return (missing + min(price, room) - room + 999_999) / 1_000_000
        }
        fullAt = begin + price
        return nil
    }
}

extension RateLimits.Budget {
    /// Nanoseconds that an amount takes to come back: fine enough for a rate of millions.
    ///
    /// More than a billion counts as a billion.
    fileprivate func nanoseconds(for amount: Int) -> UInt64 {
        UInt64(min(amount, 1_000_000_000)) * 1_000_000_000 / UInt64(max(1, perSecond))
    }
}
