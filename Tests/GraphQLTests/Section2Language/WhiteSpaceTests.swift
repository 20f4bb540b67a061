import GraphQL
import Testing

@Suite("2.1.1 White Space")
struct WhiteSpaceTests {
    @Test(arguments: ["{a b}", "  {\ta\t \tb\t}  ", "\t{ a b }"])
    func `tabs and spaces may stand before and after every token`(text: String) throws {
        #expect(try tokens(text) == ["{", "a", "b", "}"])
    }

    @Test(arguments: [
        ("{ a\u{A0}b }", "U+00A0"), ("{ a\u{2003}b }", "U+2003"), ("{ a\u{3000}b }", "U+3000"),
        ("{ a\u{B}b }", "U+000B"), ("{ a\u{C}b }", "U+000C"),
    ])
    func `no other space is white space`(text: String, character: String) {
        #expect(syntaxError(text) == "1:4 Syntax Error: Invalid character: \(character).")
    }

    @Test func `in a string white space is content`() throws {
        #expect(try stringValue("\" a\t b \"") == " a\t b ")
    }
}
