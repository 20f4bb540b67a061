import GraphQL
import Testing

@Suite("2.1.7 Punctuators")
struct PunctuatorsTests {
    @Test(arguments: ["!", "$", "&", "(", ")", "...", ":", "=", "@", "[", "]", "{", "|", "}"])
    func `every punctuator is a token`(text: String) throws {
        #expect(try tokens("a\(text)b") == ["a", text, "b"])
    }

    @Test func `every punctuator has its place`() throws {
        try expectRoundTrip("query Q($a: [Int!] = [1]) @d { b: c(d: { e: $a }) { ...F } }")
        try expectRoundTrip("type T implements A & B { a: Int } union U = A | B")
    }

    @Test(arguments: [".", "..", ";", "%", "^", "*", "/", "+", "<", ">", "?", "~", "`", "\\"])
    func `no other sign is one`(text: String) {
        let sign = text.prefix(1)
        #expect(syntaxError("{ a \(text) b }") == "1:5 Syntax Error: Invalid character: \"\(sign)\".")
    }
}
