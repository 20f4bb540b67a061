import GraphQL
import Testing

@Suite("3.1 Type System Extensions")
struct TypeSystemExtensionsTests {
    @Test func `extensions are laid onto their types, from all documents and in any order`() throws {
        var builder = SchemaBuilder()
        builder.add(try Document(parsing: "extend type Query { b: I } extend union U = B extend enum E { Y }"))
        builder.add(try Document(parsing: "type Query { a: U } union U = A enum E { X } interface I { x: S }"))
        builder.add(try Document(parsing: "type A { x(i: In): E } type B { x: S } scalar S input In { a: Int }"))
        builder.add(
            try Document(
                parsing: """
                    extend type B implements I @d { y: Int } extend interface I { y: Int } extend input In { b: Int = 2 }
                    extend scalar S @specifiedBy(url: "https://s") directive @d on OBJECT extend type B { z: Int }
                    """))
        let schema = try builder.build()
        #expect(schema.type(named: "Query")?.fields.map(\.name) == ["a", "b"])
        #expect(schema.type(named: "U")?.members.map { schema[$0].name } == ["A", "B"])
        #expect(schema.type(named: "E")?.enumValues.map(\.name) == ["X", "Y"])
        #expect(schema.type(named: "B")?.fields.map(\.name) == ["x", "y", "z"])
        #expect(schema.type(named: "B")?.fields.map(\.index) == [0, 1, 2])
        #expect(schema.type(named: "B")?.interfaces.map { schema[$0].name } == ["I"])
        #expect(schema.type(named: "B")?.directives.map(\.name) == ["d"])
        #expect(schema.type(named: "In")?.inputFields.map(\.defaultValue) == [nil, .int(2)])
        #expect(schema.type(named: "S")?.specifiedByURL == "https://s")
    }

    @Test(arguments: [
        ("extend query", "1:8 Syntax Error: Expected \"schema\" or the kind of a type, found Name \"query\"."),
        (
            "extend directive @a on FIELD",
            "1:8 Syntax Error: Expected \"schema\" or the kind of a type, found Name \"directive\"."
        ),
        ("extend", "1:7 Syntax Error: Expected \"schema\" or the kind of a type, found <EOF>."),
    ])
    func `only the schema and types can be extended`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `issues name their document, and all of a step are reported`() throws {
        var builder = SchemaBuilder()
        builder.add(try Document(parsing: "type Query {\n  a: A }"), named: "one.graphql")
        builder.add(try Document(parsing: "type B { b: B @c }"), named: "two.graphql")
        let error = #expect(throws: SchemaError.self) { try builder.build() }
        #expect(
            error?.description == """
                one.graphql:2:6: Unknown type "A".
                two.graphql:1:15: Unknown directive "@c".
                """)
    }
}
