import GraphQL
import JSON
import Testing

@Suite("3.10 Input Objects")
struct InputObjectsTests {
    @Test func `an input object has directives and fields with defaults`() throws {
        try expectRoundTrip("\"d\" input In @d { \"f\" a: Int! = 5 @x b: [In!] = [{ a: 1 }] }")
        #expect(syntaxError("input I { }").hasPrefix("1:11 "))
        #expect(syntaxError("input I { a(b: Int): Int }") == "1:12 Syntax Error: Expected \":\", found \"(\".")
        #expect(syntaxError("input I implements J { a: Int }").hasPrefix("1:9 "))
    }

    /// The table of the specification: `a: String` and `b: Int!`, and a third field with a default.
    @Test(arguments: [
        ("{ a: \"abc\", b: 123 }", "{\"abc\", 123, [A]}"), ("{ a: null, b: 123 }", "{null, 123, [A]}"),
        ("{ b: 123 }", "{absent, 123, [A]}"), ("{ b: 123, c: null }", "{absent, 123, null}"),
        ("{ b: 123, c: B }", "{absent, 123, [B]}"), ("\"abc123\"", "request error"), ("[]", "request error"),
        ("{ a: \"abc\", b: \"123\" }", "request error"), ("{ a: \"abc\" }", "request error"),
        ("{ a: \"abc\", b: null }", "request error"), ("{ b: 123, d: \"xyz\" }", "request error"),
        ("{ b: 1, b: 2 }", "request error"),
    ])
    func `a literal has the required fields and no others`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("In", literal) == expected)
    }

    @Test(arguments: [
        ("{\"b\": 123}", "{absent, 123, [A]}"), ("{\"a\": null, \"b\": 1}", "{null, 1, [A]}"),
        ("{\"b\": 1, \"c\": \"B\"}", "{absent, 1, [B]}"), ("\"abc123\"", "request error"), ("[]", "request error"),
        ("{\"a\": \"abc\"}", "request error"), ("{\"b\": null}", "request error"), ("{\"b\": \"1\"}", "request error"),
        ("{\"b\": 1, \"d\": 2}", "request error"), ("{}", "request error"),
    ])
    func `so has a variable's value`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("In", json) == expected)
    }

    @Test(arguments: [
        ("{ a: $s, b: 1 }", "$s: String", #"{"s": null}"#, "{null, 1, [A]}"),
        ("{ a: $s, b: 1 }", "$s: String", "{}", "{absent, 1, [A]}"),
        ("{ a: $s, b: 1 }", "$s: String = \"d\"", "{}", "{\"d\", 1, [A]}"),
        ("{ b: $i }", "$i: Int!", #"{"i": 123}"#, "{absent, 123, [A]}"),
        ("{ b: $i }", "$i: Int!", "{}", "request error"),
        ("{ b: $i }", "$i: Int = 4", "{}", "{absent, 4, [A]}"),
        ("{ b: $i }", "$i: Int = 4", #"{"i": null}"#, "execution error"),
        ("{ b: $i }", "$i: Int", #"{"i": 1}"#, "request error"),
        ("{ b: 1, c: $e }", "$e: [E!]", "{}", "{absent, 1, [A]}"),
        ("{ b: 1, c: $e }", "$e: [E!]", #"{"e": "B"}"#, "{absent, 1, [B]}"),
        ("{ b: 1, c: [$e, A] }", "$e: E!", #"{"e": "B"}"#, "{absent, 1, [B, A]}"),
    ])
    func `a variable in a field gives its value, its default, or leaves the field's default`(
        literal: String, variables: String, json: String, expected: String
    ) async throws {
        let values = try #require(try JSONReader.read(json).object)
        #expect(try await Coercion.literal("In", literal, variables: variables, values: values) == expected)
    }

    @Test func `defaults of fields are filled in at every depth`() async throws {
        #expect(try await Coercion.literal("Nest", "{}") == "{{absent, 5, [A]}, absent}")
        #expect(try await Coercion.json("Nest", #"{"list": {}}"#) == "{{absent, 5, [A]}, [{{absent, 5, [A]}, absent}]}")
    }

    @Test(arguments: [
        ("input A", "2:7 Input object \"A\" must define one or more fields."),
        ("input A { a: Int a: Int }", "2:18,2:11 Input field \"A.a\" can only be defined once."),
        ("input A { __a: Int }", "2:11 Name \"__a\" must not begin with \"__\", which is reserved for introspection."),
        ("input A { a: Query }", "2:14 The type of \"A.a\" must be an input type, \"Query\" is an object type."),
        ("input A { a: Int! @deprecated }", "2:19,2:14 \"A.a\" is required and so cannot be deprecated."),
        (
            "input A { a: Int = true }",
            "2:20 The default of \"A.a\" is invalid: expected a value of type \"Int\", found true."
        ),
        ("input A { a: A = { b: 1, b: 2 } b: Int }", "2:26,2:20 There can be only one input field named \"b\"."),
        ("input A { a: A! }", "2:11 Input object \"A\" cannot contain itself through the non-null fields \"A.a\"."),
        (
            "input A { b: B! }\ninput B { x: Int c: C! }\ninput C { a: A! }",
            "2:11,3:18,4:11 Input object \"A\" cannot contain itself through the non-null fields \"A.b\", \"B.c\", \"C.a\"."
        ),
        (
            "input A { b: B! }\ninput B { b: B! }",
            "3:11 Input object \"B\" cannot contain itself through the non-null fields \"B.b\"."
        ),
        (
            "input A { b: B! c: B! }\ninput B { a: A! }",
            "2:11,3:11 Input object \"A\" cannot contain itself through the non-null fields \"A.b\", \"B.a\"."
        ),
        ("input A { a: A = {} }", "2:18 The default values of \"A.a\" lead back to themselves."),
        ("input A { a: A = { b: 1 } b: Int }", "2:18 The default values of \"A.a\" lead back to themselves."),
        ("input A { a: [A] = [{}] }", "2:20 The default values of \"A.a\" lead back to themselves."),
        (
            "input A { b: B = {} }\ninput B { a: A = {} }",
            "2:18,3:18 The default values of \"A.b\", \"B.a\" lead back to themselves."
        ),
        ("input A { x: A = { y: {} } y: A }", "2:18 The default values of \"A.x\" lead back to themselves."),
    ])
    func `fields are valid, and neither types nor defaults go round in circles`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test(arguments: [
        "input A { a: A }", "input A { a: [A!]! }", "input A { a: B! } input B { a: A }", "input A { a: A = null }",
        "input A { a: Int = 1 b: B = {} } input B { c: Int = 2 }", "input A { a: A = { a: null } }",
        "input A { a: A = { a: { a: null } } }", "input A { a: Int! = 1 @deprecated b: Int @deprecated }",
    ])
    func `circles with a way out are valid`(text: String) {
        #expect(issuesWithQuery(text) == [])
    }
}
