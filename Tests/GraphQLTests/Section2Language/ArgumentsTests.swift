import GraphQL
import JSON
import Testing

@Suite("2.7 Arguments")
struct ArgumentsTests {
    @Test func `an argument has a name and a value`() throws {
        let document = try Document(parsing: "{ a(b: 1, c: $v) }")
        let arguments = document[document.selections[0].arguments]
        #expect(arguments.map { document.string($0.name) } == ["b", "c"])
        #expect(arguments.map(\.value.kind) == [.int, .variable])
        #expect(arguments.map(\.start) == [4, 10])
        try expectRoundTrip("{ a(b: 1 c: $v) @d(e: [$w]) }")
    }

    @Test(arguments: [
        ("{ a() }", "1:5 Syntax Error: Expected Name, found \")\"."),
        ("{ a(b) }", "1:6 Syntax Error: Expected \":\", found \")\"."),
        ("{ a(b: ) }", "1:8 Syntax Error: Expected a value, found \")\"."),
        ("{ a(b: 1 }", "1:10 Syntax Error: Expected Name, found \"}\"."),
        ("{ a(1: b) }", "1:5 Syntax Error: Expected Name, found Int \"1\"."),
        ("{ a(b = 1) }", "1:7 Syntax Error: Expected \":\", found \"=\"."),
    ])
    func `a list of arguments is not empty and closed`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `the order of arguments means nothing`() async throws {
        let one = try await Library.run("{ echo(int: 1, string: \"x\", list: [2]) }")
        let other = try await Library.run("{ echo(list: [2], string: \"x\", int: 1) }")
        #expect(one.text == other.text && one.errors.isEmpty)
    }
}
