import GraphQL
import Testing

@Suite("2.10.4 String Value: quoted strings")
struct StringValueTests {
    @Test(
        "Escapes are decoded",
        arguments: [
            (#""""#, ""), (#""simple""#, "simple"), (#"" white  space ""#, " white  space "),
            (#""\" \\ \/ \b \f \n \r \t""#, "\" \\ / \u{8} \u{C} \n \r \t"),
            (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\u{41}\u{e9}\u{1F642}\u{0}""#, "Aé🙂\0"),
            (#""\u{0000000041}""#, "A"), (#""\u{10FFFF}""#, "\u{10FFFF}"),
            (#""\uD83D\uDE42!""#, "🙂!"), (#""direct é 🙂 text""#, "direct é 🙂 text"),
            ("\"tab\tis fine\"", "tab\tis fine"),
            ("\"control \u{7} too\"", "control \u{7} too"), (##""#no comment""##, "#no comment"),
        ])
    func decodesEscapes(_ literal: String, _ text: String) throws {
        #expect(try stringValue(literal) == text)
    }

    @Test(
        "Wrong escapes are refused at the backslash",
        arguments: [
            (#""\x""#, "1:9 Syntax Error: Invalid escape sequence: \"\\x\"."),
            (#""a\z""#, "1:10 Syntax Error: Invalid escape sequence: \"\\z\"."),
            (#""\u12""#, "1:9 Syntax Error: Invalid escape sequence: \"\\u12\"."),
            (#""\uXXXX""#, "1:9 Syntax Error: Invalid escape sequence: \"\\uXXXX\"."),
            (#""\u{}""#, "1:9 Syntax Error: Invalid escape sequence: \"\\u{}\"."),
            (#""\u{110000}""#, "1:9 Syntax Error: Invalid escape sequence: \"\\u{110000}\"."),
            (#""\u{D800}""#, "1:9 Syntax Error: Invalid escape sequence: \"\\u{D800}\"."),
            (#""\u{12""#, "1:9 Syntax Error: Invalid escape sequence: \"\\u{12\"."),
            (#""\u{FFFFFFFFFFFFF}""#, "1:9 Syntax Error: Invalid escape sequence: \"\\u{FFFFFFFFFFFFF\"."),
            (#""\uD83D""#, "1:9 Syntax Error: Invalid escape sequence: \"\\uD83D\"."),
            (#""\uDE42""#, "1:9 Syntax Error: Invalid escape sequence: \"\\uDE42\"."),
            (#""\uDE42\uDE42""#, "1:9 Syntax Error: Invalid escape sequence: \"\\uDE42\"."),
            (#""\uD83D\u0041""#, "1:9 Syntax Error: Invalid escape sequence: \"\\uD83D\"."),
            (#""\uD83D\uD83D""#, "1:9 Syntax Error: Invalid escape sequence: \"\\uD83D\"."),
        ])
    func refusesWrongEscapes(_ literal: String, _ error: String) {
        #expect(syntaxError("{ f(a: \(literal)) }") == error)
    }

    @Test(
        "A string ends on its line",
        arguments: [
            ("{ f(a: \"x", "1:10 Syntax Error: Unterminated string, expected '\"', found <EOF>."),
            ("{ f(a: \"x\n\")", "1:10 Syntax Error: Unterminated string, expected '\"' before the end of the line."),
            ("{ f(a: \"x\r\")", "1:10 Syntax Error: Unterminated string, expected '\"' before the end of the line."),
            ("{ f(a: \"\\\n\")", "1:9 Syntax Error: Invalid escape sequence: \"\\\"."),
            ("{ f(a: \"\\", "1:9 Syntax Error: Invalid escape sequence: \"\\\"."),
        ])
    func refusesUnterminatedStrings(_ text: String, _ error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: [
        ("\0\u{1F}\u{7F}\u{9F}", #""\u0000\u001F\u007F\u009F""#), ("\u{8}\u{C}\n\r\t\"\\", #""\b\f\n\r\t\"\\""#),
        ("é🙂\u{A0}/", "\"é🙂\u{A0}/\""),
    ])
    func `control characters are printed as escapes, others as they are`(text: String, literal: String) throws {
        let document = try Document(parsing: "{ f(a: \(literal)) }")
        #expect(document.stringValue(document.arguments[0].value) == text)
        #expect(document.description == "{\n  f(a: \(literal))\n}\n")
    }
}
