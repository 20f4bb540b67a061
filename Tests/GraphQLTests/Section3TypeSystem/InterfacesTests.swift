import GraphQL
import Testing

@Suite("3.7 Interfaces")
struct InterfacesTests {
    @Test func `an interface has interfaces, directives and fields`() throws {
        try expectRoundTrip("\"d\" interface I implements J & K @d { a(b: Int): [I!] }")
        #expect(syntaxError("interface I { }").hasPrefix("1:15 "))
    }

    @Test(arguments: [
        "interface Node { id: ID! } interface Resource implements Node { id: ID! url: String } "
            + "interface Image implements Resource & Node { id: ID! url: String thumbnail: String }",
        "interface I { i: I }",
    ])
    func `valid interfaces`(text: String) {
        #expect(issuesWithQuery(text) == [])
    }

    @Test(arguments: [
        ("interface A", "2:11 Type \"A\" must define one or more fields."),
        ("interface A { a: Int a: Int }", "2:22,2:15 Field \"A.a\" can only be defined once."),
        (
            "interface A { __a: Int }",
            "2:15 Name \"__a\" must not begin with \"__\", which is reserved for introspection."
        ),
        (
            "interface A { a: In } input In { a: Int }",
            "2:18 The type of \"A.a\" must be an output type, \"In\" is an input object."
        ),
        ("interface I implements I { a: Int }", "2:24 Type \"I\" cannot implement itself."),
        (
            "interface I { a: Int } interface J implements I { b: Int }",
            "2:34,2:15 Type \"J\" must have the field \"a\" of the interface \"I\"."
        ),
        (
            "interface I { a: Int } interface J implements I { a: Int } interface K implements J { a: Int }",
            "2:83 Type \"K\" must implement \"I\" because \"J\" implements it."
        ),
    ])
    func `an interface's fields and interfaces are valid`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test func `interfaces that implement each other are refused on both sides`() {
        #expect(
            issuesWithQuery("interface I implements J { a: Int }\ninterface J implements I { a: Int }") == [
                "2:24 Type \"I\" cannot implement \"J\", which implements \"I\".",
                "3:24 Type \"J\" cannot implement \"I\", which implements \"J\".",
            ])
    }

    @Test func `interfaces are no input`() throws {
        let text = "query($v: Item) { echo(int: $v) }"
        #expect(
            try errors(in: text, schema: Library.schema()).first
                == "Variable \"$v\" cannot be non-input type \"Item\". (1:11)")
    }
}
