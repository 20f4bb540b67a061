import Testing

@testable import GraphQL

@Suite("2.10.4 String Value: block strings")
struct BlockStringTests {
    @Test(
        "Common indentation and blank lines at both ends are removed",
        arguments: [
            ("", ""), ("simple", "simple"), ("  first keeps its space", "  first keeps its space"),
            ("\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  ", "Hello,\n  World!\n\nYours,\n  GraphQL."),
            ("\n\n\n  a\n\n  b\n\n\n", "a\n\nb"), ("a\n  b\n c", "a\n b\nc"), ("\n\ta\n\t\tb", "a\n\tb"),
            ("a\r\n  b\r  c\n", "a\nb\nc"), ("   \n\t\n  ", ""), ("trailing  \n  space  ", "trailing  \nspace  "),
            ("\n    a\n  \n    b", "a\n\nb"),
            (#"quote " and \""" escape \n \u0041"#, #"quote " and """ escape \n \u0041"#),
            ("é\n  🙂", "é\n🙂"),
        ])
    func removesIndentation(_ raw: String, _ text: String) throws {
        #expect(try stringValue("\"\"\"\(raw)\"\"\"") == text)
    }

    @Test("A block string ends with three quotes")
    func refusesUnterminatedBlocks() {
        let message = "Syntax Error: Unterminated string, expected '\"\"\"', found <EOF>."
        #expect(syntaxError("{ f(a: \"\"\"x\n") == "2:1 \(message)")
        #expect(syntaxError("{ f(a: \"\"\"x\"\"") == "1:14 \(message)")
        #expect(syntaxError(#"{ f(a: """x\"""#) == "1:15 \(message)")
    }

    @Test(
        "A text is printed as a block only when the block means the same text",
        arguments: [
            ("one line", true), ("two\nlines", true), ("with \"\"\" inside", true), ("\"\"\"\"\"", true), ("a\\", true),
            ("ends with \"", true), ("a\n  b", true), ("  all\n  indented", false), (" ", false), ("\na", false),
            ("a\n", false), ("a\r\nb", false), ("bell \u{7}", false), ("delete \u{7F}", false),
            ("next line \u{85}", false), ("", true),
        ])
    func printsBlocksThatMeanTheSame(_ text: String, _ isBlock: Bool) throws {
        let lines = BlockString.literal(text)
        #expect((lines != nil) == isBlock)
        if let lines { #expect(try stringValue(lines.joined(separator: "\n")) == text) }
    }

    @Test("Many blank lines take linear time")
    func removesManyBlankLines() throws {
        let raw = String(repeating: "\n", count: 50_000) + "a" + String(repeating: "\n", count: 50_000)
        #expect(try stringValue("\"\"\"\(raw)\"\"\"") == "a")
    }
}
