import Testing

@testable import GraphQL

/// The schemas that the cost specification (section 9) forbids.
@Suite("Cost directives")
struct CostDirectiveTests {
    private func issues(_ sdl: String) -> [String] {
        do throws(SchemaError) {
            _ = try GraphQLSchema.build(from: CostOptions.directiveDefinitions + sdl)
            return []
        } catch {
            return error.issues.map(\.message)
        }
    }

    @Test(
        arguments: [
            ("type Query { a: Int @cost(weight: \"x\") }", "The weight \"x\" of @cost is no number."),
            ("type Query { a(b: Int @cost(weight: \"inf\")): Int }", "The weight \"inf\" of @cost is no number."),
            (
                "interface I { a: Int @cost(weight: \"1\") } type Query implements I { a: Int }",
                "The field \"I.a\" of an interface must not have @cost: its cost is that of the objects."
            ),
            (
                "type Query { a: Int @listSize(assumedSize: 1) }",
                "@listSize of \"Query.a\": the field is no list and names no sizedFields."
            ),
            (
                "type Query { a: [Int] @listSize(assumedSize: -1) }",
                "@listSize of \"Query.a\": assumedSize must not be negative."
            ),
            (
                "type Query { a(b: String): [Int] @listSize(slicingArguments: [\"b\"]) }",
                "@listSize of \"Query.a\": \"b\" is no argument of the type Int."
            ),
            (
                "type Query { a(b: I): [Int] @listSize(slicingArguments: [\"b.d\"]) } input I { c: Int }",
                "@listSize of \"Query.a\": \"b.d\" is no argument of the type Int."
            ),
            (
                "type Query { a: T @listSize(assumedSize: 1, sizedFields: [\"b\"]) } type T { b: Int }",
                "@listSize of \"Query.a\": \"b\" is no list of the type \"T\"."
            ),
        ])
    func `what cannot be computed with is refused`(_ sdl: String, _ message: String) {
        #expect(issues(sdl) == [message])
    }

    @Test func `weights and sizes that make sense are accepted`() {
        #expect(
            issues(
                """
                type Query { a(b: I, n: Int! = 3): T @cost(weight: "-1.5")
                  @listSize(slicingArguments: ["b.c", "n"], sizedFields: ["l"], assumedSize: 0) }
                type T @cost(weight: "3") { l: [E!]! } input I { c: Int @cost(weight: "0") }
                enum E @cost(weight: "1e2") { A } scalar S @cost(weight: "1")
                """) == [])
    }
}
