import GraphQL
import Testing

@Suite("3.4.1 Wrapping Types")
struct WrappingTypesTests {
    @Test func `a wrapping type has the named type inside`() throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: [[Query!]!]! b: Query }")
        let fields = schema[schema.queryType].fields
        #expect(fields.map { schema.text($0.type) } == ["[[Query!]!]!", "Query"])
        #expect(fields.map(\.type.type) == [schema.queryType, schema.queryType])
        let type = fields[0].type
        #expect(type.isNonNull && type.nullable.isList && schema.text(type.nullable.item) == "[Query!]!")
    }

    @Test(arguments: [
        ("type Query { a: [] }", "1:18"), ("type Query { a: [Int }", "1:22"), ("type Query { a: !Int }", "1:17"),
        ("type Query { a: Int!! }", "1:21"),
    ])
    func `brackets are closed and not empty`(text: String, place: String) {
        #expect(syntaxError(text).hasPrefix(place + " "))
    }
}
