import GraphQL
import JSON
import Testing

@Suite("2.6 Fields")
struct FieldsTests {
    @Test func `a field has an alias, a name, arguments, directives and selections`() throws {
        let document = try Document(parsing: "{ alias: name(x: 1, y: $v) @include(if: $w) @other { sub } }")
        let field = try #require(document[document.operations[0].selections].first)
        #expect(field.kind == .field && field.start == 2)
        #expect(document.string(field.alias) == "alias" && document.string(field.name) == "name")
        #expect(document[field.arguments].map { document.string($0.name) } == ["x", "y"])
        #expect(document[field.directives].map { document.string($0.name) } == ["include", "other"])
        #expect(document[document[field.directives].first!.arguments].map { document.string($0.name) } == ["if"])
        #expect(document[field.selections].map { document.string($0.name) } == ["sub"])
    }

    @Test(arguments: [
        "{ a }", "{ a: b }", "{ a(b: 1) }", "{ a @d }", "{ a { b } }", "{ a: b(c: 1) @d(e: 2) @f { g } }",
    ])
    func `all but the name is optional`(text: String) throws {
        try expectRoundTrip(text)
    }

    @Test(arguments: [
        ("{ a @ }", "1:7 Syntax Error: Expected Name, found \"}\"."),
        ("{ a @d (b: 1) { c } (d: 1) }", "1:21 Syntax Error: Expected Name, found \"(\"."),
        ("{ a { b } @d }", "1:11 Syntax Error: Expected Name, found \"@\"."),
        ("{ $a }", "1:3 Syntax Error: Expected Name, found \"$\"."),
    ])
    func `the parts have their order`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `fields are selected down to leaves`() async throws {
        #expect(try await Library.run("{ shelves }").codes == ["GRAPHQL_VALIDATION_FAILED"])
        #expect(try await Library.run("{ shelves { id { a } } }").codes == ["GRAPHQL_VALIDATION_FAILED"])
        #expect(try await Library.run("{ shelves { id } }").errors.isEmpty)
    }
}
