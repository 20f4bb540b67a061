import GraphQL
import JSON
import Testing

@Suite("2.10.5 Null Value")
struct NullValueTests {
    @Test func `the keyword is null, in lists and objects too`() throws {
        #expect(try value("null") == "null")
        #expect(try value("[null, { a: null }]") == "[null, { a: null }]")
        let document = try Document(parsing: "{ f(a: NULL) }")
        #expect(document.arguments[0].value.kind == .enum)
    }

    @Test func `a given null and nothing given are different`() async throws {
        let null = try await Library.run("{ echo(int: null) }")
        let nothing = try await Library.run("{ echo }")
        #expect(null.data?["echo"]?.string?.contains("[Optional(InputValue.null), nil") == true)
        #expect(nothing.data?["echo"]?.string?.contains("[nil, nil") == true)
        let variable = try await Library.run("query($v: Int) { echo(int: $v) }", variables: ["v": .null])
        #expect(variable.text == null.text)
        #expect(try await Library.run("query($v: Int) { echo(int: $v) }").text == nothing.text)
    }

    @Test func `neither is allowed for a non-null type`() async throws {
        let schema = try GraphQLSchema.build(from: "type Query { f(a: Int!): Int }")
        #expect(try errors(in: "{ f(a: null) }", schema: schema).count == 1)
        #expect(try errors(in: "{ f }", schema: schema).count == 1)
        #expect(try errors(in: "{ f(a: 1) }", schema: schema) == [])
    }
}
