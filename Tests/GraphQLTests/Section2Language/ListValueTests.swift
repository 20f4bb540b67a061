import GraphQL
import Testing

@Suite("2.10.7 List Value")
struct ListValueTests {
    @Test(arguments: ["[]", "[1]", "[1 2 3]", "[[1], [], [[2]]]", "[1, \"a\", true, null, RED, 1.5, { b: [] }, $v]"])
    func `a list holds any values in their order`(text: String) throws {
        try expectRoundTrip("{ f(a: \(text)) }")
    }

    @Test func `items lie side by side, however deep the literals are`() throws {
        let literal = "[[1, 2], { a: [3, { b: 4 }], c: 5 }, [], 6]"
        #expect(try value(literal) == literal)
        let document = try Document(parsing: "{ f(a: \(literal)) }")
        let list = document.arguments[0].value
        #expect(document[list.items].map(\.kind) == [.list, .object, .list, .int])
        #expect(list.fields.isEmpty)
    }

    @Test func `an empty list is an empty list`() throws {
        let document = try Document(parsing: "{ f(a: []) }")
        #expect(document.constant(document.arguments[0].value) == .list([]))
    }

    @Test(arguments: [
        ("{ f(a: [1) }", "1:10 Syntax Error: Expected a value, found \")\"."),
        ("{ f(a: [1", "1:10 Syntax Error: Expected a value, found <EOF>."),
        ("{ f(a: ]) }", "1:8 Syntax Error: Expected a value, found \"]\"."),
        ("{ f(a: [b: 1]) }", "1:10 Syntax Error: Expected a value, found \":\"."),
    ])
    func `it is closed`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
