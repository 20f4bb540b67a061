import GraphQL
import Testing

@Suite("2.10 Input Values")
struct InputValuesTests {
    @Test(arguments: [
        ("1", Value.Kind.int), ("1.5", .float), ("\"s\"", .string), ("\"\"\"s\"\"\"", .blockString), ("true", .true),
        ("false", .false), ("null", .null), ("RED", .enum), ("[]", .list), ("{}", .object), ("$v", .variable),
    ])
    func `every kind of value is read and printed`(literal: String, kind: Value.Kind) throws {
        let document = try Document(parsing: "{ f(a: \(literal)) }")
        #expect(document.arguments[0].value.kind == kind)
        #expect(document.arguments[0].value.start == 7)
        try expectRoundTrip("{ f(a: \(literal)) }")
    }

    @Test func `lists and objects may hold variables, and are then no constants`() throws {
        let document = try Document(parsing: "{ f(a: [1, { b: $v }], c: [1]) }")
        #expect(document.constant(document.arguments[0].value) == nil)
        #expect(document.constant(document.arguments[1].value) == .list([.int(1)]))
    }

    @Test(arguments: [
        ("query ($a: Int = $b) { f }", "1:18 Syntax Error: Expected a constant value, found variable \"$b\"."),
        ("query ($a: [Int] = [1, $b]) { f }", "1:24 Syntax Error: Expected a constant value, found variable \"$b\"."),
        (
            "query ($a: Int @d(x: { y: $b })) { f }",
            "1:27 Syntax Error: Expected a constant value, found variable \"$b\"."
        ),
        ("query ($a: Int = $) { f }", "1:18 Syntax Error: Expected a constant value, found \"$\"."),
        ("query ($a: Int = ) { f }", "1:18 Syntax Error: Expected a constant value, found \")\"."),
        ("type T @d(a: $b) { f: Int }", "1:14 Syntax Error: Expected a constant value, found variable \"$b\"."),
        ("input I { a: Int = $b }", "1:20 Syntax Error: Expected a constant value, found variable \"$b\"."),
    ])
    func `variables are refused where constants are expected`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: [
        ("{ f(a: ) }", "1:8 Syntax Error: Expected a value, found \")\"."),
        ("{ f(a: $) }", "1:9 Syntax Error: Expected Name, found \")\"."),
        ("{ f(a: @d) }", "1:8 Syntax Error: Expected a value, found \"@\"."),
        ("{ f(a: ...F) }", "1:8 Syntax Error: Expected a value, found \"...\"."),
    ])
    func `other tokens are no values`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }
}
