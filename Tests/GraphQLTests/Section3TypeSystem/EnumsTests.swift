import GraphQL
import JSON
import Testing

@Suite("3.9 Enums")
struct EnumsTests {
    @Test func `an enum has directives and values`() throws {
        try expectRoundTrip("\"d\" enum E @d { A \"b\" B @x(y: 1) on }")
        #expect(syntaxError("enum E { }").hasPrefix("1:10 "))
        #expect(syntaxError("enum E { A: 1 }").hasPrefix("1:11 "))
    }

    @Test(arguments: [
        ("enum A", "2:6 Enum \"A\" must define one or more values."),
        ("enum A { X X }", "2:12,2:10 Enum value \"A.X\" can only be defined once."),
        ("enum A { __X }", "2:10 Name \"__X\" must not begin with \"__\", which is reserved for introspection."),
    ])
    func `an enum has one unique value or more`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test(arguments: [
        ("A", "A"), ("\"A\"", "request error"), ("C", "request error"), ("a", "request error"), ("0", "request error"),
        ("true", "request error"), ("[A]", "request error"),
    ])
    func `a literal is one of the names, not a string`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("E", literal) == expected)
    }

    @Test(arguments: [
        ("\"A\"", "A"), ("\"C\"", "request error"), ("\"a\"", "request error"), ("0", "request error"),
        ("[\"A\"]", "request error"), ("{}", "request error"),
    ])
    func `a variable's value is a JSON string with one of the names`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("E", json) == expected)
    }
}
