import Foundation
import Testing

@testable import Server

@Suite("Rate limits")
struct RateLimiterTests {
    private let rate = RateLimits.Budget(capacity: 10, perSecond: 2)

    @Test
    func `A full bucket gives its capacity at once and then fills at its rate`() {
        var bucket = TokenBucket()
        #expect(bucket.take(6, rate: rate, now: 1_000) == nil)
        #expect(bucket.take(4, rate: rate, now: 1_000) == nil)
        #expect(bucket.take(1, rate: rate, now: 1_000) == 500)
        #expect(bucket.take(1, rate: rate, now: 1_499) == 1)
        #expect(bucket.take(1, rate: rate, now: 1_500) == nil)
        #expect(bucket.take(10, rate: rate, now: 1_500) == 5_000)
    }

    @Test
    func `What is cheap is not made dear by the clock's coarseness`() {
        let fast = RateLimits.Budget(capacity: 1_000, perSecond: 100_000)
        var bucket = TokenBucket()
        for _ in 0..<500 { #expect(bucket.take(2, rate: fast, now: 0) == nil) }
        #expect(bucket.take(2, rate: fast, now: 0) == 1)
        // A millisecond brings back a hundred.
        for _ in 0..<50 { #expect(bucket.take(2, rate: fast, now: 1) == nil) }
        #expect(bucket.take(2, rate: fast, now: 1) == 1)
    }

    @Test
    func `A refusal costs nothing`() {
        var bucket = TokenBucket()
        #expect(bucket.take(10, rate: rate, now: 0) == nil)
        for _ in 0..<100 { #expect(bucket.take(1, rate: rate, now: 0) == 500) }
        #expect(bucket.take(1, rate: rate, now: 500) == nil)
    }

    @Test
    func `More than the capacity is let through by a full bucket and paid back`() {
        var bucket = TokenBucket()
        #expect(bucket.take(1, rate: rate, now: 0) == nil)
        #expect(bucket.take(50, rate: rate, now: 0) == 500)
        #expect(bucket.take(50, rate: rate, now: 500) == nil)
        #expect(bucket.take(1, rate: rate, now: 500) == 20_500)
        #expect(!bucket.isFull(now: 25_499))
        #expect(bucket.isFull(now: 25_500))
    }

    @Test
    func `People and addresses have budgets of their own`() {
        var limiter = RateLimiter(
            RateLimits(
                user: .init(capacity: 2, perSecond: 1), address: .init(capacity: 1, perSecond: 1)))
        let (one, other) = (UUID(), UUID())
        #expect(limiter.spend(2, by: .user(one), now: 0) == nil)
        #expect(limiter.spend(1, by: .user(one), now: 0) == 1_000)
        #expect(limiter.spend(2, by: .user(other), now: 0) == nil)
        #expect(limiter.spend(1, by: .address("192.0.2.1"), now: 0) == nil)
        #expect(limiter.spend(1, by: .address("192.0.2.1"), now: 0) == 1_000)
        #expect(limiter.spend(1, by: .address("192.0.2.2"), now: 0) == nil)
    }

    @Test
    func `Even what costs nothing counts as one`() {
        var limiter = RateLimiter(RateLimits(user: nil, address: .init(capacity: 1, perSecond: 1)))
        #expect(limiter.spend(0, by: .address("a"), now: 0) == nil)
        #expect(limiter.spend(0, by: .address("a"), now: 0) == 1_000)
        // No limit is no limit.
        for _ in 0..<100 { #expect(limiter.spend(1_000_000, by: .user(UUID()), now: 0) == nil) }
    }

    @Test
    func `Strangers that come once do not stay in memory`() {
        var limiter = RateLimiter(RateLimits(address: .init(capacity: 1, perSecond: 1)))
        for number in 0..<100_000 { _ = limiter.spend(1, by: .address("\(number)"), now: UInt64(number) * 10) }
        #expect(limiter.count <= 1_200)
    }
}
