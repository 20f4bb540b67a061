import GraphQL
import Testing

@Suite("3.9.1 Enum Extensions")
struct EnumExtensionsTests {
    @Test func `an extension adds values and directives`() throws {
        let schema = try GraphQLSchema.build(
            from: "type Query { a: E } enum E { A } extend enum E { B C } extend enum E @d directive @d on ENUM")
        #expect(schema.type(named: "E")?.enumValues.map(\.name) == ["A", "B", "C"])
        #expect(schema.type(named: "E")?.enumValues.map(\.index) == [0, 1, 2])
        #expect(schema.type(named: "E")?.directives.map(\.name) == ["d"])
    }

    @Test(arguments: [
        ("extend enum A { B }", "2:13 Cannot extend type \"A\" because it is not defined."),
        ("extend enum Query { B }", "2:13,1:6 Cannot extend type \"Query\" as an enum: it is an object type."),
        ("enum A { X }\nextend enum A { X }", "3:17,2:10 Enum value \"A.X\" can only be defined once."),
        ("enum A { X }\nextend enum A { Y Y }", "3:19,3:17 Enum value \"A.Y\" can only be defined once."),
        (
            "directive @d on ENUM enum E @d { A }\nextend enum E @d",
            "3:15,2:29 The directive \"@d\" can only be used once at this location."
        ),
    ])
    func `new values are unique`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }
}
