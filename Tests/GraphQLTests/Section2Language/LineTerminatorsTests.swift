import GraphQL
import Testing

@Suite("2.1.2 Line Terminators")
struct LineTerminatorsTests {
    @Test(arguments: ["{\na\nb\n}\n", "{\ra\rb\r}", "{\r\na\r\n\r\nb}", "\n\n{a b}"])
    func `any number of them may stand between tokens`(text: String) throws {
        #expect(try tokens(text) == ["{", "a", "b", "}"])
    }

    @Test(arguments: [
        ("{ a }\n ?", 2, 2), ("{ a }\r ?", 2, 2), ("{ a }\r\n ?", 2, 2), ("{ a }\n\r ?", 3, 2), ("\n\n   ?", 3, 4),
        ("\r\n\r\n?", 3, 1), ("# \r\n?", 2, 1), ("# \r?", 2, 1),
    ])
    func `an error's line counts new lines, carriage returns, and both together once`(
        text: String, line: Int, column: Int
    ) {
        #expect(syntaxError(text).hasPrefix("\(line):\(column) "))
    }

    @Test(arguments: ["\u{2028}", "\u{2029}", "\u{85}"])
    func `no other character ends a line`(character: String) {
        #expect(syntaxError("# \(character) ?\n?").hasPrefix("2:1 "))
        #expect(syntaxError("{ a(b: \"\(character)\") ?").hasPrefix("1:13 "))
    }

    @Test func `a document gives the location of any offset`() throws {
        let document = try Document(parsing: "{\n  a: b # é\n  c\n}")
        #expect(document.location(of: document.selections[0].name) == SourceLocation(line: 2, column: 6))
        #expect(document.location(of: document.selections[1].start) == SourceLocation(line: 3, column: 3))
        #expect(document.location(of: 10_000) == SourceLocation(line: 4, column: 2))
    }
}
