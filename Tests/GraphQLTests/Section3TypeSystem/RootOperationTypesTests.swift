import GraphQL
import Testing

@Suite("3.3.1 Root Operation Types")
struct RootOperationTypesTests {
    @Test func `a schema definition names the roots`() throws {
        let document = try Document(parsing: "\"d\" schema @a { query: Q subscription: S }")
        guard case .schema(let schema) = document.typeSystemDefinitions[0] else {
            Issue.record("no schema definition")
            return
        }
        #expect(schema.rootOperations.map(\.kind) == [.query, .subscription])
        #expect(schema.rootOperations.map { document.string($0.type) } == ["Q", "S"])
        #expect(document.text(schema.description) == "d" && !schema.isExtension && schema.start == 4)
        try expectRoundTrip("\"d\" schema @a { query: Q subscription: S mutation: M }")
    }

    @Test(arguments: [
        ("schema { }", "1:10 Syntax Error: Expected \"query\", \"mutation\" or \"subscription\", found \"}\"."),
        (
            "schema { other: Q }",
            "1:10 Syntax Error: Expected \"query\", \"mutation\" or \"subscription\", found Name \"other\"."
        ),
        ("schema { query: [Q] }", "1:17 Syntax Error: Expected Name, found \"[\"."),
        ("schema { query Q }", "1:16 Syntax Error: Expected \":\", found Name \"Q\"."),
        ("schema S { query: Q }", "1:8 Syntax Error: Expected \"{\", found Name \"S\"."),
        ("schema @a", "1:10 Syntax Error: Expected \"{\", found <EOF>."),
    ])
    func `what breaks its grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: [
        ("type A { a: Int }", [" The query root operation type must be provided."]),
        ("schema { mutation: A } type A { a: Int }", ["1:1 The query root operation type must be provided."]),
        ("schema { query: A } type A { a: Int }", []),
        (
            "schema { query: A } input A { a: Int }",
            ["1:17 The query root operation type must be an object type, \"A\" is an input object."]
        ),
        (
            "interface Query { a: Int }",
            ["1:11 The query root operation type must be an object type, \"Query\" is an interface."]
        ),
        (
            "type Query { a: Int } scalar Mutation",
            ["1:30 The mutation root operation type must be an object type, \"Mutation\" is a scalar."]
        ),
        (
            "type Query { a: Int } union Subscription = Query",
            ["1:29 The subscription root operation type must be an object type, \"Subscription\" is a union."]
        ),
        (
            "schema { query: A subscription: A } type A { a: Int }",
            ["1:33,1:17 \"A\" cannot be the root operation type of both query and subscription."]
        ),
        (
            "schema { query: A query: B } type A { a: Int } type B { a: Int }",
            ["1:19,1:10 There can be only one query root operation type."]
        ),
    ])
    func `roots are object types, a query's is there, and all are different`(text: String, expected: [String]) {
        #expect(issues(text) == expected)
    }

    @Test func `there is at most one schema definition`() {
        #expect(
            issuesWithQuery("schema { query: Query }\nschema { query: Query }") == [
                "3:1,2:1 There can be only one schema definition."
            ])
    }

    @Test func `without a schema definition the roots have their default names`() throws {
        let schema = try GraphQLSchema.build(
            from: "type Mutation { a: Int } type Query { a: Int } type Subscription { a: Int }")
        #expect(schema[schema.queryType].name == "Query")
        #expect(schema.rootType(of: .mutation).map { schema[$0].name } == "Mutation")
        #expect(schema.rootType(of: .subscription).map { schema[$0].name } == "Subscription")
    }

    @Test func `with a schema definition a default name is a name like others`() throws {
        let schema = try GraphQLSchema.build(
            from: "schema { query: Query } type Query { v: Virus } type Virus { m: Mutation } type Mutation { a: Int }")
        #expect(schema.mutationType == nil)
        #expect(try errors(in: "mutation { a }", schema: schema).count == 1)
    }

    @Test(arguments: [
        ("type Query { a: Int }", false), ("type Q { a: Int } schema { query: Q }", true),
        ("type Query { a: Int } type Mutation { a: Int } schema { query: Query }", true),
        ("\"d\" schema { query: Query } type Query { a: Int }", true),
    ])
    func `the schema definition is printed only when it says something`(text: String, isPrinted: Bool) throws {
        let printed = SchemaPrinter(try GraphQLSchema.build(from: text)).print()
        #expect(printed.contains("schema {") == isPrinted)
        #expect(SchemaPrinter(try GraphQLSchema.build(from: printed)).print() == printed)
    }
}
