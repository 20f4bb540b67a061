import GraphQL
import Testing

@Suite("3.13.4 @specifiedBy")
struct SpecifiedByTests {
    @Test func `a custom scalar names its specification`() throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: S } scalar S @specifiedBy(url: \"https://s\")")
        #expect(schema.type(named: "S")?.specifiedByURL == "https://s")
        #expect(SchemaPrinter(schema).print().contains("scalar S @specifiedBy(url: \"https://s\")"))
    }

    @Test(arguments: [
        ("scalar A @specifiedBy", "2:10 Directive \"@specifiedBy\" needs the argument \"url\"."),
        (
            "scalar A @specifiedBy(url: 1)",
            "2:28 The argument \"@specifiedBy(url:)\" is invalid: expected a value of type \"String!\", found 1."
        ),
        (
            "scalar A @specifiedBy(url: \"a\", uri: \"b\")",
            "2:33 Unknown argument \"uri\" on directive \"@specifiedBy\"."
        ),
        ("type A @specifiedBy(url: \"a\") { a: Int }", "2:8 Directive \"@specifiedBy\" may not be used on OBJECT."),
        (
            "extend scalar ID @specifiedBy(url: \"a\")",
            "2:15 Cannot extend type \"ID\" because the specification defines it."
        ),
    ])
    func `it stands on custom scalars, with an address`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue.replacing("\"String!\", found 1", with: "\"String\", found 1")])
    }
}
