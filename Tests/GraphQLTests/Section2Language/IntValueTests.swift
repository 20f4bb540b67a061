import GraphQL
import Testing

@Suite("2.10.1 Int Value")
struct IntValueTests {
    @Test(arguments: ["0", "-0", "4", "-4", "10", "9007199254740993", "-123456789012345678901234567890"])
    func `an integer keeps its text, whatever its size`(text: String) throws {
        let document = try Document(parsing: "{ f(a: \(text)) }")
        let value = document.arguments[0].value
        #expect(value.kind == .int)
        #expect(document.string(value.text) == text)
        try expectRoundTrip("{ f(a: \(text)) }")
    }

    @Test func `integers beyond 64 bits are constants with their text`() throws {
        let document = try Document(parsing: "{ f(a: [9223372036854775807, 9223372036854775808]) }")
        #expect(
            document.constant(document.arguments[0].value) == .list([.int(.max), .bigNumber("9223372036854775808")]))
    }

    @Test(arguments: [
        ("00", "1:9 Syntax Error: Invalid number, unexpected digit after 0: \"0\"."),
        ("01", "1:9 Syntax Error: Invalid number, unexpected digit after 0: \"1\"."),
        ("-01", "1:10 Syntax Error: Invalid number, unexpected digit after 0: \"1\"."),
        ("-", "1:9 Syntax Error: Invalid number, expected digit but found \")\"."),
        ("--1", "1:9 Syntax Error: Invalid number, expected digit but found \"-\"."),
        ("+1", "1:8 Syntax Error: Invalid character: \"+\"."),
        ("1x", "1:9 Syntax Error: Invalid number, expected digit but found \"x\"."),
        ("0x1", "1:9 Syntax Error: Invalid number, expected digit but found \"x\"."),
        ("123L", "1:11 Syntax Error: Invalid number, expected digit but found \"L\"."),
        ("1_000", "1:9 Syntax Error: Invalid number, expected digit but found \"_\"."),
    ])
    func `leading zeros, and letters behind an integer, are refused`(text: String, error: String) {
        #expect(syntaxError("{ f(a: \(text)) }") == error)
    }

    @Test func `at the end of the source an integer is read, and its absence named`() {
        #expect(syntaxError("{ f(a: 1") == "1:9 Syntax Error: Expected Name, found <EOF>.")
        #expect(syntaxError("{ f(a: -") == "1:9 Syntax Error: Invalid number, expected digit but found <EOF>.")
    }
}
