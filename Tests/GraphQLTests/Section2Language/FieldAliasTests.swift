import GraphQL
import JSON
import Testing

@Suite("2.8 Field Alias")
struct FieldAliasTests {
    @Test func `the alias is the response name, without one the field's name is`() throws {
        let document = try Document(parsing: "{ a: b c }")
        #expect(document.selections.map { document.string($0.responseKey) } == ["a", "c"])
        #expect(document.selections.map { document.string($0.name) } == ["b", "c"])
        try expectRoundTrip("{ a: b c }")
    }

    @Test func `the response has the aliases as its keys, at the root and below`() async throws {
        let response = try await Library.run("{ all: shelves { number: id id } t: __typename }")
        #expect(
            response.text == #"{"data":{"all":[{"number":"1","id":"1"},{"number":"2","id":"2"}],"t":"Query"}}"#)
    }

    @Test(arguments: [
        ("{ a: }", "1:6 Syntax Error: Expected Name, found \"}\"."),
        ("{ a: b: c }", "1:7 Syntax Error: Expected Name, found \":\"."),
        ("{ : b }", "1:3 Syntax Error: Expected Name, found \":\"."),
        ("{ a: ...F }", "1:6 Syntax Error: Expected Name, found \"...\"."),
    ])
    func `an alias belongs to a field`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
