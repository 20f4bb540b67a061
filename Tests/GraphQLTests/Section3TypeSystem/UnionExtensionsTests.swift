import GraphQL
import Testing

@Suite("3.8.1 Union Extensions")
struct UnionExtensionsTests {
    @Test func `an extension adds members and directives`() throws {
        let schema = try GraphQLSchema.build(
            from: """
                type Query { a: U } type B { a: Int } union U = Query directive @d on UNION
                extend union U = B extend union U @d
                """)
        #expect(schema.type(named: "U")?.members.map { schema[$0].name } == ["Query", "B"])
        #expect(schema.type(named: "U")?.directives.map(\.name) == ["d"])
    }

    @Test(arguments: [
        ("extend union A = Query", "2:14 Cannot extend type \"A\" because it is not defined."),
        ("extend union Query = Query", "2:14,1:6 Cannot extend type \"Query\" as a union: it is an object type."),
        ("union U = Query\nextend union U = Query", "3:18,2:11 Union \"U\" can only have \"Query\" once."),
        ("union U = Query\nextend union U = U", "3:18 Union \"U\" can only have object types, \"U\" is a union."),
        (
            "directive @d on UNION union U @d = Query\nextend union U @d",
            "3:16,2:31 The directive \"@d\" can only be used once at this location."
        ),
        (
            "type B { a: Int } union U = Query\nextend union U = B | B",
            "3:22,3:18 Union \"U\" can only have \"B\" once."
        ),
    ])
    func `new members are object types that the union does not have`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }
}
