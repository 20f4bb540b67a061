import Foundation

/// How much may be asked; nil: any amount.
public struct RateLimits: Sendable {
    /// A budget that fills at a rate.
    public struct Budget: Sendable, Hashable {
        /// The cost that may be spent at once.
        public var capacity: Int
        /// The cost that comes back in a second.
        public var perSecond: Int

        /// A budget.
        public init(capacity: Int, perSecond: Int) {
            self.capacity = capacity
            self.perSecond = perSecond
        }
    }

    /// Of each person, over all sessions and tokens.
    public var user: Budget?
    /// Of each address from which nobody asks.
    public var address: Budget?

    /// Limits; the defaults are none.
    public init(user: Budget? = nil, address: Budget? = nil) {
        self.user = user
        self.address = address
    }
}

/// Counts what each person, or each address of nobody, asks: in cost, not in requests.
///
/// Pure, moments are milliseconds. There is one per loop: a client whose connections are spread over several gets a
/// budget on each.
struct RateLimiter {
    /// Whose budget.
    enum Client: Hashable, Sendable {
        case user(UUID)
        case address(String)
    }

    private let limits: RateLimits
    private var buckets: [Client: TokenBucket] = [:]
    private var tidyAt = 1_024

    init(_ limits: RateLimits) {
        self.limits = limits
    }

    /// How many budgets are not full.
    var count: Int { buckets.count }

    /// Spends a cost; nil if the budget has it, else the milliseconds until it will.
    mutating func spend(_ cost: Int, by client: Client, now: UInt64) -> UInt64? {
        let budget: RateLimits.Budget?
        switch client {
        case .user: budget = limits.user
        case .address: budget = limits.address
        }
        guard let budget else { return nil }
        if buckets.count >= tidyAt { tidy(now) }
        return buckets[client, default: TokenBucket()].take(max(1, cost), rate: budget, now: now)
    }

    /// Forgets full budgets; the next time is when as many again have come.
    private mutating func tidy(_ now: UInt64) {
        buckets = buckets.filter { !$0.value.isFull(now: now) }
        tidyAt = max(1_024, 2 * buckets.count)
    }
}
