import GraphQL
import Testing

@Suite("2.1.6 Ignored Tokens")
struct IgnoredTokensTests {
    @Test(arguments: [
        "\u{FEFF}{a b}", "{a\u{FEFF}b}", "{a b}\u{FEFF}", "\u{FEFF}\u{FEFF}{\u{FEFF}a,#\n\r\n\tb}",
    ])
    func `byte order marks and everything else that is ignored may stand around every token`(text: String) throws {
        #expect(try tokens(text) == ["{", "a", "b", "}"])
    }

    @Test func `a byte order mark has no column of its own at the start`() {
        #expect(syntaxError("\u{FEFF}?").hasPrefix("1:1 "))
    }

    @Test func `between a punctuator and a name anything ignored may stand`() throws {
        try expectRoundTrip("query Q($ a: Int) { ... # c\n F @ d(if: $,\na) }")
    }

    @Test(arguments: [
        ("{ f(a: 1 .5) }", "1:10 Syntax Error: Invalid character: \".\"."),
        ("{ f(a: 1. 5) }", "1:10 Syntax Error: Invalid number, expected digit but found \" \"."),
        ("{ f(a: - 1) }", "1:9 Syntax Error: Invalid number, expected digit but found \" \"."),
        ("{ f(a: 1e 5) }", "1:10 Syntax Error: Invalid number, expected digit but found \" \"."),
        ("{ .. .F }", "1:3 Syntax Error: Invalid character: \".\"."),
        ("{ f(a: \"x\n\") }", "1:10 Syntax Error: Unterminated string, expected '\"' before the end of the line."),
    ])
    func `nothing ignored may stand within a token`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
