import GraphQL
import Testing

@Suite("3.4.3 Type Extensions")
struct TypeExtensionsTests {
    @Test(arguments: [
        "extend scalar S @a", "extend type T implements A", "extend type T @a", "extend type T { a: Int }",
        "extend type T implements A & B @a { a: Int }", "extend interface I implements J", "extend interface I @a",
        "extend interface I { a: Int }", "extend union U @a", "extend union U = A | B", "extend union U @a = A",
        "extend enum E @a", "extend enum E { A }", "extend input I @a", "extend input I { a: Int }",
    ])
    func `every kind of type can be extended with any of its parts`(text: String) throws {
        let document = try Document(parsing: text)
        guard case .type(let node) = try #require(document.typeSystemDefinitions.first) else {
            Issue.record("no type")
            return
        }
        #expect(node.isExtension)
        try expectRoundTrip(text)
    }

    @Test(arguments: [
        ("extend type T", "1:14 Syntax Error: Expected \"implements\", \"@\" or \"{\", found <EOF>."),
        ("extend interface I", "1:19 Syntax Error: Expected \"implements\", \"@\" or \"{\", found <EOF>."),
        ("extend scalar S", "1:16 Syntax Error: Expected \"@\", found <EOF>."),
        ("extend union U", "1:15 Syntax Error: Expected \"@\" or \"=\", found <EOF>."),
        ("extend enum E", "1:14 Syntax Error: Expected \"@\" or \"{\", found <EOF>."),
        ("extend input I type T", "1:16 Syntax Error: Expected \"@\" or \"{\", found Name \"type\"."),
    ])
    func `an extension says something`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: ["scalar", "type", "interface", "union", "enum", "input"])
    func `the type is defined, and of that kind`(keyword: String) {
        #expect(
            issuesWithQuery("extend \(keyword) A @d") == [
                "2:\(9 + keyword.count) Cannot extend type \"A\" because it is not defined."
            ])
        let other = keyword == "enum" ? "scalar A" : "enum A { X }"
        #expect(
            issuesWithQuery("extend \(keyword) A @d\n\(other)").first?.contains("Cannot extend type \"A\" as ") == true)
        #expect(issuesWithQuery("extend \(keyword) Int @d").first?.contains("the specification defines it") == true)
    }
}
