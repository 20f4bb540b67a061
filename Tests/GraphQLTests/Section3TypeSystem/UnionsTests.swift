import GraphQL
import Testing

@Suite("3.8 Unions")
struct UnionsTests {
    @Test func `a union has directives and members`() throws {
        try expectRoundTrip("\"d\" union U @d = A | B")
        try expectRoundTrip("union U = | A | B", as: "union U = A | B")
        try expectRoundTrip("union U")
    }

    @Test(arguments: [
        ("union U =", "1:10 Syntax Error: Expected Name, found <EOF>."),
        ("union U = A |", "1:14 Syntax Error: Expected Name, found <EOF>."),
        ("union U = | | A", "1:13 Syntax Error: Expected Name, found \"|\"."),
        ("union U = [A]", "1:11 Syntax Error: Expected Name, found \"[\"."),
        ("union U = A!", "1:12 Syntax Error: Expected a definition, found \"!\"."),
    ])
    func `what breaks its grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: [
        ("union A", "2:7 Union \"A\" must have one or more members."),
        ("union U = Query | Query", "2:19,2:11 Union \"U\" can only have \"Query\" once."),
        ("union U = Query | S scalar S", "2:19 Union \"U\" can only have object types, \"S\" is a scalar."),
        ("union U = U", "2:11 Union \"U\" can only have object types, \"U\" is a union."),
        ("union U = I interface I { a: Int }", "2:11 Union \"U\" can only have object types, \"I\" is an interface."),
        ("union U = E enum E { A }", "2:11 Union \"U\" can only have object types, \"E\" is an enum."),
        ("union U = I input I { a: Int }", "2:11 Union \"U\" can only have object types, \"I\" is an input object."),
    ])
    func `members are different object types`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test func `a union has no fields but its type's name`() throws {
        let schema = try Library.schema()
        #expect(try errors(in: "{ found { __typename ... on Person { name } } }", schema: schema) == [])
        #expect(try errors(in: "{ found { id } }", schema: schema).count == 1)
    }
}
