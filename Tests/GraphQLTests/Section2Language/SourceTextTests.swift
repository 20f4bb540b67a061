// Specification, section 2.1: source text, ignored tokens, lexical tokens.

import GraphQL
import Testing

@Suite("Source text (2.1)")
struct SourceTextTests {
    @Test(
        "White space, line ends, commas, comments and byte order marks are ignored",
        arguments: [
            "{a b}", "{ a, b }", "{\ta\n,,,b\r\n}", "{a#comment }\nb}", "\u{FEFF}{a b}", "{a\u{FEFF}b}",
            "{a # ümläut 🙂 \u{0}\n b}", "# only a comment\n{a b} # end", "{a\rb}",
        ])
    func ignoresInsignificantText(_ text: String) throws {
        let document = try Document(parsing: text)
        #expect(document.selections.map { document.string($0.name) } == ["a", "b"])
    }

    @Test("A name is the longest run of letters, digits and underscores")
    func readsNames() throws {
        let document = try Document(parsing: "{ _ __x a1 A_b9 }")
        #expect(document.selections.map { document.string($0.name) } == ["_", "__x", "a1", "A_b9"])
    }

    @Test(
        "Characters that begin no token are refused where they stand",
        arguments: [
            ("{ a ? }", "1:5 Syntax Error: Invalid character: \"?\"."),
            ("{ é }", "1:3 Syntax Error: Invalid character: U+00E9."),
            ("{ a\n  🙂 }", "2:3 Syntax Error: Invalid character: U+1F642."),
            ("{ a\u{A0}b }", "1:4 Syntax Error: Invalid character: U+00A0."),
            ("{ a \u{0} }", "1:5 Syntax Error: Invalid character: U+0000."),
            ("{ .. }", "1:3 Syntax Error: Invalid character: \".\"."),
            (
                "{ a(b: 'c') }",
                "1:8 Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (\")?"
            ),
        ])
    func refusesInvalidCharacters(_ text: String, _ error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(
        "Bytes that are not well-formed UTF-8 are refused in comments and strings",
        arguments: [
            [0xFF], [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
        ] as [[UInt8]])
    func refusesMalformedUTF8(_ bytes: [UInt8]) {
        let digits = String(bytes[0], radix: 16, uppercase: true)
        let message = "Syntax Error: Invalid character: the byte 0x\(digits) is not well-formed UTF-8."
        #expect(syntaxError(bytes: Array("{ a # ".utf8) + bytes + Array("\n }".utf8)) == "1:7 \(message)")
        #expect(syntaxError(bytes: Array("{ a(b: \"".utf8) + bytes + Array("\") }".utf8)) == "1:9 \(message)")
    }

    @Test(
        "Lines end with a newline, a carriage return or both together; columns count scalars",
        arguments: [
            ("{ a }\n ?", 2, 2), ("{ a }\r ?", 2, 2), ("{ a }\r\n ?", 2, 2), ("{ a }\n\r ?", 3, 2),
            ("{ a(b: \"é🙂\") ?", 1, 14), ("\u{FEFF}?", 1, 1), ("\n\n   ?", 3, 4), ("\r\n\r\n?", 3, 1),
        ])
    func countsLinesAndColumns(_ text: String, _ line: Int, _ column: Int) {
        #expect(throws: SyntaxError.self) { try Document(parsing: text) }
        #expect(syntaxError(text).hasPrefix("\(line):\(column) "))
    }

    @Test("A document gives the location of any offset")
    func locatesOffsets() throws {
        let document = try Document(parsing: "{\n  a: b # é\n  c\n}")
        #expect(document.location(of: document.selections[0].name) == SourceLocation(line: 2, column: 6))
        #expect(document.location(of: document.selections[1].start) == SourceLocation(line: 3, column: 3))
        #expect(document.location(of: 10_000) == SourceLocation(line: 4, column: 2))
    }
}
