import GraphQL
import Testing

@Suite("2.4 Operations")
struct OperationsTests {
    @Test func `an operation has a kind, a name, variables, directives and selections`() throws {
        let document = try Document(
            parsing: """
                query Q($a: Int! = 1 @x, $b: [String]) @y { f }
                mutation M { g }
                subscription { h }
                """)
        #expect(document.operations.map(\.kind) == [.query, .mutation, .subscription])
        #expect(document.operations.map { document.string($0.name) } == ["Q", "M", ""])
        #expect(document.operations.map(\.start).map { document.location(of: $0).line } == [1, 2, 3])
        let query = document.operations[0]
        #expect(document[query.variableDefinitions].count == 2)
        #expect(document[query.directives].map { document.string($0.name) } == ["y"])
    }

    @Test(arguments: [
        "query Q($a: Int) @d { a }", "query ($a: Int) { a }", "query @d { a }", "mutation M { a }",
        "subscription { a }",
    ])
    func `all its parts but the selections are optional`(text: String) throws {
        try expectRoundTrip(text)
    }

    @Test func `the shorthand form is an anonymous query`() throws {
        let document = try Document(parsing: " { f }")
        let query = document.operations[0]
        #expect(query.kind == .query && query.name.isEmpty && query.start == 1 && query.description == nil)
        try expectRoundTrip("query { f }", as: "{ f }")
    }

    @Test(arguments: [
        ("query", "1:6 Syntax Error: Expected \"{\", found <EOF>."),
        ("query Q", "1:8 Syntax Error: Expected \"{\", found <EOF>."),
        ("query Q R { a }", "1:9 Syntax Error: Expected \"{\", found Name \"R\"."),
        ("query @d ($a: Int) { a }", "1:11 Syntax Error: Expected Name, found \"$\"."),
        ("query { a }\nmutation (", "2:11 Syntax Error: Expected \"$\", found <EOF>."),
        ("get { a }", "1:1 Syntax Error: Expected a definition, found Name \"get\"."),
    ])
    func `what breaks the grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
