import GraphQL
import JSON
import Testing

@Suite("3.5 Scalars")
struct ScalarsTests {
    @Test func `built-in scalars are in the schema when something refers to them, and only then`() throws {
        let schema = try GraphQLSchema.build(from: "type Query { a(b: Float): Int }")
        #expect(schema.type(named: "Float") != nil && schema.type(named: "Int") != nil)
        #expect(schema.type(named: "ID") == nil)
        #expect(schema.type(named: "String") != nil, "introspection refers to it")
        let other = try GraphQLSchema.build(from: "type Query { a: String } directive @d(i: ID) on FIELD")
        #expect(other.type(named: "ID") != nil)
        let input = try GraphQLSchema.build(from: "type Query { a(b: In): String } input In { a: ID }")
        #expect(input.type(named: "ID") != nil)
    }

    @Test(arguments: ["Int", "Float", "String", "Boolean", "ID"])
    func `built-in scalars are not defined again, have no address, and are not printed`(name: String) throws {
        #expect(issuesWithQuery("scalar \(name)").count == 1)
        let schema = try GraphQLSchema.build(from: "type Query { a: \(name) }")
        #expect(schema.type(named: name)?.specifiedByURL == nil)
        #expect(!SchemaPrinter(schema).print().contains("scalar"))
    }

    @Test func `a custom scalar has directives and may name its specification`() throws {
        try expectRoundTrip("\"d\" scalar S @a @specifiedBy(url: \"https://s\")")
        let schema = try GraphQLSchema.build(
            from: "type Query { a: S b: T } scalar S @specifiedBy(url: \"https://s\") scalar T")
        #expect(schema.type(named: "S")?.specifiedByURL == "https://s")
        #expect(schema.type(named: "T")?.specifiedByURL == nil)
    }

    @Test(arguments: [
        ("1", "1"), ("1.5", "1.5"), ("\"a\"", "\"a\""), ("true", "true"), ("null", "null"), ("RED", "RED"),
        ("[1, \"b\", C]", "[1, \"b\", C]"), ("{ a: [1], b: null }", "{a: [1], b: null}"), ("13", "request error"),
    ])
    func `a custom scalar gets the literal as written, and decides`(literal: String, expected: String) async throws {
        #expect(try await Coercion.literal("Any", literal) == expected)
    }

    @Test(arguments: [
        ("1", "1"), ("1.0", "1.0"), ("\"a\"", "\"a\""), ("[true, null]", "[true, null]"),
        ("{\"a\": {\"b\": []}}", "{a: {b: []}}"), ("13", "request error"),
    ])
    func `so it gets a variable's value`(json: String, expected: String) async throws {
        #expect(try await Coercion.json("Any", json) == expected)
    }

    @Test func `variables inside a custom scalar's literal are filled in`() async throws {
        let literal = "{ a: $v, b: [$v] }"
        #expect(try await Coercion.literal("Any", literal, variables: "$v: Any", values: ["v": 4]) == "{a: 4, b: [4]}")
    }

    @Test(arguments: ["Int", "Float", "String", "Boolean", "ID", "E", "[Int]", "In"])
    func `null is null for every nullable type`(type: String) async throws {
        #expect(try await Coercion.literal(type, "null") == "null")
        #expect(try await Coercion.json(type, "null") == "null")
    }
}
