import GraphQL
import Testing

@Suite("2.14 Schema Coordinates")
struct SchemaCoordinatesTests {
    @Test(
        "Coordinates are read and written",
        arguments: [
            ("Business", SchemaCoordinate.type("Business")),
            ("Business.name", .member(type: "Business", name: "name")),
            ("Query.search(criteria:)", .argument(type: "Query", field: "search", name: "criteria")),
            ("@private", .directive("private")),
            ("@private(scope:)", .directiveArgument(directive: "private", name: "scope")),
        ])
    func readsCoordinates(_ text: String, _ coordinate: SchemaCoordinate) throws {
        #expect(try SchemaCoordinate(parsing: text) == coordinate)
        #expect(coordinate.description == text)
    }

    @Test(
        "Anything else is refused, spaces included",
        arguments: [
            ("", "1:1 Syntax Error: Expected Name, found <EOF>."),
            ("A ", "1:2 Syntax Error: Expected the end of the coordinate, found \" \"."),
            (" A", "1:1 Syntax Error: Expected Name, found \" \"."),
            ("A.", "1:3 Syntax Error: Expected Name, found <EOF>."),
            ("A.b.c", "1:4 Syntax Error: Expected the end of the coordinate, found \".\"."),
            ("A.b(c)", "1:6 Syntax Error: Expected \":\", found \")\"."),
            ("A.b(c:", "1:7 Syntax Error: Expected \")\", found <EOF>."),
            ("A(b:)", "1:2 Syntax Error: Expected the end of the coordinate, found \"(\"."),
            ("@", "1:2 Syntax Error: Expected Name, found <EOF>."),
            ("@a.b", "1:3 Syntax Error: Expected the end of the coordinate, found \".\"."),
            ("é", "1:1 Syntax Error: Expected Name, found U+00E9."),
        ])
    func refusesOtherTexts(_ text: String, _ expected: String) {
        do throws(SyntaxError) {
            _ = try SchemaCoordinate(parsing: text)
            Issue.record("Expected a syntax error")
        } catch {
            #expect("\(error.location) \(error.message)" == expected)
        }
    }
}
