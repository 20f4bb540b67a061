import GraphQL
import Testing

@Suite("3.10.2 Input Object Extensions")
struct InputObjectExtensionsTests {
    @Test func `an extension adds fields and directives`() throws {
        let schema = try GraphQLSchema.build(
            from: """
                type Query { a(b: In): Int } input In { a: Int } directive @d on INPUT_OBJECT
                extend input In { b: Int = 2 } extend input In @d
                """)
        #expect(schema.type(named: "In")?.inputFields.map(\.name) == ["a", "b"])
        #expect(schema.type(named: "In")?.directives.map(\.name) == ["d"])
        #expect(issuesWithQuery("input A\nextend input A { a: Int }") == [])
    }

    @Test(arguments: [
        ("extend input A { a: Int }", "2:14 Cannot extend type \"A\" because it is not defined."),
        (
            "extend input Query { a: Int }",
            "2:14,1:6 Cannot extend type \"Query\" as an input object: it is an object type."
        ),
        ("input A { a: Int }\nextend input A { a: Int }", "3:18,2:11 Input field \"A.a\" can only be defined once."),
        (
            "input A { a: Int }\nextend input A { b: Int b: Int }",
            "3:25,3:18 Input field \"A.b\" can only be defined once."
        ),
        (
            "directive @d on INPUT_OBJECT input A @d { a: Int }\nextend input A @d",
            "3:16,2:38 The directive \"@d\" can only be used once at this location."
        ),
        ("input A { a: Int }\nextend input A @oneOf", "3:16 An extension of \"A\" cannot apply \"@oneOf\"."),
        (
            "input A @oneOf { a: Int }\nextend input A { b: Int! }",
            "3:21 \"A.b\" must be nullable because the input object is \"@oneOf\"."
        ),
        (
            "input A @oneOf { a: Int }\nextend input A { b: Int = 1 }",
            "3:27 \"A.b\" cannot have a default because the input object is \"@oneOf\"."
        ),
    ])
    func `new fields are unique, and fit a oneOf type`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }
}
