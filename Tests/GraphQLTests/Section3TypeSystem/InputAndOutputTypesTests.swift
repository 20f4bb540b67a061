import GraphQL
import Testing

@Suite("3.4.2 Input and Output Types")
struct InputAndOutputTypesTests {
    private let types =
        "scalar S enum E { A } input In { a: Int } type T { a: Int } interface I { a: Int } union U = T\n"

    @Test(arguments: [
        ("S", true, true), ("E", true, true), ("In", true, false), ("T", false, true), ("I", false, true),
        ("U", false, true),
    ])
    func `scalars and enums are both, input objects are input, the others output`(
        name: String, isInput: Bool, isOutput: Bool
    ) throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: Int } " + types)
        let type = try #require(schema.type(named: name))
        #expect(type.isInput == isInput && type.isOutput == isOutput)
        for reference in [name, "[\(name)]", "\(name)!", "[[\(name)!]!]!"] {
            #expect(issuesWithQuery(types + "type X { a: \(reference) }").isEmpty == isOutput)
            #expect(issuesWithQuery(types + "interface X { a: \(reference) }").isEmpty == isOutput)
            #expect(issuesWithQuery(types + "type X { a(b: \(reference)): Int }").isEmpty == isInput)
            #expect(issuesWithQuery(types + "directive @x(b: \(reference)) on FIELD").isEmpty == isInput)
            #expect(issuesWithQuery(types + "input X { a: \(reference) }").isEmpty == isInput)
        }
    }

    @Test(arguments: [
        (
            "input I { a: Int } type A { a: [I!] }",
            "2:32 The type of \"A.a\" must be an output type, \"I\" is an input object."
        ),
        ("type A { a(b: [A]): Int }", "2:15 The type of \"A.a(b:)\" must be an input type, \"A\" is an object type."),
        ("input I { a: Query }", "2:14 The type of \"I.a\" must be an input type, \"Query\" is an object type."),
        ("union U = Query input I { a: U }", "2:30 The type of \"I.a\" must be an input type, \"U\" is a union."),
        (
            "directive @d(a: Query) on FIELD",
            "2:17 The type of \"@d(a:)\" must be an input type, \"Query\" is an object type."
        ),
        (
            "interface N { a(b: N): N }",
            "2:20 The type of \"N.a(b:)\" must be an input type, \"N\" is an interface."
        ),
    ])
    func `an issue names the place and the kind`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }
}
