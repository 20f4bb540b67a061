// Specification, section 2.10: all kinds of literals, variables, constants.

import GraphQL
import Testing

@Suite("Values (2.10)")
struct ValueTests {
    @Test(
        "Every kind of literal is read",
        arguments: [
            ("1", Value.Kind.int), ("1.5", .float), ("\"s\"", .string), ("\"\"\"s\"\"\"", .blockString),
            ("true", .true),
            ("false", .false), ("null", .null), ("RED", .enum), ("trueish", .enum), ("[]", .list), ("{}", .object),
            ("$v", .variable), ("on", .enum), ("query", .enum),
        ])
    func readsKinds(_ literal: String, _ kind: Value.Kind) throws {
        let document = try Document(parsing: "{ f(a: \(literal)) }")
        #expect(document.arguments[0].value.kind == kind)
        #expect(document.arguments[0].value.start == 7)
    }

    @Test("Items and fields lie side by side, however deep the literals are")
    func readsNestedLiterals() throws {
        let literal = "[[1, 2], { a: [3, { b: 4 }], c: 5 }, [], 6]"
        #expect(try value(literal) == "[[1, 2], { a: [3, { b: 4 }], c: 5 }, [], 6]")
        let document = try Document(parsing: "{ f(a: \(literal)) }")
        let list = document.arguments[0].value
        #expect(document[list.items].map(\.kind) == [.list, .object, .list, .int])
        let object = document[list.items][list.items.indices.lowerBound + 1]
        #expect(document[object.fields].map { document.string($0.name) } == ["a", "c"])
        #expect(object.items.isEmpty && list.fields.isEmpty)
    }

    @Test("A literal with a variable is no constant")
    func tellsConstants() throws {
        let document = try Document(parsing: "{ f(a: [1, { b: $v }], c: [1]) }")
        #expect(document.constant(document.arguments[0].value) == nil)
        #expect(document.constant(document.arguments[1].value) == .list([.int(1)]))
    }

    @Test("Numbers beyond 64 bits keep their text")
    func keepsLargeNumbers() throws {
        let document = try Document(parsing: "{ f(a: [9223372036854775807, 9223372036854775808, 1e999, 1e3]) }")
        let big: [ConstantValue] = [.int(.max), .bigNumber("9223372036854775808"), .bigNumber("1e999"), .float(1000)]
        #expect(document.constant(document.arguments[0].value) == .list(big))
    }

    @Test(
        "Variables are refused where constants are expected",
        arguments: [
            (
                "query ($a: Int = $b) { f }",
                "1:18 Syntax Error: Expected a constant value, found variable \"$b\"."
            ),
            (
                "query ($a: [Int] = [1, $b]) { f }",
                "1:24 Syntax Error: Expected a constant value, found variable \"$b\"."
            ),
            (
                "query ($a: Int @d(x: { y: $b })) { f }",
                "1:27 Syntax Error: Expected a constant value, found variable \"$b\"."
            ),
            ("query ($a: Int = $) { f }", "1:18 Syntax Error: Expected a constant value, found \"$\"."),
            (
                "type T @d(a: $b) { f: Int }",
                "1:14 Syntax Error: Expected a constant value, found variable \"$b\"."
            ),
        ])
    func refusesVariablesInConstants(_ text: String, _ error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(
        "What is no value is refused",
        arguments: [
            ("{ f(a: ) }", "1:8 Syntax Error: Expected a value, found \")\"."),
            ("{ f(a: [1) }", "1:10 Syntax Error: Expected a value, found \")\"."),
            ("{ f(a: {b}) }", "1:10 Syntax Error: Expected \":\", found \"}\"."),
            ("{ f(a: {b: 1) }", "1:13 Syntax Error: Expected Name, found \")\"."),
            ("{ f(a: $) }", "1:9 Syntax Error: Expected Name, found \")\"."),
            ("query ($a: Int = ) { f }", "1:18 Syntax Error: Expected a constant value, found \")\"."),
        ])
    func refusesOtherTokens(_ text: String, _ error: String) {
        #expect(syntaxError(text) == error)
    }
}
