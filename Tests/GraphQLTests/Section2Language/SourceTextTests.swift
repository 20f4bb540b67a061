import GraphQL
import Testing

@Suite("2.1 Source Text")
struct SourceTextTests {
    @Test(arguments: [
        "\u{0}", "\u{7}", "\u{7F}", "é", "\u{2028}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "🙂", "\u{10FFFF}",
    ])
    func `strings and comments may hold every Unicode scalar value`(character: String) throws {
        #expect(try stringValue("\"\(character)\"") == character)
        #expect(try stringValue("\"\"\"\(character)\"\"\"") == character)
        #expect(try tokens("{ a # \(character)\n b }") == ["{", "a", "b", "}"])
    }

    @Test(arguments: [
        ("{ a ? }", "1:5 Syntax Error: Invalid character: \"?\"."),
        ("{ é }", "1:3 Syntax Error: Invalid character: U+00E9."),
        ("{ aé }", "1:4 Syntax Error: Invalid character: U+00E9."),
        ("{ a\n  🙂 }", "2:3 Syntax Error: Invalid character: U+1F642."),
        ("{ a \u{0} }", "1:5 Syntax Error: Invalid character: U+0000."),
        ("{ a \u{7F} }", "1:5 Syntax Error: Invalid character: U+007F."),
        (
            "{ a(b: 'c') }",
            "1:8 Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (\")?"
        ),
    ])
    func `elsewhere a character that begins no token is refused where it stands`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(
        arguments: [
            [0xFF], [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
        ] as [[UInt8]])
    func `bytes that encode no scalar value are refused in comments and strings`(bytes: [UInt8]) {
        let digits = String(bytes[0], radix: 16, uppercase: true)
        let message = "Syntax Error: Invalid character: the byte 0x\(digits) is not well-formed UTF-8."
        #expect(syntaxError(bytes: Array("{ a # ".utf8) + bytes + Array("\n }".utf8)) == "1:7 \(message)")
        #expect(syntaxError(bytes: Array("{ a(b: \"".utf8) + bytes + Array("\") }".utf8)) == "1:9 \(message)")
        #expect(syntaxError(bytes: Array("{ a(b: \"\"\"".utf8) + bytes + Array("\"\"\") }".utf8)) == "1:11 \(message)")
    }

    @Test func `columns count scalar values, whatever their length in bytes`() {
        #expect(syntaxError("{ a(b: \"é🙂\") ?").hasPrefix("1:14 "))
        #expect(syntaxError("{ a(b: \"e\u{301}\") ?").hasPrefix("1:14 "))
    }
}
