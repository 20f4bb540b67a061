import GraphQL
import JSON
import Testing

@Suite("2.9.2 Inline Fragments")
struct InlineFragmentsTests {
    @Test func `an inline fragment has an optional type condition and directives`() throws {
        let document = try Document(parsing: "{ ... on T @e { a } ... @g { b } ... { c } }")
        let selections = document[document.operations[0].selections]
        #expect(selections.map(\.kind) == [.inlineFragment, .inlineFragment, .inlineFragment])
        #expect(selections.map { $0.typeCondition.map { document.string($0) } } == ["T", nil, nil])
        #expect(selections.map { document[$0.directives].count } == [1, 1, 0])
        try expectRoundTrip("{ ... on T @e { a } ... @g { b } ... { c } }")
    }

    @Test(arguments: [
        ("{ ... }", "1:7 Syntax Error: Expected \"{\", found \"}\"."),
        ("{ ... on { a } }", "1:10 Syntax Error: Expected Name, found \"{\"."),
        ("{ ... on T }", "1:12 Syntax Error: Expected \"{\", found \"}\"."),
        ("{ ... on T {} }", "1:13 Syntax Error: Expected Name, found \"}\"."),
        ("{ ... @d }", "1:10 Syntax Error: Expected \"{\", found \"}\"."),
    ])
    func `it has a selection set`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `without a type condition it is of the enclosing type`() async throws {
        let query = "query($all: Boolean!) { shelves { id ... @include(if: $all) { label } } }"
        let all = try await Library.run(query, variables: ["all": true])
        #expect(all.data?["shelves"]?[0].map { "\($0)" } == #"{"id":"1","label":"first"}"#)
        let few = try await Library.run(query, variables: ["all": false])
        #expect(few.data?["shelves"]?[0].map { "\($0)" } == #"{"id":"1"}"#)
    }
}
