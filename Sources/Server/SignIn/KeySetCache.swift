/// The keys of an identity provider and how long they may be used; pure, moments are seconds of any clock.
///
/// Keys are rotated: a token may name a key that is not known yet, and strangers may name keys that never were. So an
/// unknown name causes a fetch, but seldom.
struct KeySetCache<Key> {
    /// What to do about a token's key.
    enum Decision {
        case use(Key)
        /// Use it, and fetch the set anew meanwhile: it is about to become old.
        case useAndRefresh(Key)
        /// Fetch the set, then ask `afterFetch`.
        case fetch
        /// The provider has no such key.
        case unknown
        /// There is no key set at all, and it is too early to try again.
        case unavailable
    }

    /// Fetches that are not due by age are at least this far apart, in seconds.
    static var refetchInterval: Double { 60 }
    /// How long keys are used beyond their time when the provider cannot be reached, in seconds.
    static var staleness: Double { 24 * 3600 }
    /// What the provider's word on freshness is kept within, in seconds.
    static var freshness: ClosedRange<Double> { 60...24 * 3600 }
    /// Freshness when the provider says nothing, in seconds.
    static var defaultFreshness: Double { 3600 }

    private var keys: [String: Key]?
    private var fetchedAt = 0.0
    private var freshUntil = 0.0
    private var lastAttempt: Double?

    func decide(_ id: String, now: Double) -> Decision {
        let known = keys?[id]
        if let known, now < freshUntil {
            let isAlmostOld = now >= fetchedAt + 0.9 * (freshUntil - fetchedAt)
            return isAlmostOld && mayFetch(now) ? .useAndRefresh(known) : .use(known)
        }
        return mayFetch(now) ? .fetch : afterFetch(id, now: now)
    }

    /// The decision once a fetch has ended, in whichever way.
    func afterFetch(_ id: String, now: Double) -> Decision {
        guard let keys, now < freshUntil + Self.staleness else { return .unavailable }
        return keys[id].map { .use($0) } ?? .unknown
    }

    /// A fetch begins.
    mutating func fetchBegan(now: Double) { lastAttempt = now }

    /// A fetch has brought keys.
    mutating func fetched(_ keys: [String: Key], secondsFresh: Int?, now: Double) {
        self.keys = keys
        let seconds = secondsFresh.map(Double.init) ?? Self.defaultFreshness
        fetchedAt = now
        freshUntil = now + min(max(seconds, Self.freshness.lowerBound), Self.freshness.upperBound)
    }

    private func mayFetch(_ now: Double) -> Bool { lastAttempt.map { now >= $0 + Self.refetchInterval } ?? true }
}
