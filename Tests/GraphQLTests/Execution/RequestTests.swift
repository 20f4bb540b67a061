import JSON
import Testing

@testable import GraphQL

@Suite("Requests and coercion (specification sections 6.1 and 6.4.1)")
struct RequestTests {
    @Test("the operation is found by name, or is the only one")
    func operationSelection() async throws {
        let document = "query A { a: __typename } query B { b: __typename }"
        #expect(try await Library.run(document, operationName: "B").text == #"{"data":{"b":"Query"}}"#)
        #expect(try await Library.run(document).codes == ["OPERATION_RESOLUTION_FAILURE"])
        #expect(try await Library.run(document, operationName: "C").codes == ["OPERATION_RESOLUTION_FAILURE"])
        #expect(try await Library.run("fragment F on Query { __typename }").json["data"] == nil)
    }

    @Test("a syntax error is a request error with its place and no data")
    func syntaxError() async throws {
        let response = try await Library.run("{ shelves {\n id ")
        #expect(response.codes == ["GRAPHQL_PARSE_FAILED"])
        #expect(response.errors[0]["locations"]?[0]?["line"] == 2)
        #expect(response.json["data"] == nil)
    }

    @Test(
        "literals are coerced to their types",
        arguments: [
            ("int: 2147483647", "int(2147483647)"), ("float: 3", "float(3.0)"), ("float: 1e3", "float(1000.0)"),
            (#"string: "a\u0062""#, #"string("ab")"#), ("id: 7", #"string("7")"#), (#"id: "x""#, #"string("x")"#),
            ("genre: ANIME", #"enumValue("ANIME")"#), ("list: 4", "list([InputValue.int(4)])"),
            (
                "nested: [[1], null, 2]",
                "list([InputValue.list([InputValue.int(1)]), InputValue.null, InputValue.list([InputValue.int(2)])])"
            ),
            ("even: 4", "int(4)"), (#"pick: { name: "n" }"#, #"object([nil, Optional(InputValue.string("n"))])"#),
        ])
    func literals(arguments: String, expected: String) async throws {
        let response = try await Library.run("{ echo(\(arguments)) }")
        #expect(response.errors.isEmpty)
        let echo = response.data?["echo"]?.string ?? ""
        #expect(echo.contains(expected), "\(echo)")
    }

    @Test("input objects get their defaults and tell absent from null")
    func inputObjects() async throws {
        let given = try await Library.run("{ echo(range: { to: null }) }")
        let echo = given.data?["echo"]?.string ?? ""
        #expect(
            echo.contains(
                #"object([Optional(InputValue.int(1)), Optional(InputValue.null), Optional(InputValue.list([InputValue.enumValue("MANGA")]))])"#
            ), "\(echo)")
        let absent = try await Library.run("{ echo(range: {}) }")
        #expect(absent.data?["echo"]?.string?.contains("Optional(InputValue.int(1)), nil, ") == true)
    }

    @Test(
        "values that their types refuse are BAD_USER_INPUT and nothing runs",
        arguments: [
            ("Int", "int", "2147483648"), ("Int", "int", "1.5"), ("Int", "int", #""1""#), ("Int", "int", "true"),
            ("Float", "float", #""1""#), ("String", "string", "1"), ("Boolean", "boolean", "1"), ("ID", "id", "1.5"),
            ("Genre", "genre", #""HORROR""#), ("Genre", "genre", "1"), ("[Int!]", "list", "[1, null]"),
            ("Range", "range", #"{"from": null}"#), ("Range", "range", #"{"other": 1}"#), ("Range", "range", "[]"),
            ("Pick", "pick", #"{"id": "a", "name": "b"}"#), ("Pick", "pick", #"{"id": null}"#), ("Pick", "pick", "{}"),
            ("Even", "even", "3"), ("Int!", "int", "null"),
        ])
    func wrongVariables(type: String, argument: String, json: String) async throws {
        let variables = JSONObject([("v", try JSONReader.read(Array(json.utf8)))])
        let response = try await Library.run("query($v: \(type)) { echo(\(argument): $v) }", variables: variables)
        #expect(response.codes == ["BAD_USER_INPUT"], "\(response.text)")
        #expect(response.json["data"] == nil)
        #expect(response.errors[0]["locations"]?[0]?["column"] == 7)
    }

    @Test("1.0 is an Int in a variable; an ID takes integers")
    func integralNumbers() async throws {
        let variables = JSONObject([("i", .double(1)), ("d", .int(5))])
        let response = try await Library.run(
            "query($i: Int, $d: ID) { echo(int: $i, id: $d) }", variables: variables)
        #expect(response.data?["echo"]?.string?.contains("int(1)") == true)
        #expect(response.data?["echo"]?.string?.contains(#"string("5")"#) == true)
    }

    @Test("a variable that is absent leaves the argument absent, one that is null makes it null")
    func absentVariables() async throws {
        let query = "query($v: Int, $d: Int = 9) { echo(int: $v) other: echo(int: $d) }"
        let absent = try await Library.run(query)
        #expect(absent.data?["echo"]?.string?.contains("[nil, nil") == true)
        #expect(absent.data?["other"]?.string?.contains("int(9)") == true)
        let null = try await Library.run(query, variables: JSONObject([("v", .null), ("d", .null)]))
        #expect(null.data?["echo"]?.string?.contains("[Optional(InputValue.null), nil") == true)
        #expect(null.data?["other"]?.string?.contains("InputValue.null") == true)
    }

    @Test("variables inside lists and objects are filled in")
    func nestedVariables() async throws {
        let response = try await Library.run(
            "query($a: Int!, $g: Genre!) { echo(list: [1, $a], range: { from: $a, genres: [$g] }) }",
            variables: JSONObject([("a", .int(7)), ("g", .string("GOODS"))]))
        let echo = response.data?["echo"]?.string ?? ""
        #expect(echo.contains("list([InputValue.int(1), InputValue.int(7)])"), "\(echo)")
        #expect(echo.contains(#"enumValue("GOODS")"#))
    }

    @Test("a document is planned once per combination of conditions")
    func planCache() async throws {
        let engine = try Library.makeEngine()
        let query = "query($x: Boolean!) { a: __typename @skip(if: $x) b: __typename }"
        let yes = try engine.prepare(GraphQLRequest(query, variables: JSONObject([("x", true)])))
        let again = try engine.prepare(GraphQLRequest(query, variables: JSONObject([("x", true)])))
        let no = try engine.prepare(GraphQLRequest(query, variables: JSONObject([("x", false)])))
        #expect(yes.plan === again.plan)
        #expect(yes.plan !== no.plan)
    }

    @Test("fragments that spread fragments don't multiply the plan")
    func exponentialFragments() async throws {
        var document = "{ shelves { items { ...F0 } } } "
        for level in 0..<40 {
            document += "fragment F\(level) on Book { a: next { ...F\(level + 1) } b: next { ...F\(level + 1) } } "
        }
        document += "fragment F40 on Book { id }"
        let engine = try Library.makeEngine(configuration: EngineConfiguration(cost: nil))
        let prepared = try engine.prepare(GraphQLRequest(document))
        #expect(prepared.kind == .query)
    }

    @Test("an operation with more fields than allowed is refused")
    func complexity() async throws {
        let engine = try Library.makeEngine(configuration: EngineConfiguration(maximumPlannedFields: 2))
        #expect(try await Library.run("{ a: __typename b: __typename }", engine: engine).errors.isEmpty)
        let response = try await Library.run("{ a: __typename b: __typename c: __typename }", engine: engine)
        #expect(response.codes == ["OPERATION_TOO_COMPLEX"])
    }

    @Test("a response with more objects than allowed is cut off at the field that would exceed it")
    func tooManyObjects() async throws {
        let query = "{ shelves { id items { id } } }"
        let enough = try Library.makeEngine(configuration: EngineConfiguration(maximumObjects: 8))
        #expect(try await Library.run(query, engine: enough).errors.isEmpty)
        let tooFew = try Library.makeEngine(configuration: EngineConfiguration(maximumObjects: 7))
        #expect(try await Library.run(query, engine: tooFew).codes.first == "RESPONSE_TOO_LARGE")
    }

    @Test("an engine without a resolver for a field doesn't start")
    func completeness() throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: Int b: Int }")
        #expect(throws: MissingResolversError.self) { try Engine(schema: schema, resolvers: ResolverTable()) }
    }
}
