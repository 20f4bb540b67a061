import GraphQL
import JSON
import Testing

@Suite("2.2 Descriptions")
struct DescriptionsTests {
    @Test func `operations, variables and fragments can be described`() throws {
        let document = try Document(
            parsing: """
                "the query"
                query Q("the variable" $v: Int) { f }
                \"\"\"
                the fragment
                \"\"\"
                fragment F on T { f }
                """)
        #expect(document.text(document.operations[0].description) == "the query")
        #expect(document.text(document.variableDefinitions[0].description) == "the variable")
        #expect(document.text(document.fragments[0].description) == "the fragment")
        #expect(document.location(of: document.operations[0].start) == SourceLocation(line: 2, column: 1))
        #expect(document.variableDefinitions[0].start == 35)
    }

    @Test(arguments: ["mutation { f }", "subscription S @d { f }", "query ($a: Int) { f }"])
    func `every kind of operation can be described, anonymous ones too`(operation: String) throws {
        try expectRoundTrip("\"d\" " + operation)
        try expectRoundTrip("\"\"\"\n  d\n  e\n\"\"\" " + operation)
    }

    @Test(arguments: [
        ("\"d\" { a }", "1:5 Syntax Error: Expected a definition that can be described, found \"{\"."),
        ("\"d\"", "1:4 Syntax Error: Expected a definition, found <EOF>."),
        ("\"d\" \"e\" query { a }", "1:5 Syntax Error: Expected a definition, found String \"e\"."),
        ("query { \"d\" a }", "1:9 Syntax Error: Expected Name, found String \"d\"."),
        ("query (\"d\") { a }", "1:11 Syntax Error: Expected \"$\", found \")\"."),
        (
            "\"d\" extend type T @a",
            "1:1 Syntax Error: Unexpected description, expected a definition that can be described, found an extension."
        ),
    ])
    func `nothing else can be described, not even shorthand queries`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `descriptions change neither verdict nor response`() async throws {
        let plain = "query Q($id: ID) { echo(id: $id) ...F } fragment F on Query { shelves { id } }"
        let described = """
            "q" query Q("v" $id: ID) { echo(id: $id) ...F } \"""f\""" fragment F on Query { shelves { id } }
            """
        #expect(try await Library.run(plain).text == Library.run(described).text)
        let unused = "\"d\" query Q(\"d\" $id: ID) { nothing }"
        let messages = try await Library.run(unused).messages
        #expect(messages == (try await Library.run("query Q($id: ID) { nothing }").messages) && messages.count == 2)
    }
}
