import GraphQL
import JSON
import Testing

@Suite("3.6 Objects")
struct ObjectsTests {
    @Test func `an object type has interfaces, directives and fields with arguments`() throws {
        try expectRoundTrip(
            "\"d\" type T implements A & B @d(x: 1) { \"f\" a(x: Int = 1 @q \"y\" y: [Int!]!): String @e b: Int }")
        try expectRoundTrip("type T implements & A & B { a: Int }", as: "type T implements A & B { a: Int }")
    }

    @Test(arguments: [
        ("type T { }", "1:10 Syntax Error: Expected Name, found \"}\"."),
        ("type T { a }", "1:12 Syntax Error: Expected \":\", found \"}\"."),
        ("type T implements { a: Int }", "1:19 Syntax Error: Expected Name, found \"{\"."),
        ("type T implements A, B { a: Int }", "1:22 Syntax Error: Expected a definition, found Name \"B\"."),
        ("type T implements A & { a: Int }", "1:23 Syntax Error: Expected Name, found \"{\"."),
        ("type { a: Int }", "1:6 Syntax Error: Expected Name, found \"{\"."),
        ("type T @d implements A { a: Int }", "1:11 Syntax Error: Expected a definition, found Name \"implements\"."),
    ])
    func `what breaks its grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: [
        ("type A", "2:6 Type \"A\" must define one or more fields."),
        ("type A { a: Int a: Int }", "2:17,2:10 Field \"A.a\" can only be defined once."),
        (
            "type A { __a: Int }",
            "2:10 Name \"__a\" must not begin with \"__\", which is reserved for introspection."
        ),
        (
            "type A { a: In } input In { a: Int }",
            "2:13 The type of \"A.a\" must be an output type, \"In\" is an input object."
        ),
        (
            "interface I { a: Int }\ntype A implements I & I { a: Int }",
            "3:23,3:19 Type \"A\" can only implement \"I\" once."
        ),
        (
            "type A implements Query { query: Int }",
            "2:19 Type \"A\" can only implement interfaces, \"Query\" is an object type."
        ),
    ])
    func `a type's fields and interfaces are valid`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test func `fields are answered in the order in which they are selected`() async throws {
        let response = try await Library.run(
            """
            { found { __typename ...Ignored ...Matching ... on Book { id @skip(if: true) next { id } id } } }
            fragment Ignored on Disc { seconds title }
            fragment Matching on Book { title pages }
            """)
        let keys = response.data?["found"]?[3]?.object?.members.map(\.key)
        #expect(keys == ["__typename", "title", "pages", "next", "id"])
    }
}
