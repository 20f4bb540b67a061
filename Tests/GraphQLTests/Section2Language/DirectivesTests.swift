import GraphQL
import Testing

@Suite("2.13 Directives")
struct DirectivesTests {
    @Test func `a directive has a name and arguments, and directives keep their order`() throws {
        let document = try Document(parsing: "{ f @b @a(x: 1, y: $v) @b }")
        let directives = document[document.selections[0].directives]
        #expect(directives.map { document.string($0.name) } == ["b", "a", "b"])
        #expect(directives.map { document[$0.arguments].count } == [0, 2, 0])
        #expect(directives.map(\.start) == [4, 7, 23])
    }

    @Test func `directives stand on everything of an executable document`() throws {
        try expectRoundTrip(
            "query Q($v: Int @a) @b { f @c ...F @d ... @e { g } ... on T @f { h } } fragment F on T @g { i }")
    }

    @Test func `directives stand on everything of a type system`() throws {
        try expectRoundTrip(
            """
            schema @a { query: Q } scalar S @b type T @c { f(a: Int @d): Int @e } interface I @f { a: Int }
            union U @g = T enum E @h { A @i } input In @j { a: Int = 1 @k } directive @d(a: Int @l) on FIELD
            extend schema @m extend scalar S @n extend type T @o extend interface I @p extend union U @q
            extend enum E @r extend input In @s
            """)
    }

    @Test func `the order of directives is kept in the schema`() throws {
        let schema = try GraphQLSchema.build(
            from:
                "directive @a on OBJECT directive @b(x: Int) repeatable on OBJECT type Query @b @a @b(x: 1) { f: Int }")
        #expect(schema[schema.queryType].directives.map(\.name) == ["b", "a", "b"])
    }

    @Test(arguments: [
        ("{ f @ }", "1:7 Syntax Error: Expected Name, found \"}\"."),
        ("{ f @a() }", "1:8 Syntax Error: Expected Name, found \")\"."),
        ("{ f @\"a\" }", "1:6 Syntax Error: Expected Name, found String \"a\"."),
        ("{ @a f }", "1:3 Syntax Error: Expected Name, found \"@\"."),
    ])
    func `what breaks the grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
