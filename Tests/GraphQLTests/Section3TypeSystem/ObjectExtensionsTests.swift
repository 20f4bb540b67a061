import GraphQL
import Testing

@Suite("3.6.3 Object Extensions")
struct ObjectExtensionsTests {
    @Test func `an extension adds fields, interfaces and directives`() {
        #expect(
            issuesWithQuery(
                """
                type A { a: Int } interface I { b: Int } directive @d on OBJECT
                extend type A { b: Int } extend type A implements I extend type A @d
                """) == [])
    }

    @Test(arguments: [
        ("extend type A { a: Int }", "2:13 Cannot extend type \"A\" because it is not defined."),
        ("scalar A\nextend type A { a: Int }", "3:13,2:8 Cannot extend type \"A\" as an object type: it is a scalar."),
        ("type A { a: Int }\nextend type A { b: Int b: Int }", "3:24,3:17 Field \"A.b\" can only be defined once."),
        ("type A { a: Int }\nextend type A { a: Int }", "3:17,2:10 Field \"A.a\" can only be defined once."),
        (
            "directive @d on OBJECT type A @d { a: Int }\nextend type A @d",
            "3:15,2:31 The directive \"@d\" can only be used once at this location."
        ),
        (
            "interface I { a: Int } type A implements I { a: Int }\nextend type A implements I",
            "3:26,2:42 Type \"A\" can only implement \"I\" once."
        ),
        (
            "interface I { b: Int } type A { a: Int }\nextend type A implements I",
            "2:29,3:13,2:15 Type \"A\" must have the field \"b\" of the interface \"I\"."
        ),
    ])
    func `what the type has is not given again, and the result is valid`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }
}
