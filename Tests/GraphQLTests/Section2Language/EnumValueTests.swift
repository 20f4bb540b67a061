import GraphQL
import Testing

@Suite("2.10.6 Enum Value")
struct EnumValueTests {
    @Test(arguments: ["RED", "red", "_1", "on", "query", "type", "trueish", "nullable"])
    func `an unquoted name is an enum value`(text: String) throws {
        let document = try Document(parsing: "{ f(a: \(text)) }")
        #expect(document.constant(document.arguments[0].value) == .enumValue(text))
        try expectRoundTrip("{ f(a: \(text)) }")
    }

    @Test(arguments: ["true", "false", "null"])
    func `true, false and null are none, and cannot be defined as such`(text: String) throws {
        let document = try Document(parsing: "{ f(a: \(text)) }")
        #expect(document.arguments[0].value.kind != .enum)
        #expect(
            syntaxError("enum E { A \(text) }")
                == "1:12 Syntax Error: Expected the name of an enum value, which cannot be true, false or null, "
                + "found Name \"\(text)\".")
    }
}
