import GraphQL
import Testing

@Suite("Constants")
struct ConstantValueTests {
    @Test(
        "Constants print as literals that mean the same",
        arguments: [
            "null", "true", "false", "0", "-7", "123456789012345678901234567890", "1.5", "\"a \\\" \\\\ \\n é\"", "RED",
            "[]",
            "[1, [2], null]", "{}", "{ a: 1, b: { c: [RED] } }",
        ])
    func printsLiterals(_ literal: String) throws {
        #expect(try value(literal) == literal)
    }

    @Test("Control characters are escaped, numbers keep their value")
    func printsSpecialValues() throws {
        #expect(ConstantValue.string("\u{0}\u{1F}\u{7F}\u{8}\u{C}").description == #""\u0000\u001F\u007F\b\f""#)
        #expect(try value(ConstantValue.string("\u{0}\u{1F}\u{7F}é").description) == #""\u0000\u001F\u007Fé""#)
        for number in [1e300, Double.leastNonzeroMagnitude, 0.1, -2.5e-7, 1e16] {
            let document = try Document(parsing: "{ f(a: \(ConstantValue.float(number))) }")
            #expect(document.constant(document.arguments[0].value) == .float(number))
        }
    }

    @Test("Fields of an object are found by name")
    func findsFields() {
        let object = ConstantValue.object([
            ConstantField(name: "a", value: .null), ConstantField(name: "b", value: .int(1)),
        ])
        #expect(object["a"] == .null && object["b"] == .int(1) && object["c"] == nil)
        #expect(ConstantValue.int(1)["a"] == nil)
    }
}
