import GraphQL
import JSON
import Testing

@Suite("2.11 Variables")
struct VariablesTests {
    @Test func `a variable has a description, a name, a type, a default and directives`() throws {
        let document = try Document(parsing: "query Q(\"d\" $a: Int! = 1 @x, $b: [String]) { f(a: $a b: $b) }")
        let variables = document[document.operations[0].variableDefinitions]
        #expect(variables.map { document.string($0.name) } == ["a", "b"])
        #expect(variables.map(\.start) == [12, 29])
        #expect(variables.map { document.text($0.description) } == ["d", nil])
        #expect(variables.map { $0.defaultValue?.kind } == [.int, nil])
        #expect(variables.map { document[$0.directives].count } == [1, 0])
        try expectRoundTrip("query Q(\"d\" $a: Int! = 1 @x(y: [1]) @z $b: [String] = null) { f(a: $a b: $b) }")
    }

    @Test(arguments: [
        ("query Q() { a }", "1:9 Syntax Error: Expected \"$\", found \")\"."),
        ("query (a: Int) { a }", "1:8 Syntax Error: Expected \"$\", found Name \"a\"."),
        ("query ($a) { a }", "1:10 Syntax Error: Expected \":\", found \")\"."),
        ("query ($a:) { a }", "1:11 Syntax Error: Expected Name, found \")\"."),
        ("query ($: Int) { a }", "1:9 Syntax Error: Expected Name, found \":\"."),
        ("query ($a: Int @d = 1) { a }", "1:19 Syntax Error: Expected \"$\", found \"=\"."),
        ("query ($a: Int { a }", "1:16 Syntax Error: Expected \"$\", found \"{\"."),
    ])
    func `what breaks the grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `a variable is in scope in the operation and in all fragments that it reaches`() async throws {
        let response = try await Library.run(
            "query($v: Int) { ...A } fragment A on Query { ...B } fragment B on Query { echo(int: $v) }",
            variables: ["v": 7])
        #expect(response.data?["echo"]?.string?.contains("int(7)") == true)
    }

    @Test func `an operation that reaches a use without a definition is invalid`() async throws {
        let response = try await Library.run("{ ...A } fragment A on Query { echo(int: $v) }")
        #expect(response.messages == ["Variable \"$v\" is not defined."])
    }
}
