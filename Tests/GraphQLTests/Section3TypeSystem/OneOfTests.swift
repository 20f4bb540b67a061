import GraphQL
import Testing

@Suite("3.13.5 @oneOf")
struct OneOfTests {
    @Test func `it makes an input object a oneOf input object`() throws {
        let schema = try GraphQLSchema.build(
            from: "type Query { a(b: One, c: Many): Int } input One @oneOf { a: Int } input Many { a: Int }")
        #expect(schema.type(named: "One")?.isOneOf == true)
        #expect(schema.type(named: "Many")?.isOneOf == false)
        #expect(SchemaPrinter(schema).print().contains("input One @oneOf {"))
    }

    @Test(arguments: [
        ("type A @oneOf { a: Int }", "2:8 Directive \"@oneOf\" may not be used on OBJECT."),
        ("enum A @oneOf { B }", "2:8 Directive \"@oneOf\" may not be used on ENUM."),
        ("input A { a: Int @oneOf }", "2:18 Directive \"@oneOf\" may not be used on INPUT_FIELD_DEFINITION."),
        ("input A @oneOf(a: 1) { a: Int }", "2:16 Unknown argument \"a\" on directive \"@oneOf\"."),
    ])
    func `it stands on input objects only`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test func `an extension repeats it as little as any directive`() {
        #expect(
            issuesWithQuery("input A @oneOf { a: Int }\nextend input A @oneOf").first
                == "3:16,2:9 The directive \"@oneOf\" can only be used once at this location.")
    }
}
