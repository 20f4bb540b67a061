import GraphQL
import Testing

@Suite("3.5.2 Float")
struct FloatTests {
    @Test(arguments: [
        ("1", "1.0"), ("1.5", "1.5"), ("-1e3", "-1000.0"), ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("1e999", "request error"), ("-1e999", "request error"), ("\"1.5\"", "request error"),
        ("true", "request error"),
        ("ONE", "request error"), ("[1.5]", "request error"),
    ])
    func `a literal is a finite number`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("Float", literal) == expected)
    }

    @Test(arguments: [
        ("1", "1.0"), ("1.5", "1.5"), ("-0.0", "-0.0"), ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("1e400", "request error"), ("-1e400", "request error"), ("\"1.5\"", "request error"),
        ("true", "request error"),
        ("[]", "request error"),
    ])
    func `so is a variable's value`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("Float", json) == expected)
    }

    @Test(arguments: [(1.5, "1.5"), (1, "1"), (-1e300, "-1e+300")])
    func `a result is written as a number`(value: Double, expected: String) async throws {
        #expect(try await Written.of("Float", .root { (_: NoArguments, _) in value }) == expected)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `a result that is not finite is an execution error`(value: Double) async throws {
        #expect(try await Written.of("Float", .root { (_: NoArguments, _) in value }) == #"null ["f"]"#)
    }

    @Test func `an Int32 is a Float, too`() async throws {
        #expect(try await Written.of("Float", .root { (_: NoArguments, _) in Int32(3) }) == "3")
    }
}
