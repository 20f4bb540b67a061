import GraphQL
import Testing

@Suite("3.6.2 Field Deprecation")
struct FieldDeprecationTests {
    @Test func `a deprecated field can still be selected`() throws {
        let schema = try GraphQLSchema.build(
            from: "type Query { old: Int @deprecated(reason: \"use new\") older: Int @deprecated new: Int }")
        let fields = schema[schema.queryType].fields
        #expect(fields.map(\.isDeprecated) == [true, true, false])
        #expect(fields.map(\.deprecationReason) == ["use new", "No longer supported", nil])
        #expect(try errors(in: "{ old older new }", schema: schema) == [])
    }

    @Test func `the reason is printed`() throws {
        let printed = SchemaPrinter(
            try GraphQLSchema.build(from: "type Query { old: Int @deprecated(reason: \"use \\\"new\\\"\") }")
        ).print()
        #expect(printed.contains("old: Int @deprecated(reason: \"use \\\"new\\\"\")"))
    }

    @Test func `a field is not deprecated while its interface's is not`() {
        #expect(
            issuesWithQuery("interface I { a: Int }\ntype A implements I { a: Int @deprecated }") == [
                "3:23,2:15 \"A.a\" cannot be deprecated while \"I.a\" is not."
            ])
    }
}
