import GraphQL
import Testing

@Suite("3.5.1 Int")
struct IntTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("2147483647", "2147483647"), ("-2147483648", "-2147483648"),
        ("2147483648", "request error"), ("-2147483649", "request error"),
        ("123456789012345678901234567890", "request error"), ("1.0", "request error"), ("1e3", "request error"),
        ("\"1\"", "request error"), ("true", "request error"), ("ONE", "request error"), ("[1]", "request error"),
        ("{}", "request error"),
    ])
    func `a literal is an integer of 32 bits`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("Int", literal) == expected)
    }

    @Test(arguments: [
        ("7", "7"), ("1.0", "1"), ("-0", "0"), ("-0.0", "0"), ("1e3", "1000"), ("2147483647.0", "2147483647"),
        ("2147483648", "request error"), ("1e10", "request error"), ("1e400", "request error"),
        ("1.5", "request error"),
        ("123456789012345678901234567890", "request error"), ("\"1\"", "request error"), ("true", "request error"),
        ("[]", "request error"), ("{}", "request error"),
    ])
    func `a JSON number without a fraction is an integer`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("Int", json) == expected)
    }

    @Test(arguments: [Int32.min, -1, 0, Int32.max])
    func `a result is written as a number`(value: Int32) async throws {
        #expect(try await Written.of("Int", .root { (_: NoArguments, _) in value }) == "\(value)")
    }
}
