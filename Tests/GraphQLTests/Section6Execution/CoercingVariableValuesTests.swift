import GraphQL
import JSON
import Testing

@Suite("6.1.2 Coercing Variable Values")
struct CoercingVariableValuesTests {
    /// The steps of CoerceVariableValues: type, given value (nil: none), result.
    @Test(
        arguments: [
            ("Int = 5", nil, "5"), ("Int = null", nil, "null"), ("Int", nil, "absent"), ("Int = 5", "null", "null"),
            ("Int = 5", "7", "7"), ("Int", "null", "null"), ("Int", "7", "7"), ("Int!", nil, "request error"),
            ("Int!", "null", "request error"), ("Int!", "7", "7"), ("Int! = 5", nil, "5"),
            ("Int! = 5", "null", "request error"),
            ("Int", "\"7\"", "request error"), ("In = { b: 1 }", nil, "{absent, 1, [A]}"), ("[Int!] = 3", nil, "[3]"),
            ("Any = 13", nil, "request error"),
        ] as [(String, String?, String)])
    func `a variable has its given value, or its default, or none`(
        type: String, json: String?, expected: String
    ) async throws {
        let head = type.split(separator: " ")[0]
        let name = String(head.hasSuffix("!") ? head.dropLast() : head)
        let values = try json.map { JSONObject([("v", try JSONReader.read($0))]) } ?? [:]
        #expect(try await Coercion.literal(name, "$v", variables: "$v: \(type)", values: values) == expected)
    }

    @Test(
        arguments: [
            ("Int", "int", "2147483648"), ("Int", "int", "1.5"), ("Int", "int", #""1""#), ("Int", "int", "true"),
            ("Float", "float", #""1""#), ("String", "string", "1"), ("Boolean", "boolean", "1"), ("ID", "id", "1.5"),
            ("Genre", "genre", #""HORROR""#), ("Genre", "genre", "1"), ("[Int!]", "list", "[1, null]"),
            ("Range", "range", #"{"from": null}"#), ("Range", "range", #"{"other": 1}"#), ("Range", "range", "[]"),
            ("Pick", "pick", #"{"id": "a", "name": "b"}"#), ("Pick", "pick", #"{"id": null}"#), ("Pick", "pick", "{}"),
            ("Even", "even", "3"), ("Int!", "int", "null"),
        ])
    func `a value that its type refuses is a request error at the variable's definition`(
        type: String, argument: String, json: String
    ) async throws {
        let response = try await Library.run(
            "query($v: \(type)) { echo(\(argument): $v) }", variables: ["v": try JSONReader.read(json)])
        #expect(response.codes == ["BAD_USER_INPUT"], "\(response.text)")
        #expect(response.data == nil)
        #expect(response.errors[0]["locations"]?[0]?["column"] == 7)
        #expect(response.messages[0].contains("\"$v\""))
    }

    @Test func `every wrong variable is reported`() async throws {
        let response = try await Library.run(
            "query($a: Int!, $b: Int, $c: Genre) { echo(int: $a) x: echo(int: $b, genre: $c) }",
            variables: ["b": "x", "c": "HORROR"])
        #expect(response.errors.count == 3 && response.data == nil)
    }

    @Test func `an error names the place inside the value`() async throws {
        let response = try await Library.run(
            "query($r: Range, $l: [Int!]) { echo(range: $r, list: $l) }",
            variables: ["r": ["genres": ["MANGA", "HORROR"]], "l": [1, 2, "x"]])
        #expect(response.messages[0].contains("at \"genres\": at index 1"))
        #expect(response.messages[1].contains("at index 2"))
    }

    @Test func `values of other names are ignored, and names are case-sensitive`() async throws {
        let response = try await Library.run(
            "query($v: Int) { echo(int: $v) }", variables: ["V": 1, "w": .null, "x": "y"])
        #expect(response.errors.isEmpty && response.data?["echo"]?.string?.contains("[nil, nil") == true)
    }

    @Test func `only the executed operation's variables count`() async throws {
        let document = "query A($v: Int!) { echo(int: $v) } query B { b: __typename }"
        #expect(try await Library.run(document, operationName: "B").errors.isEmpty)
        #expect(try await Library.run(document, operationName: "A").codes == ["BAD_USER_INPUT"])
    }
}
