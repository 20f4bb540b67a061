import GraphQL
import Testing

@Suite("3.5.4 Boolean")
struct BooleanTests {
    @Test(arguments: [
        ("true", "true"), ("false", "false"), ("0", "request error"), ("1", "request error"),
        ("\"true\"", "request error"), ("TRUE", "request error"), ("[true]", "request error"),
    ])
    func `a literal is true or false`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("Boolean", literal) == expected)
    }

    @Test(arguments: [
        ("true", "true"), ("false", "false"), ("0", "request error"), ("1", "request error"),
        ("\"true\"", "request error"), ("[]", "request error"),
    ])
    func `so is a variable's value`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("Boolean", json) == expected)
    }

    @Test(arguments: [true, false])
    func `a result is written as true or false`(value: Bool) async throws {
        #expect(try await Written.of("Boolean", .root { (_: NoArguments, _) in value }) == "\(value)")
    }
}
