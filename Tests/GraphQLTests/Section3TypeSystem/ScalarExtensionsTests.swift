import GraphQL
import Testing

@Suite("3.5.6 Scalar Extensions")
struct ScalarExtensionsTests {
    @Test func `an extension adds directives`() throws {
        let schema = try GraphQLSchema.build(
            from: """
                type Query { a: S } scalar S @a directive @a on SCALAR
                extend scalar S @specifiedBy(url: "https://s")
                """)
        #expect(schema.type(named: "S")?.directives.map(\.name) == ["a", "specifiedBy"])
        #expect(schema.type(named: "S")?.specifiedByURL == "https://s")
    }

    @Test(arguments: [
        ("extend scalar A @d", "2:15 Cannot extend type \"A\" because it is not defined."),
        (
            "extend scalar Query @d",
            "2:15,1:6 Cannot extend type \"Query\" as a scalar: it is an object type."
        ),
        (
            "extend scalar Int @specifiedBy(url: \"x\")",
            "2:15 Cannot extend type \"Int\" because the specification defines it."
        ),
        (
            "scalar S @specifiedBy(url: \"a\")\nextend scalar S @specifiedBy(url: \"b\")",
            "3:17,2:10 The directive \"@specifiedBy\" can only be used once at this location."
        ),
    ])
    func `the type is a scalar of the schema without these directives`(text: String, issue: String) {
        #expect(issuesWithQuery(text).first == issue)
    }
}
