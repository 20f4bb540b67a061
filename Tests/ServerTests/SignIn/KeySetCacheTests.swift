import Testing

@testable import Server

@Suite("KeySetCache")
struct KeySetCacheTests {
    private func loaded(secondsFresh: Int? = 1000) -> KeySetCache<String> {
        var cache = KeySetCache<String>()
        cache.fetchBegan(now: 0)
        cache.fetched(["a": "key a"], secondsFresh: secondsFresh, now: 0)
        return cache
    }

    private func word(_ decision: KeySetCache<String>.Decision) -> String {
        switch decision {
        case .use(let key): "use \(key)"
        case .useAndRefresh(let key): "refresh \(key)"
        case .fetch: "fetch"
        case .unknown: "unknown"
        case .unavailable: "unavailable"
        }
    }

    @Test
    func `The first key asked for is fetched`() {
        #expect(word(KeySetCache<String>().decide("a", now: 0)) == "fetch")
    }

    @Test(arguments: [
        (0.0, "use key a"), (899, "use key a"), (900, "refresh key a"), (999.9, "refresh key a"), (1000, "fetch"),
    ])
    func `A known key is used as long as it is fresh, and fetched anew before it is not`(now: Double, expected: String)
    {
        #expect(word(loaded().decide("a", now: now)) == expected)
    }

    @Test
    func `An unknown name causes a fetch, but at most one a minute`() {
        var cache = loaded()
        #expect(word(cache.decide("b", now: 59)) == "unknown")
        #expect(word(cache.decide("b", now: 60)) == "fetch")
        cache.fetchBegan(now: 60)
        cache.fetched(["b": "key b"], secondsFresh: 1000, now: 60)
        #expect(word(cache.afterFetch("b", now: 60)) == "use key b")
        // The provider has dropped the old key.
        #expect(word(cache.decide("a", now: 61)) == "unknown")
        #expect(word(cache.decide("b", now: 61)) == "use key b")
    }

    @Test
    func `Old keys serve for a day while the provider cannot be reached`() {
        var cache = loaded()
        cache.fetchBegan(now: 2000)
        #expect(word(cache.afterFetch("a", now: 2000)) == "use key a")
        #expect(word(cache.decide("a", now: 2001)) == "use key a")
        #expect(word(cache.afterFetch("a", now: 1000 + 24 * 3600 - 1)) == "use key a")
        #expect(word(cache.afterFetch("a", now: 1000 + 24 * 3600)) == "unavailable")
    }

    @Test
    func `Without any keys a failed fetch is repeated after a minute`() {
        var cache = KeySetCache<String>()
        cache.fetchBegan(now: 0)
        #expect(word(cache.afterFetch("a", now: 1)) == "unavailable")
        #expect(word(cache.decide("a", now: 59)) == "unavailable")
        #expect(word(cache.decide("a", now: 60)) == "fetch")
    }

    @Test(arguments: [(0, 60.0), (59, 60), (61, 61), (nil, 3600), (1_000_000, 24 * 3600)] as [(Int?, Double)])
    func `The provider's word on freshness is kept within a minute and a day`(seconds: Int?, freshFor: Double) {
        let cache = loaded(secondsFresh: seconds)
        #expect(word(cache.decide("a", now: freshFor - 0.1)).hasSuffix("key a"))
        #expect(word(cache.decide("a", now: freshFor)) == (freshFor < 60 ? "use key a" : "fetch"))
    }
}
