import GraphQL
import JSON
import Testing

@Suite("2.9 Fragments")
struct FragmentsTests {
    @Test func `a fragment has a name, a type condition, directives and selections`() throws {
        let document = try Document(parsing: "{ ...F @d ...onward } fragment F on T @h { x ...G }")
        let spreads = document[document.operations[0].selections]
        #expect(spreads.map(\.kind) == [.fragmentSpread, .fragmentSpread])
        #expect(spreads.map { document.string($0.name) } == ["F", "onward"])
        #expect(spreads.map { document[$0.directives].count } == [1, 0])
        let fragment = document.fragments[0]
        #expect(document.string(fragment.name) == "F" && document.string(fragment.typeCondition) == "T")
        #expect(document[fragment.directives].count == 1 && document[fragment.selections].count == 2)
        try expectRoundTrip("{ ...F @d ...onward } fragment F on T @h { x ...G }")
    }

    @Test(arguments: [
        ("fragment on on T { a }", "1:10 Syntax Error: Expected the name of a fragment, found Name \"on\"."),
        ("fragment { a }", "1:10 Syntax Error: Expected Name, found \"{\"."),
        ("fragment F on T", "1:16 Syntax Error: Expected \"{\", found <EOF>."),
        ("fragment F on T {}", "1:18 Syntax Error: Expected Name, found \"}\"."),
        ("fragment F($a: Int) on T { a }", "1:11 Syntax Error: Expected \"on\", found \"(\"."),
        ("{ ...F { a } }", "1:8 Syntax Error: Expected Name, found \"{\"."),
        ("{ ...F(a: 1) }", "1:7 Syntax Error: Expected Name, found \"(\"."),
    ])
    func `what breaks the grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `a spread adds the fragment's fields in its place, through several levels`() async throws {
        let spread = try await Library.run(
            """
            { shelves { ...A count } }
            fragment A on Shelf { id ...B }
            fragment B on Shelf { label }
            """)
        #expect(try await Library.run("{ shelves { id label count } }").text == spread.text)
        #expect(spread.errors.isEmpty)
    }
}
