import GraphQL
import JSON
import Testing

@Suite("2.3 Document")
struct DocumentTests {
    @Test func `a document holds definitions of every kind in their order`() throws {
        let document = try Document(
            parsing:
                "fragment F on T { a } query { b } type T { a: Int } extend type T @d query { c } directive @d on FIELD"
        )
        #expect(
            document.definitions == [
                .fragment(0), .operation(0), .typeSystem(0), .typeSystem(1), .operation(1), .typeSystem(2),
            ])
    }

    @Test(arguments: [
        ("", "1:1 Syntax Error: Expected a definition, found <EOF>."),
        ("  # nothing", "1:12 Syntax Error: Expected a definition, found <EOF>."),
        ("{ a } }", "1:7 Syntax Error: Expected a definition, found \"}\"."),
        ("notAKeyword { a }", "1:1 Syntax Error: Expected a definition, found Name \"notAKeyword\"."),
        ("Query { a }", "1:1 Syntax Error: Expected a definition, found Name \"Query\"."),
    ])
    func `a document has one definition or more, and nothing else`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: ["{ shelves { id } } type T { a: Int }", "{ shelves { id } } extend type Query { a: Int }"])
    func `a document with type-system definitions is not executed`(text: String) async throws {
        let response = try await Library.run(text)
        #expect(response.data == nil && response.codes == ["GRAPHQL_VALIDATION_FAILED"])
    }

    @Test func `a document without operations is not executed`() async throws {
        let response = try await Library.run("fragment F on Query { ...F2 } fragment F2 on Query { shelves { id } }")
        #expect(response.data == nil && !response.errors.isEmpty)
    }

    @Test func `a schema's document has no executable definitions`() {
        let message = "A schema consists of type-system definitions, it cannot contain operations or fragments."
        #expect(issuesWithQuery("query { a }\nfragment F on Query { a }") == ["2:1 \(message)", "3:1 \(message)"])
    }
}
