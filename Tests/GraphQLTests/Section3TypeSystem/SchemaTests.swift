import GraphQL
import Testing

@Suite("3.3 Schema")
struct SchemaTests {
    @Test func `a schema is built of types and directives in their order`() throws {
        let schema = try GraphQLSchema.build(from: "type B { a: Query } type Query { b: B, id: ID } scalar S")
        let names = schema.types.map(\.name)
        #expect(names.prefix(6) == ["B", "Query", "S", "String", "Boolean", "ID"])
        #expect(names.dropFirst(6).allSatisfy { $0.hasPrefix("__") } && names.count == 14)
        #expect(schema.types.indices.allSatisfy { schema.types[$0].id == TypeID($0) })
        #expect(schema.types.map(\.isBuiltIn) == [false, false, false] + Array(repeating: true, count: 11))
    }

    @Test(arguments: [
        ("type A { a: Int }\ntype A { b: Int }", "3:6,2:6 There can be only one type named \"A\"."),
        ("type A { a: Int }\ninput A { b: Int }", "3:7,2:6 There can be only one type named \"A\"."),
        ("scalar Int", "2:8 Type \"Int\" is defined by the specification and must be left out."),
        ("enum Boolean { A }", "2:6 Type \"Boolean\" is defined by the specification and must be left out."),
        ("type __Type { a: Int }", "2:6 Type \"__Type\" is defined by the specification and must be left out."),
        ("directive @a on FIELD\ndirective @a on FIELD", "3:12,2:12 There can be only one directive named \"@a\"."),
    ])
    func `names of types and of directives are unique`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test(arguments: ["type __A { a: Int }", "directive @__a on FIELD"])
    func `no name begins with two underscores`(text: String) {
        #expect(issuesWithQuery(text).count == 1)
    }

    @Test(arguments: [
        ("type A { a: B }", "2:13"), ("type A { a(b: [B!]): Int }", "2:16"), ("input A { a: B }", "2:14"),
        ("type A implements B { a: Int }", "2:19"), ("union U = B", "2:11"), ("directive @a(b: B) on FIELD", "2:17"),
        ("interface A implements B { a: Int }", "2:24"), ("extend schema { mutation: B }", "2:27"),
    ])
    func `every type that is named is defined`(text: String, place: String) {
        #expect(issuesWithQuery(text) == ["\(place) Unknown type \"B\"."])
    }

    @Test func `a syntax error is an issue`() {
        #expect(issues("type {") == ["1:6 Syntax Error: Expected Name, found \"{\"."])
    }
}
