import GraphQL
import Testing

@Suite("Schema differences")
struct SchemaDiffTests {
    private func changes(_ old: String, _ new: String) throws -> [String] {
        let root = "type Query { q: Int } "
        return SchemaDiff.changes(
            from: try GraphQLSchema.build(from: root + old), to: try GraphQLSchema.build(from: root + new)
        ).map(\.description)
    }

    @Test(
        "Each kind of change has its severity",
        arguments: [
            ("scalar A", "", ["breaking A: The type was removed."]),
            ("", "scalar A", ["safe A: The type was added."]),
            ("scalar A", "enum A { X }", ["breaking A: The type was a scalar and is now an enum."]),
            ("type A { a: Int b: Int }", "type A { a: Int }", ["breaking A.b: The field was removed."]),
            ("type A { a: Int }", "type A { a: Int b: Int }", ["safe A.b: The field was added."]),
            ("type A { a: Int }", "type A { a: Int! }", ["safe A.a: The type changed from \"Int\" to \"Int!\"."]),
            ("type A { a: Int! }", "type A { a: Int }", ["breaking A.a: The type changed from \"Int!\" to \"Int\"."]),
            (
                "type A { a: [Int] }", "type A { a: [Int!] }",
                ["safe A.a: The type changed from \"[Int]\" to \"[Int!]\"."]
            ),
            ("type A { a: Int }", "type A { a: [Int] }", ["breaking A.a: The type changed from \"Int\" to \"[Int]\"."]),
            ("type A { a: Int }", "type A { a: Float }", ["breaking A.a: The type changed from \"Int\" to \"Float\"."]),
            ("type A { a: Int }", "type A { a: Int @deprecated }", ["safe A.a: The element is now deprecated."]),
            ("type A { a(x: Int): Int }", "type A { a: Int }", ["breaking A.a(x:): The argument was removed."]),
            ("type A { a: Int }", "type A { a(x: Int): Int }", ["dangerous A.a(x:): An optional argument was added."]),
            ("type A { a: Int }", "type A { a(x: Int!): Int }", ["breaking A.a(x:): A required argument was added."]),
            (
                "type A { a(x: Int): Int }", "type A { a(x: Int!): Int }",
                ["breaking A.a(x:): The type changed from \"Int\" to \"Int!\"."]
            ),
            (
                "type A { a(x: Int!): Int }", "type A { a(x: Int): Int }",
                ["safe A.a(x:): The type changed from \"Int!\" to \"Int\"."]
            ),
            (
                "type A { a(x: Int = 1): Int }", "type A { a(x: Int = 2): Int }",
                ["dangerous A.a(x:): The default changed from 1 to 2."]
            ),
            (
                "type A { a(x: Int! = 1): Int }", "type A { a(x: Int!): Int }",
                ["breaking A.a(x:): The argument is now required."]
            ),
            ("enum A { X Y }", "enum A { X }", ["breaking A.Y: The enum value was removed."]),
            ("enum A { X }", "enum A { X Y }", ["dangerous A.Y: The enum value was added."]),
            ("input A { a: Int b: Int }", "input A { a: Int }", ["breaking A.b: The field was removed."]),
            ("input A { a: Int }", "input A { a: Int b: Int }", ["dangerous A.b: An optional field was added."]),
            ("input A { a: Int }", "input A { a: Int b: Int! }", ["breaking A.b: A required field was added."]),
            (
                "input A { a: Int }", "input A @oneOf { a: Int }",
                ["breaking A: The input object now takes exactly one field."]
            ),
            (
                "interface I { a: Int } type A implements I { a: Int }", "interface I { a: Int } type A { a: Int }",
                ["breaking A: The type no longer implements \"I\"."]
            ),
            (
                "interface I { a: Int } type A { a: Int }", "interface I { a: Int } type A implements I { a: Int }",
                ["dangerous A: The type now implements \"I\"."]
            ),
            (
                "union U = Query | A type A { a: Int }", "union U = Query type A { a: Int }",
                ["breaking U: The union no longer contains \"A\"."]
            ),
            (
                "union U = Query type A { a: Int }", "union U = Query | A type A { a: Int }",
                ["dangerous U: The union now contains \"A\"."]
            ),
            ("directive @a on FIELD", "", ["breaking @a: The directive was removed."]),
            ("", "directive @a on FIELD", ["safe @a: The directive was added."]),
            (
                "directive @a on FIELD | QUERY", "directive @a on FIELD | MUTATION",
                [
                    "breaking @a: The directive may no longer be used on QUERY.",
                    "safe @a: The directive may now be used on MUTATION.",
                ]
            ),
            (
                "directive @a repeatable on FIELD", "directive @a on FIELD",
                ["breaking @a: The directive is no longer repeatable."]
            ),
            (
                "directive @a(x: Int) on FIELD", "directive @a(y: Int!) on FIELD",
                ["breaking @a(x:): The argument was removed.", "breaking @a(y:): A required argument was added."]
            ),
            (
                "scalar A @specifiedBy(url: \"a\")", "scalar A @specifiedBy(url: \"b\")",
                ["dangerous A: The specification of the scalar changed."]
            ),
            (
                "type Mutation { a: Int }", "type Mutation { a: Int } schema { query: Query }",
                ["breaking Mutation: The type is no longer the root of mutation operations."]
            ),
            (
                "type A { a: Int } schema { query: Query }", "type A { a: Int } schema { query: A }",
                ["breaking Query: The root of query operations is now \"A\"."]
            ),
            ("\"old\" type A { a: Int }", "\"new\" type A { a: Int }", []),
        ])
    func reportsChanges(_ old: String, _ new: String, _ expected: [String]) throws {
        #expect(try changes(old, new) == expected)
    }

    @Test("Severities are ordered by harm")
    func ordersSeverities() {
        #expect(SchemaChange.Severity.allCases.sorted() == [.safe, .dangerous, .breaking])
    }
}
