import GraphQL
import JSON
import Testing

@Suite("2.9.1 Type Conditions")
struct TypeConditionsTests {
    @Test(arguments: [
        ("fragment F { a }", "1:12 Syntax Error: Expected \"on\", found \"{\"."),
        ("fragment F on { a }", "1:15 Syntax Error: Expected Name, found \"{\"."),
        ("fragment F on [T] { a }", "1:15 Syntax Error: Expected Name, found \"[\"."),
        ("fragment F on T! { a }", "1:16 Syntax Error: Expected \"{\", found \"!\"."),
    ])
    func `a fragment names the type that it applies to`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test(arguments: ["Shelf", "Item", "Found"])
    func `objects, interfaces and unions have fragments`(type: String) throws {
        let text = "fragment F on \(type) { __typename }"
        #expect(try errors(in: text, schema: Library.schema()) == ["Fragment \"F\" is never used. (1:1)"])
    }

    @Test(arguments: ["Int", "Genre", "Range", "Nothing"])
    func `scalars, enums, input objects and unknown types have none`(type: String) throws {
        let text = "{ shelves { ... on \(type) { id } } }"
        #expect(try errors(in: text, schema: Library.schema()).count == 1)
    }

    @Test func `a selection counts only for objects of its type`() async throws {
        let response = try await Library.run(
            "{ found { ... on Disc { id } ... on Item { title } ... on Person { name } } }")
        #expect(
            response.text
                == #"{"data":{"found":[{"name":"Person 1"},{"id":"disc-2","title":"Disc 2"},null,"#
                + #"{"title":"Book \"1\" 監修"}]}}"#)
    }
}
