import GraphQL
import Testing

@Suite("5.2.1.1 Operation Type Existence")
struct OperationTypeExistenceRuleTests {
    private static let queryOnly = try? GraphQLSchema.build(from: "type Query { a: Int }")

    @Test func `every kind of operation that the schema has is valid`() throws {
        try expectValid(
            """
            query Q { dog { name } }
            mutation M { renameDog(name: "Rex") { name } }
            subscription S { newMessage { body } }
            """)
    }

    @Test func `a kind without a root type is refused once`() throws {
        let schema = try #require(Self.queryOnly)
        try expectErrors(
            "mutation { anything { at all } }",
            "The mutation operation is not supported by the schema. (1:1)", schema: schema)
        try expectErrors(
            "query Q { a } subscription S { anything }",
            "The subscription operation is not supported by the schema. (1:15)", schema: schema)
    }

    @Test func `variables below are checked as far as they can be`() throws {
        let schema = try #require(Self.queryOnly)
        try expectErrors(
            "mutation M($x: Int, $y: Int) { anything(a: $x) }",
            "The mutation operation is not supported by the schema. (1:1)",
            "Variable \"$y\" is never used in operation \"M\". (1:21)", schema: schema)
    }
}
