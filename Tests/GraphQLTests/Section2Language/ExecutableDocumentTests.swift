// Specification, sections 2.2 to 2.9, 2.11 and 2.13: executable documents.

import GraphQL
import Testing

@Suite("Executable documents (2.2 to 2.9)")
struct ExecutableDocumentTests {
    @Test("An operation has a kind, a name, variables, directives and selections")
    func readsOperations() throws {
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
        let variables = document[query.variableDefinitions]
        #expect(variables.map { document.string($0.name) } == ["a", "b"])
        #expect(variables.map(\.start) == [8, 25])
        #expect(variables.map { document[$0.directives].count } == [1, 0])
        #expect(document[query.directives].map { document.string($0.name) } == ["y"])
    }

    @Test("The shorthand form is an anonymous query")
    func readsShorthand() throws {
        let document = try Document(parsing: " { f }")
        let query = document.operations[0]
        #expect(query.kind == .query && query.name.isEmpty && query.start == 1 && query.description == nil)
    }

    @Test("Selections of one set lie side by side and keep their order")
    func readsNestedSelections() throws {
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

    @Test("A field has an alias, arguments and directives")
    func readsFields() throws {
        let document = try Document(parsing: "{ alias: name(x: 1, y: $v) @include(if: $w) @other }")
        let field = document.selections[0]
        #expect(field.kind == .field && field.start == 2)
        #expect(document.string(field.alias) == "alias" && document.string(field.name) == "name")
        #expect(document.isEqual(field.responseKey, "alias"))
        #expect(document[field.arguments].map { document.string($0.name) } == ["x", "y"])
        #expect(document[field.directives].map { document.string($0.name) } == ["include", "other"])
        #expect(document[document[field.directives].first!.arguments].map { document.string($0.name) } == ["if"])
    }

    @Test("Fragments are spread, inline with and without type condition, and defined")
    func readsFragments() throws {
        let document = try Document(
            parsing: "{ ...F @d ... on T @e { a } ... @g { b } ... { c } ...onward } fragment F on T @h { x }")
        let selections = document[document.operations[0].selections]
        #expect(
            selections.map(\.kind) == [
                .fragmentSpread, .inlineFragment, .inlineFragment, .inlineFragment, .fragmentSpread,
            ])
        #expect(selections.map { $0.typeCondition.map { document.string($0) } } == [nil, "T", nil, nil, nil])
        #expect(selections.map { document.string($0.name) } == ["F", "T", "", "", "onward"])
        #expect(selections.map { document[$0.directives].count } == [1, 1, 1, 0, 0])
        let fragment = document.fragments[0]
        #expect(document.string(fragment.name) == "F" && document.string(fragment.typeCondition) == "T")
        #expect(document.definitions == [.operation(0), .fragment(0)])
    }

    @Test("Operations, variables and fragments can be described")
    func readsDescriptions() throws {
        let document = try Document(
            parsing: """
                "the query"
                query Q("the variable" $v: Int) { f }
                \"\"\"
                the fragment
                \"\"\"
                fragment F on T { f }
                """)
        #expect(document.text(document.operations[0].description) == "the query")
        #expect(document.text(document.variableDefinitions[0].description) == "the variable")
        #expect(document.text(document.fragments[0].description) == "the fragment")
        #expect(document.location(of: document.operations[0].start) == SourceLocation(line: 2, column: 1))
        #expect(document.variableDefinitions[0].start == 35)
    }

    @Test("Keywords are names where names are expected")
    func readsKeywordsAsNames() throws {
        let document = try Document(
            parsing:
                "query query($on: fragment) { on: on(true: true) type: null ...fragment } fragment fragment on on { on }"
        )
        #expect(document.selections.map { document.string($0.name) } == ["on", "null", "fragment", "on"])
    }

    @Test(
        "What is no executable document is refused with what was found and expected",
        arguments: [
            ("", "1:1 Syntax Error: Expected a definition, found <EOF>."),
            ("  # nothing", "1:12 Syntax Error: Expected a definition, found <EOF>."),
            ("{", "1:2 Syntax Error: Expected Name, found <EOF>."),
            ("{}", "1:2 Syntax Error: Expected Name, found \"}\"."),
            ("{ a", "1:4 Syntax Error: Expected Name, found <EOF>."),
            ("{ a } }", "1:7 Syntax Error: Expected a definition, found \"}\"."),
            ("{ a { } }", "1:7 Syntax Error: Expected Name, found \"}\"."),
            ("{ a: }", "1:6 Syntax Error: Expected Name, found \"}\"."),
            ("{ a() }", "1:5 Syntax Error: Expected Name, found \")\"."),
            ("{ a(b) }", "1:6 Syntax Error: Expected \":\", found \")\"."),
            ("{ a @ }", "1:7 Syntax Error: Expected Name, found \"}\"."),
            ("{ ... }", "1:7 Syntax Error: Expected \"{\", found \"}\"."),
            ("{ ... on { a } }", "1:10 Syntax Error: Expected Name, found \"{\"."),
            ("{ ... on T }", "1:12 Syntax Error: Expected \"{\", found \"}\"."),
            ("query", "1:6 Syntax Error: Expected \"{\", found <EOF>."),
            ("query Q() { a }", "1:9 Syntax Error: Expected \"$\", found \")\"."),
            ("query ($a) { a }", "1:10 Syntax Error: Expected \":\", found \")\"."),
            ("notAKeyword { a }", "1:1 Syntax Error: Expected a definition, found Name \"notAKeyword\"."),
            ("fragment on on T { a }", "1:10 Syntax Error: Expected the name of a fragment, found Name \"on\"."),
            ("fragment F { a }", "1:12 Syntax Error: Expected \"on\", found \"{\"."),
            ("fragment F on { a }", "1:15 Syntax Error: Expected Name, found \"{\"."),
            ("\"d\" { a }", "1:5 Syntax Error: Expected a definition that can be described, found \"{\"."),
            ("\"d\"", "1:4 Syntax Error: Expected a definition, found <EOF>."),
            ("{ \"d\" a }", "1:3 Syntax Error: Expected Name, found String \"d\"."),
            ("{ a 1 }", "1:5 Syntax Error: Expected Name, found Int \"1\"."),
            ("{ a \"\"\"b\"\"\" }", "1:5 Syntax Error: Expected Name, found BlockString \"b\"."),
            ("query { a }\nmutation (", "2:11 Syntax Error: Expected \"$\", found <EOF>."),
        ])
    func refusesOtherTexts(_ text: String, _ error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test("Long tokens are cut in messages")
    func cutsLongTokens() {
        let error = syntaxError("{ a \"\(String(repeating: "x", count: 1000))\" }")
        #expect(error == "1:5 Syntax Error: Expected Name, found String \"\(String(repeating: "x", count: 60))…\".")
    }
}
