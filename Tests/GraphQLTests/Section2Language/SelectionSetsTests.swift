import GraphQL
import Testing

@Suite("2.5 Selection Sets")
struct SelectionSetsTests {
    @Test func `selections of one set lie side by side and keep their order`() throws {
        let document = try Document(parsing: "{ a { b { c } d } e { f } g }")
        func names(_ range: NodeRange<Selection>) -> [String] { document[range].map { document.string($0.name) } }
        let root = document.operations[0].selections
        #expect(names(root) == ["a", "e", "g"])
        let a = document.selections[root.indices.lowerBound]
        #expect(names(a.selections) == ["b", "d"])
        #expect(names(document[a.selections].first!.selections) == ["c"])
        #expect(names(document[root].dropFirst().first!.selections) == ["f"])
        #expect(document[root].last!.selections.isEmpty)
    }

    @Test func `a set mixes fields, fragment spreads and inline fragments`() throws {
        let document = try Document(parsing: "{ a ...F ... on T { b } c }")
        #expect(
            document[document.operations[0].selections].map(\.kind) == [
                .field, .fragmentSpread, .inlineFragment, .field,
            ])
        try expectRoundTrip("{ a ...F ... on T { b } c }")
    }

    @Test(arguments: [
        ("{", "1:2 Syntax Error: Expected Name, found <EOF>."),
        ("{}", "1:2 Syntax Error: Expected Name, found \"}\"."),
        ("{ a { } }", "1:7 Syntax Error: Expected Name, found \"}\"."),
        ("{ a { b }", "1:10 Syntax Error: Expected Name, found <EOF>."),
        ("{ { a } }", "1:3 Syntax Error: Expected Name, found \"{\"."),
        ("{ a b: { c } }", "1:8 Syntax Error: Expected Name, found \"{\"."),
    ])
    func `a set is not empty and closed`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
