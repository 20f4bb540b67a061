import GraphQL
import JSON
import Testing

@Suite("3.12 Non-Null")
struct NonNullTests {
    @Test(arguments: [
        ("Int!", "1", "1"), ("Int!", "null", "request error"), ("[Int!]", "null", "null"),
        ("[Int!]", "[null]", "request error"), ("[Int]!", "[null]", "[null]"),
    ])
    func `null is no value of a non-null type`(type: String, value: String, expected: String) async throws {
        #expect(try await Coercion.literal(type, value) == expected)
        #expect(try await Coercion.json(type, value) == expected)
    }

    @Test func `a non-null variable is provided, unless it has a default`() async throws {
        #expect(try await Coercion.json("Int!", nil) == "request error")
        #expect(try await Coercion.json("Int! = 5", nil) == "5")
        #expect(try await Coercion.json("Int! = 5", "null") == "request error")
    }

    @Test func `a non-null argument is not omitted, unless it has a default`() async throws {
        let schema = try GraphQLSchema.build(from: "type Query { f(a: Int!): Int g(a: Int! = 1): Int }")
        #expect(try errors(in: "{ f }", schema: schema).count == 1)
        #expect(try errors(in: "{ f(a: null) }", schema: schema).count == 1)
        #expect(try errors(in: "{ g(a: null) }", schema: schema).count == 1)
        #expect(try errors(in: "{ f(a: 1) g }", schema: schema) == [])
        #expect(try errors(in: "query($v: Int) { f(a: $v) }", schema: schema).count == 1)
        #expect(try errors(in: "query($v: Int) { g(a: $v) }", schema: schema) == [])
    }

    @Test func `a null variable for a non-null argument with a default is an execution error`() async throws {
        #expect(
            try await Coercion.literal("Int! = 1", "$v", variables: "$v: Int", values: ["v": .null])
                == "execution error")
        #expect(try await Coercion.literal("Int! = 1", "$v", variables: "$v: Int") == "1")
    }

    @Test func `a result that is null is an error of a non-null position`() async throws {
        let response = try await Library.run("{ shelves { grid { next { next { next { id } } } } } }")
        #expect(response.messages.contains("Cannot return null for non-nullable field next."))
    }

    @Test func `a non-null type wraps no non-null type`() {
        #expect(syntaxError("type T { a: Int!! }").hasPrefix("1:17 "))
        #expect(syntaxError("query ($v: Int!!) { f }").hasPrefix("1:16 "))
    }
}
