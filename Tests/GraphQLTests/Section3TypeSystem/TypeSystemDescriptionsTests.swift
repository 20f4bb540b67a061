import GraphQL
import Testing

@Suite("3.2 Type System Descriptions")
struct TypeSystemDescriptionsTests {
    private let sdl = """
        "about" schema { query: Query }
        "the root" type Query {
          "a field" a("an argument" x: In "another" y: Int): E
        }
        "an enum" enum E { "a value" A B }
        "an input" input In { "an input field" n: Int }
        "an interface" interface I { "its field" a: Int }
        "a union" union U = Query
        "a scalar" scalar S
        \"""
        a directive
          of two lines
        \"""
        directive @d("its argument" a: Int) on FIELD
        """

    @Test func `everything that a schema defines can be described`() throws {
        let schema = try GraphQLSchema.build(from: sdl)
        #expect(schema.description == "about")
        let types = ["Query", "E", "In", "I", "U", "S"].map { schema.type(named: $0)?.description }
        #expect(types == ["the root", "an enum", "an input", "an interface", "a union", "a scalar"])
        let field = schema.type(named: "Query")?.field(named: "a")
        #expect(field?.description == "a field")
        #expect(field?.arguments.map(\.description) == ["an argument", "another"])
        #expect(schema.type(named: "E")?.enumValues.map(\.description) == ["a value", nil])
        #expect(schema.type(named: "In")?.inputFields.map(\.description) == ["an input field"])
        #expect(schema.type(named: "I")?.fields.map(\.description) == ["its field"])
        #expect(schema.directive(named: "d")?.description == "a directive\n  of two lines")
        #expect(schema.directive(named: "d")?.arguments.map(\.description) == ["its argument"])
    }

    @Test func `descriptions are printed and read again`() throws {
        try expectRoundTrip(sdl)
        let schema = try GraphQLSchema.build(from: sdl)
        let printed = SchemaPrinter(schema).print()
        #expect(SchemaPrinter(try GraphQLSchema.build(from: printed)).print() == printed)
        #expect(printed.contains("\"\"\"\na directive\n  of two lines\n\"\"\"") && printed.contains("an argument"))
    }

    @Test(arguments: [
        ("schema { \"d\" query: Q }", "1:10"), ("union U = \"d\" A", "1:11"), ("type T \"d\" { a: Int }", "1:12"),
        ("type T { a: \"d\" Int }", "1:13"), ("type T implements \"d\" A", "1:19"),
    ])
    func `what is no definition cannot be described`(text: String, place: String) {
        #expect(syntaxError(text).hasPrefix(place + " "))
    }
}
