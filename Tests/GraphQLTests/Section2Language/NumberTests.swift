// Specification, sections 2.10.1 and 2.10.2.

import GraphQL
import Testing

@Suite("Numbers (2.10.1, 2.10.2)")
struct NumberTests {
    @Test(
        "Numbers keep their text and tell integers from others",
        arguments: [
            ("0", Value.Kind.int), ("-0", .int), ("4", .int), ("-4", .int), ("9007199254740993", .int),
            ("123456789012345678901234567890", .int), ("0.0", .float), ("-1.50", .float), ("1e3", .float),
            ("1E+3", .float), ("1.5e-3", .float), ("0e0", .float), ("6.0221413E23", .float),
        ])
    func readsNumbers(_ text: String, _ kind: Value.Kind) throws {
        let document = try Document(parsing: "{ f(a: \(text)) }")
        let value = document.arguments[0].value
        #expect(value.kind == kind)
        #expect(document.string(value.text) == text)
    }

    @Test(
        "Malformed numbers are refused at the character that is wrong",
        arguments: [
            ("00", "1:9 Syntax Error: Invalid number, unexpected digit after 0: \"0\"."),
            ("01", "1:9 Syntax Error: Invalid number, unexpected digit after 0: \"1\"."),
            ("-01", "1:10 Syntax Error: Invalid number, unexpected digit after 0: \"1\"."),
            ("-", "1:9 Syntax Error: Invalid number, expected digit but found \")\"."),
            ("1.", "1:10 Syntax Error: Invalid number, expected digit but found \")\"."),
            ("1.a", "1:10 Syntax Error: Invalid number, expected digit but found \"a\"."),
            ("1e", "1:10 Syntax Error: Invalid number, expected digit but found \")\"."),
            ("1e+", "1:11 Syntax Error: Invalid number, expected digit but found \")\"."),
            ("1x", "1:9 Syntax Error: Invalid number, expected digit but found \"x\"."),
            ("0x1", "1:9 Syntax Error: Invalid number, expected digit but found \"x\"."),
            ("1_000", "1:9 Syntax Error: Invalid number, expected digit but found \"_\"."),
            ("1.2.3", "1:11 Syntax Error: Invalid number, expected digit but found \".\"."),
            ("1.2e3f", "1:13 Syntax Error: Invalid number, expected digit but found \"f\"."),
            (".5", "1:8 Syntax Error: Invalid character: \".\"."),
            ("+1", "1:8 Syntax Error: Invalid character: \"+\"."),
        ])
    func refusesMalformedNumbers(_ text: String, _ error: String) {
        #expect(syntaxError("{ f(a: \(text)) }") == error)
    }

    @Test("A number at the end of the source is read, and its absence is named")
    func readsNumberAtEnd() {
        #expect(syntaxError("{ f(a: 1") == "1:9 Syntax Error: Expected Name, found <EOF>.")
        #expect(syntaxError("{ f(a: -") == "1:9 Syntax Error: Invalid number, expected digit but found <EOF>.")
    }
}
