import GraphQL
import Testing

@Suite("3.3.2 Schema Extension")
struct SchemaExtensionTests {
    @Test func `an extension adds roots and directives`() throws {
        let schema = try GraphQLSchema.build(
            from: """
                "about" schema @a { query: Q }
                extend schema @b { mutation: M }
                extend schema @c
                extend schema { subscription: S }
                directive @a on SCHEMA directive @b on SCHEMA directive @c on SCHEMA
                type Q { a: Int } type M { a: Int } type S { a: Int } type Mutation { a: Int }
                """)
        #expect(schema.description == "about")
        #expect(schema[schema.queryType].name == "Q")
        #expect(schema.mutationType.map { schema[$0].name } == "M")
        #expect(schema.subscriptionType.map { schema[$0].name } == "S")
        #expect(schema.appliedDirectives.map(\.name) == ["a", "b", "c"])
    }

    @Test func `an extension with directives alone is not followed by a shorthand query`() throws {
        let document = try Document(parsing: "extend schema @b query { a }")
        #expect(document.definitions.count == 2)
        #expect(try Document(parsing: document.description).definitions.count == 2)
        #expect(syntaxError("extend schema @b { a }").hasPrefix("1:20 "))
    }

    @Test(arguments: [
        ("extend schema", "1:14 Syntax Error: Expected \"@\" or \"{\", found <EOF>."),
        (
            "extend schema {}",
            "1:16 Syntax Error: Expected \"query\", \"mutation\" or \"subscription\", found \"}\"."
        ),
    ])
    func `an extension says something`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: [
        (
            "schema { query: A } extend schema { query: A } type A { a: Int }",
            "1:37,1:10 There can be only one query root operation type."
        ),
        (
            "schema @d { query: A } extend schema @d type A { a: Int } directive @d on SCHEMA",
            "1:38,1:8 The directive \"@d\" can only be used once at this location."
        ),
        (
            "extend schema @d extend schema @d type Query { a: Int } directive @d on SCHEMA",
            "1:32,1:15 The directive \"@d\" can only be used once at this location."
        ),
        ("extend schema { mutation: M }", " The query root operation type must be provided."),
    ])
    func `what the schema has is not given again`(text: String, issue: String) {
        #expect(issues(text).contains(issue) || issues(text) == ["1:27 Unknown type \"M\".", issue])
    }

    @Test func `a repeatable directive may be given again`() {
        #expect(
            issues(
                "schema @d { query: A } extend schema @d type A { a: Int } directive @d repeatable on SCHEMA") == [])
    }
}
