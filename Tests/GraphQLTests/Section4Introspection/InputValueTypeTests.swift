import GraphQL
import JSON
import Testing

@Suite("4.2.4 The __InputValue Type")
struct InputValueTypeTests {
    @Test func `its fields are those of the specification`() throws {
        #expect(
            try introspectionFields("__InputValue")
                == "name: String!, description: String, type: __Type!, defaultValue: String, isDeprecated: Boolean!, "
                + "deprecationReason: String")
    }

    @Test func `an argument or input field has a name, a description, a type and its deprecation`() async throws {
        let sdl = """
            type Query { a("an argument" x: Int! = 1 @deprecated(reason: "gone")): In2 } type In2 { a: Int }
            input In { "an input field" f: Float g: Int @deprecated }
            """
        let selection = "name description type { kind } defaultValue isDeprecated deprecationReason"
        #expect(
            try await introspectType(sdl, "Query", "fields { args(includeDeprecated: true) { \(selection) } }")
                == #"{"fields":[{"args":[{"name":"x","description":"an argument","type":{"kind":"NON_NULL"},"#
                + #""defaultValue":"1","isDeprecated":true,"deprecationReason":"gone"}]}]}"#)
        #expect(
            try await introspectType(sdl, "In", "inputFields { \(selection) }")
                == #"{"inputFields":[{"name":"f","description":"an input field","type":{"kind":"SCALAR"},"#
                + #""defaultValue":null,"isDeprecated":false,"deprecationReason":null}]}"#)
    }

    @Test(arguments: [
        ("Int", "5"), ("Float", "1.5"), ("Float", "1e300"), ("String", "\"a \\\"b\\\" \\n é\""), ("Boolean", "true"),
        ("ID", "123456789012345678901234567890"), ("E", "A"), ("[Int!]", "[1, 2]"),
        ("In", "{ a: [null], b: { a: [] } }"),
        ("Int", "null"), ("S", "{ any: [1, \"b\", C] }"),
    ])
    func `a default value is text of the language that means the same again`(type: String, literal: String) async throws
    {
        let types = "enum E { A } input In { a: [Int] b: In } scalar S"
        let text = try await introspectType(
            "type Query { f(a: \(type) = \(literal)): Int } \(types)", "Query", "fields { args { defaultValue } }")
        let printed = try #require(try JSONReader.read(text)["fields"]?[0]?["args"]?[0]?["defaultValue"]?.string)
        let schemas = try [literal, printed].map {
            try GraphQLSchema.build(from: "type Query { f(a: \(type) = \($0)): Int } \(types)")
        }
        let defaults = schemas.map { $0[$0.queryType].fields[0].arguments[0].defaultValue }
        #expect(defaults[0] == defaults[1] && defaults[0] != nil)
    }
}
