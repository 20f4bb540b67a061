import GraphQL
import Testing

@Suite("3.6.1 Field Arguments")
struct FieldArgumentsTests {
    @Test func `arguments have types, defaults, descriptions and directives`() throws {
        try expectRoundTrip("type T { a(\"d\" x: Int! = 1 @q(r: 2) y: [In] = [{ a: null }]): Int }")
        let schema = try GraphQLSchema.build(from: "type Query { a(x: Int! = 1, y: [Int]): Int }")
        let field = schema[schema.queryType].fields[0]
        #expect(field.arguments.map(\.name) == ["x", "y"])
        #expect(field.arguments.map(\.defaultValue) == [.int(1), nil])
        #expect(field.arguments.map(\.isRequired) == [false, false])
    }

    @Test(arguments: [
        ("type T { a(): Int }", "1:12 Syntax Error: Expected Name, found \")\"."),
        ("type T { a(b): Int }", "1:13 Syntax Error: Expected \":\", found \")\"."),
        ("type T { a(b: Int = $c): Int }", "1:21 Syntax Error: Expected a constant value, found variable \"$c\"."),
        ("type T { a(b: Int: Int }", "1:18 Syntax Error: Expected Name, found \":\"."),
    ])
    func `what breaks the grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: [
        ("type A { a(b: Int, b: Int): Int }", "2:20,2:12 Argument \"A.a(b:)\" can only be defined once."),
        (
            "type A { a(__b: Int): Int }",
            "2:12 Name \"__b\" must not begin with \"__\", which is reserved for introspection."
        ),
        ("type A { a(b: A): Int }", "2:15 The type of \"A.a(b:)\" must be an input type, \"A\" is an object type."),
        (
            "type A { a(b: Int = \"x\"): Int }",
            "2:21 The default of \"A.a(b:)\" is invalid: expected a value of type \"Int\", found \"x\"."
        ),
        (
            "type A { a(b: Int! = null): Int }",
            "2:22 The default of \"A.a(b:)\" is invalid: expected a value of type \"Int!\", found null."
        ),
        (
            "type A { a(b: Int! @deprecated): Int }",
            "2:20,2:15 \"A.a(b:)\" is required and so cannot be deprecated."
        ),
    ])
    func `names, types and defaults are valid`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
        #expect(
            issuesWithQuery(text.replacing("type A", with: "interface A").replacing("b: A)", with: "b: Query)")).count
                == 1)
    }
}
