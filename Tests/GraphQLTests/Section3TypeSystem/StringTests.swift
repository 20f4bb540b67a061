import GraphQL
import Testing

@Suite("3.5.3 String")
struct StringTests {
    @Test(arguments: [
        ("\"a\\u{1F642}é\"", "\"a🙂é\""), ("\"\"\"\n  block\n\"\"\"", "\"block\""), ("\"\"", "\"\""),
        ("1", "request error"), ("1.5", "request error"), ("true", "request error"), ("RED", "request error"),
        ("[\"a\"]", "request error"), ("{}", "request error"),
    ])
    func `a literal is a string in either notation`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("String", literal) == expected)
    }

    @Test(arguments: [
        ("\"a🙂\"", "\"a🙂\""), ("\"\"", "\"\""), ("1", "request error"), ("true", "request error"),
        ("[\"a\"]", "request error"), ("{}", "request error"),
    ])
    func `a variable's value is a JSON string`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("String", json) == expected)
    }

    @Test(arguments: [("a", #""a""#), ("é🙂", #""é🙂""#), ("\"\\\n\u{1}", #""\"\\\n\u0001""#)])
    func `a result is written as a JSON string`(value: String, expected: String) async throws {
        #expect(try await Written.of("String", .root { (_: NoArguments, _) in value }) == expected)
        #expect(try await Written.of("String", .root { (_: NoArguments, _) in Text(value) }) == expected)
    }
}
