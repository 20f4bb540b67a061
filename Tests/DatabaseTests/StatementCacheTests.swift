import Testing

@testable import Database

@Suite("Statement cache")
struct StatementCacheTests {
    private func lookUp(_ cache: inout StatementCache, _ sql: SQL) -> (name: String, evicted: String?, isNew: Bool) {
        switch cache.lookUp(sql) {
        case .prepared(let statement): (statement.nameText, nil, false)
        case .prepare(let statement, let evicted): (statement.nameText, evicted?.nameText, true)
        }
    }

    @Test("The same text is prepared once")
    func sameText() {
        var cache = StatementCache(capacity: 10)
        #expect(lookUp(&cache, "select \(1)") == ("s1", nil, true))
        #expect(lookUp(&cache, "select \(2)") == ("s1", nil, false))
    }

    @Test("The same text with other parameter types is another statement")
    func otherTypes() {
        var cache = StatementCache(capacity: 10)
        #expect(lookUp(&cache, "select \(1)").name == "s1")
        #expect(lookUp(&cache, "select \("1")") == ("s2", nil, true))
        #expect(lookUp(&cache, "select \(1)") == ("s1", nil, false))
    }

    @Test("The least recently used statement goes first")
    func leastRecentlyUsed() {
        var cache = StatementCache(capacity: 2)
        _ = lookUp(&cache, "a")
        _ = lookUp(&cache, "b")
        _ = lookUp(&cache, "a")
        #expect(lookUp(&cache, "c") == ("s3", "s2", true))
        #expect(lookUp(&cache, "a") == ("s1", nil, false))
        #expect(lookUp(&cache, "b") == ("s4", "s3", true))
        #expect(cache.count == 2)
    }

    @Test("What was forgotten is prepared anew under another name")
    func forgotten() {
        var cache = StatementCache(capacity: 2)
        guard case .prepare(let statement, _) = cache.lookUp("a") else {
            Issue.record("not new")
            return
        }
        cache.forget(statement)
        #expect(lookUp(&cache, "a") == ("s2", nil, true))
        // Forgetting the old one again leaves the new one alone.
        cache.forget(statement)
        #expect(lookUp(&cache, "a") == ("s2", nil, false))
    }
}
