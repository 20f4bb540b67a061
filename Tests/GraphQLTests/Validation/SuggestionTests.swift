import Testing

@testable import GraphQL

@Suite("Suggestions")
struct SuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1), ("abc", "xabc", 1), ("abc", "acb", 1),
        ("ca", "abc", 3), ("kitten", "sitting", 3),
    ])
    func `the distance counts insertions, deletions, replacements and swaps`(
        one: String, other: String, distance: Int
    ) {
        #expect(EditDistance.between(Array(one.utf8), Array(other.utf8), atMost: 10) == distance)
        #expect(EditDistance.between(Array(other.utf8), Array(one.utf8), atMost: 10) == distance)
        #expect(EditDistance.between(Array(one.utf8), Array(other.utf8), atMost: distance - 1) == nil)
    }

    @Test func `the nearest names come first, then in natural order`() {
        #expect(
            Suggestion.list(for: "item1", among: ["item10", "item2", "items", "item1s"]) == [
                "item1s", "item2", "item10", "items",
            ])
        #expect(
            Suggestion.list(for: "greetings", among: ["dog", "greetingz", "Greetings", "meetings"]) == [
                "Greetings", "greetingz", "meetings",
            ])
        #expect(Suggestion.list(for: "x", among: ["dog", "abc"]) == [])
    }

    @Test func `numbers in names are ordered by value`() {
        #expect(NaturalOrder.precedes("a2", "a10"))
        #expect(!NaturalOrder.precedes("a10", "a2"))
        #expect(NaturalOrder.precedes("a", "a1"))
        #expect(NaturalOrder.precedes("a9b", "a10a"))
        #expect(!NaturalOrder.precedes("a1", "a1"))
    }

    @Test func `one, two and more names read like a sentence`() {
        #expect(Suggestion.text([]) == "")
        #expect(Suggestion.text(["a"]) == " Did you mean \"a\"?")
        #expect(Suggestion.text(["a", "b"], "the enum value") == " Did you mean the enum value \"a\" or \"b\"?")
        #expect(
            Suggestion.text(["a", "b", "c", "d", "e", "f"])
                == " Did you mean \"a\", \"b\", \"c\", \"d\", or \"e\"?")
    }
}
