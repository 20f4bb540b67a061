import GraphQL
import Testing

@Suite("3.5.5 ID")
struct IDTests {
    @Test(arguments: [
        ("\"4\"", "\"4\""), ("\"\"", "\"\""), ("4", "\"4\""), ("-4", "\"-4\""), ("-0", "\"0\""),
        ("9223372036854775808", "\"9223372036854775808\""),
        ("-123456789012345678901234567890", "\"-123456789012345678901234567890\""), ("4.0", "request error"),
        ("1e3", "request error"), ("1e999", "request error"), ("true", "request error"), ("FOUR", "request error"),
        ("[4]", "request error"),
    ])
    func `a literal is a string or an integer of any size`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("ID", literal) == expected)
    }

    @Test(arguments: [
        ("\"4\"", "\"4\""), ("4", "\"4\""), ("-4", "\"-4\""), ("4.0", "\"4\""),
        ("123456789012345678901234567890", "\"123456789012345678901234567890\""), ("4.5", "request error"),
        ("1e400", "request error"), ("true", "request error"), ("[]", "request error"), ("{}", "request error"),
    ])
    func `a JSON number without a fraction is an integer`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("ID", json) == expected)
    }

    @Test func `a result is always written as a string`() async throws {
        #expect(try await Written.of("ID", .root { (_: NoArguments, _) in ID("4") }) == #""4""#)
        #expect(try await Written.of("ID", .root { (_: NoArguments, _) in "5" }) == #""5""#)
        let numbered = ID(prefix: "T_", high: 1, low: 255)
        #expect(
            try await Written.of("ID", .root { (_: NoArguments, _) in numbered })
                == #""T_000000000000000100000000000000ff""#)
    }
}
