import Testing

@testable import GraphQL

@Suite("Text hash")
struct TextHashTests {
    /// Texts of every length up to some steps of the hash, each with one byte changed at every place.
    @Test func `every byte and the length count`() {
        let hash = TextHash()
        var known: Set<UInt64> = []
        var count = 0
        for length in 0..<140 {
            let text = Array(repeating: UInt8(ascii: "a"), count: length)
            known.insert(hash.hash(text))
            count += 1
            for place in 0..<length {
                var changed = text
                changed[place] = UInt8(ascii: "b")
                known.insert(hash.hash(changed))
                count += 1
            }
        }
        #expect(known.count == count)
    }

    @Test func `swapped words hash otherwise`() {
        let hash = TextHash()
        let words = (0..<12).map { Array("word\($0)___".utf8.prefix(8)) }
        let whole = hash.hash(words.flatMap { $0 })
        for left in words.indices {
            for right in words.indices where right > left {
                var swapped = words
                swapped.swapAt(left, right)
                #expect(hash.hash(swapped.flatMap { $0 }) != whole)
            }
        }
    }

    @Test func `equal texts hash equally under one secret and not under another`() {
        let text = Array("query { projects { id } }".utf8)
        let hash = TextHash()
        #expect(hash.hash(text) == hash.hash(Array(text)))
        #expect(hash.hash(text) != TextHash().hash(text))
    }
}
