import GraphQL
import Testing

@Suite("3.7.1 Interface Extensions")
struct InterfaceExtensionsTests {
    @Test func `an extension adds fields, interfaces and directives`() {
        #expect(
            issuesWithQuery(
                """
                interface I { a: Int } interface J { b: Int } directive @d on INTERFACE type A implements I { a: Int }
                extend interface I { b: Int } extend interface I implements J extend interface I @d
                extend type A implements J { b: Int }
                """) == [])
    }

    @Test(arguments: [
        ("extend interface A { a: Int }", "2:18 Cannot extend type \"A\" because it is not defined."),
        (
            "extend interface Query { a: Int }",
            "2:18,1:6 Cannot extend type \"Query\" as an interface: it is an object type."
        ),
        ("interface A { a: Int }\nextend interface A { a: Int }", "3:22,2:15 Field \"A.a\" can only be defined once."),
        (
            "directive @d on INTERFACE interface A @d { a: Int }\nextend interface A @d",
            "3:20,2:39 The directive \"@d\" can only be used once at this location."
        ),
        (
            "interface I { a: Int }\ntype A implements I { a: Int }\nextend interface I { b: Int }",
            "3:6,4:22 Type \"A\" must have the field \"b\" of the interface \"I\"."
        ),
        (
            "interface J { b: Int } interface I { a: Int }\nextend interface I implements J",
            "2:34,3:18,2:15 Type \"I\" must have the field \"b\" of the interface \"J\"."
        ),
    ])
    func `the result is valid, and implementing types have the new fields`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }
}
