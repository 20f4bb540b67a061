import GraphQL
import JSON
import Testing

@Suite("3.10.1 OneOf Input Objects")
struct OneOfInputObjectsTests {
    /// The table of the specification: `a: String` and `b: Int`.
    @Test(arguments: [
        ("{ a: \"abc\" }", "{\"abc\", absent}"), ("{ b: 123 }", "{absent, 123}"), ("{ a: null }", "request error"),
        ("{ a: \"abc\", b: 123 }", "request error"), ("{ a: 456, b: \"xyz\" }", "request error"),
        ("{ a: \"abc\", b: null }", "request error"), ("{}", "request error"), ("{ c: 1 }", "request error"),
        ("\"abc\"", "request error"),
    ])
    func `a literal has exactly one field, and not null`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("One", literal) == expected)
    }

    @Test(arguments: [
        ("{\"a\": \"abc\"}", "{\"abc\", absent}"), ("{\"a\": null}", "request error"),
        ("{\"a\": \"abc\", \"b\": 123}", "request error"), ("{\"a\": \"abc\", \"b\": null}", "request error"),
        ("{}", "request error"), ("\"abc\"", "request error"),
    ])
    func `so has a variable's value`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("One", json) == expected)
    }

    @Test(arguments: [
        ("{ a: $a }", "$a: String!", #"{"a": "abc"}"#, "{\"abc\", absent}"),
        ("{ a: $a }", "$a: String!", "{}", "request error"),
        ("{ a: $a }", "$a: String", #"{"a": "abc"}"#, "request error"),
        ("{ a: \"abc\", b: $b }", "$b: Int!", #"{"b": 1}"#, "request error"),
        ("{ a: \"abc\", b: $b }", "$b: Int", "{}", "request error"),
        ("{ a: $a, b: $b }", "$a: String, $b: Int", #"{"a": "abc"}"#, "request error"),
    ])
    func `a variable in a field is non-null and alone`(
        literal: String, variables: String, json: String, expected: String
    ) async throws {
        let values = try #require(try JSONReader.read(json).object)
        #expect(try await Coercion.literal("One", literal, variables: variables, values: values) == expected)
    }

    @Test(arguments: [
        ("input A @oneOf { a: Int! }", ["2:21 \"A.a\" must be nullable because the input object is \"@oneOf\"."]),
        (
            "input A @oneOf { a: Int = 1 }",
            ["2:27 \"A.a\" cannot have a default because the input object is \"@oneOf\"."]
        ),
        ("input A @oneOf { a: Int b: [Int!] }", []),
    ])
    func `its fields are nullable and have no defaults`(text: String, expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }
}
