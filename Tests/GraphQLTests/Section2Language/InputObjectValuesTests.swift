import GraphQL
import JSON
import Testing

@Suite("2.10.8 Input Object Values")
struct InputObjectValuesTests {
    @Test(arguments: ["{}", "{ a: 1 }", "{ a: 1 b: { c: [{ d: $v }] } }", "{ on: null, true: RED }"])
    func `an object holds named values`(text: String) throws {
        try expectRoundTrip("{ f(a: \(text)) }")
    }

    @Test func `fields lie side by side, however deep the literals are`() throws {
        let document = try Document(parsing: "{ f(a: { a: [3, { b: 4 }], c: 5 }) }")
        let object = document.arguments[0].value
        #expect(document[object.fields].map { document.string($0.name) } == ["a", "c"])
        #expect(object.items.isEmpty)
    }

    @Test func `the order of fields means nothing`() async throws {
        let one = try await Library.run("{ echo(range: { from: 1, to: 2 }) }")
        let other = try await Library.run("{ echo(range: { to: 2, from: 1 }) }")
        #expect(one.text == other.text && one.errors.isEmpty)
    }

    @Test(arguments: [
        ("{ f(a: {b}) }", "1:10 Syntax Error: Expected \":\", found \"}\"."),
        ("{ f(a: {b: }) }", "1:12 Syntax Error: Expected a value, found \"}\"."),
        ("{ f(a: {b: 1) }", "1:13 Syntax Error: Expected Name, found \")\"."),
        ("{ f(a: {\"b\": 1}) }", "1:9 Syntax Error: Expected Name, found String \"b\"."),
        ("{ f(a: {b: 1", "1:13 Syntax Error: Expected Name, found <EOF>."),
    ])
    func `it has names and values, and is closed`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
