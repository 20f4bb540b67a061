import GraphQL
import Testing

@Suite("2.10.2 Float Value")
struct FloatValueTests {
    @Test(arguments: ["0.0", "-1.50", "1e3", "1E+3", "1.5e-3", "0e0", "-0.0e-0", "6.0221413E23", "1e999"])
    func `a number with a fraction or an exponent keeps its text`(text: String) throws {
        let document = try Document(parsing: "{ f(a: \(text)) }")
        let value = document.arguments[0].value
        #expect(value.kind == .float)
        #expect(document.string(value.text) == text)
        try expectRoundTrip("{ f(a: \(text)) }")
    }

    @Test func `numbers that are not finite are constants with their text`() throws {
        let document = try Document(parsing: "{ f(a: [1e999, 1e3]) }")
        #expect(document.constant(document.arguments[0].value) == .list([.bigNumber("1e999"), .float(1000)]))
    }

    @Test(arguments: [
        ("1.", "1:10 Syntax Error: Invalid number, expected digit but found \")\"."),
        ("1.a", "1:10 Syntax Error: Invalid number, expected digit but found \"a\"."),
        ("1.e1", "1:10 Syntax Error: Invalid number, expected digit but found \"e\"."),
        ("1e", "1:10 Syntax Error: Invalid number, expected digit but found \")\"."),
        ("1e+", "1:11 Syntax Error: Invalid number, expected digit but found \")\"."),
        ("1e1.5", "1:11 Syntax Error: Invalid number, expected digit but found \".\"."),
        ("1.2.3", "1:11 Syntax Error: Invalid number, expected digit but found \".\"."),
        ("1.2e3f", "1:13 Syntax Error: Invalid number, expected digit but found \"f\"."),
        ("0x1.2p3", "1:9 Syntax Error: Invalid number, expected digit but found \"x\"."),
        ("01.5", "1:9 Syntax Error: Invalid number, unexpected digit after 0: \"1\"."),
        (".5", "1:8 Syntax Error: Invalid character: \".\"."),
        ("1...5", "1:10 Syntax Error: Invalid number, expected digit but found \".\"."),
    ])
    func `parts without digits, and letters or points behind, are refused`(text: String, error: String) {
        #expect(syntaxError("{ f(a: \(text)) }") == error)
    }
}
