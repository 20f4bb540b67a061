import GraphQL
import JSON
import Testing

@Suite("6.4.1 Coercing Field Arguments")
struct CoercingFieldArgumentsTests {
    /// The steps of CoerceArgumentValues: the argument's type, what stands in the field, variables, their values.
    @Test(arguments: [
        ("Int = 5", "$v", "$v: Int", "{}", "5"), ("Int = 5", "$v", "$v: Int", #"{"v": null}"#, "null"),
        ("Int = 5", "$v", "$v: Int", #"{"v": 7}"#, "7"), ("Int = 5", "null", "", "{}", "null"),
        ("Int = 5", "7", "", "{}", "7"), ("Int", "$v", "$v: Int", "{}", "absent"),
        ("Int", "$v", "$v: Int", #"{"v": null}"#, "null"), ("Int! = 5", "$v", "$v: Int", "{}", "5"),
        ("Int! = 5", "$v", "$v: Int", #"{"v": null}"#, "execution error"),
        ("Int!", "$v", "$v: Int = 7", "{}", "7"), ("Int!", "$v", "$v: Int = 7", #"{"v": null}"#, "execution error"),
        ("Int!", "$v", "$v: Int!", #"{"v": 7}"#, "7"), ("[Int]", "$v", "$v: [Int]", #"{"v": 7}"#, "[7]"),
        ("[[Int]]", "[$v]", "$v: [Int]", #"{"v": 7}"#, "[[7]]"), ("Float", "$v", "$v: Float", #"{"v": 7}"#, "7.0"),
        ("ID", "$v", "$v: ID", #"{"v": 7}"#, "\"7\""), ("Any", "[$v]", "$v: Any", #"{"v": 13}"#, "request error"),
        ("Any", "{ a: $v }", "$v: Any", "{}", "{a: null}"),
    ])
    func `an argument has its literal, its variable's value, its default, or none`(
        type: String, literal: String, variables: String, json: String, expected: String
    ) async throws {
        let values = try #require(try JSONReader.read(json).object)
        #expect(try await Coercion.literal(type, literal, variables: variables, values: values) == expected)
    }

    @Test func `an absent argument has its default`() async throws {
        let absent = try await Library.run("{ echo(range: {}) }")
        #expect(absent.data?["echo"]?.string?.contains("Optional(InputValue.int(1)), nil, ") == true)
    }

    @Test func `an error has the field's path and place, and its siblings are answered`() async throws {
        let response = try await Library.run(
            "query($v: [Int!] = [1], $w: Int = 1) { t: __typename shelves { id } ok: echo\n  e: echo(list: [$w]) f: echo(list: $v) }",
            variables: ["w": .null])
        #expect(response.data == .null, "echo is non-null")
        #expect(response.paths == [#"["e"]"#] && response.codes == ["BAD_USER_INPUT"])
        #expect(response.errors[0]["locations"].map { "\($0)" } == #"[{"line":2,"column":17}]"#, "the value")
    }

    @Test func `a literal that a custom scalar refuses is a request error at the literal`() async throws {
        let response = try await Library.run("{ a: echo(int: 1) b: echo(int: 2,\n even: 3) c: echo(even: 5) }")
        #expect(response.data == nil && response.codes.first == "GRAPHQL_VALIDATION_FAILED")
        #expect(
            response.errors.map { $0["locations"].map { "\($0)" } } == [
                #"[{"line":2,"column":8}]"#, #"[{"line":2,"column":25}]"#,
            ])
        #expect(response.messages.first == "Even cannot represent 3: it is odd")
        #expect(try await Library.run("{ echo(even: 3) @skip(if: true) t: __typename }").data == nil)
        #expect(try await Library.run("{ echo(even: 4) }").errors.isEmpty)
    }
}
