import GraphQL
import JSON
import Testing

@Suite("3.11 List")
struct ListTests {
    /// The table of the specification.
    @Test(arguments: [
        ("[Int]", "[1, 2, 3]", "[1, 2, 3]"), ("[Int]", "[1, \"b\", true]", "request error"), ("[Int]", "1", "[1]"),
        ("[Int]", "null", "null"), ("[[Int]]", "[[1], [2, 3]]", "[[1], [2, 3]]"),
        ("[[Int]]", "[1, 2, 3]", "[[1], [2], [3]]"), ("[[Int]]", "[1, null, 3]", "[[1], null, [3]]"),
        ("[[Int]]", "[[1], [\"b\"]]", "request error"), ("[[Int]]", "1", "[[1]]"), ("[[Int]]", "null", "null"),
        ("[Int]", "[]", "[]"), ("[Int!]", "[1, null]", "request error"), ("[Int]!", "null", "request error"),
        ("[Int!]!", "1", "[1]"), ("[Int]", "\"1\"", "request error"), ("[Int]", "[[1]]", "request error"),
    ])
    func `a list's items are coerced, and one value is a list of one`(
        type: String, value: String, expected: String
    ) async throws {
        #expect(try await Coercion.literal(type, value) == expected)
        #expect(try await Coercion.json(type, value) == expected)
    }

    @Test(arguments: [
        ("[$v]", "$v: Int", "{}", "[null]"), ("[1, $v]", "$v: Int", #"{"v": null}"#, "[1, null]"),
        ("[1, $v]", "$v: Int", #"{"v": 2}"#, "[1, 2]"), ("$v", "$v: [Int]", #"{"v": 2}"#, "[2]"),
        ("$v", "$v: [Int]", "{}", "absent"), ("[$v]", "$v: Int = 3", "{}", "[3]"),
    ])
    func `items may be variables`(literal: String, variables: String, json: String, expected: String) async throws {
        let values = try #require(try JSONReader.read(json).object)
        #expect(try await Coercion.literal("[Int]", literal, variables: variables, values: values) == expected)
    }

    @Test func `a variable that is null is no item of a list of non-nulls`() async throws {
        #expect(
            try await Coercion.literal("[Int!]", "[1, $v]", variables: "$v: Int = 1", values: ["v": .null])
                == "execution error")
    }

    @Test func `results keep the order of their items`() async throws {
        #expect(
            try await Written.of("[Int]", .root { (_: NoArguments, _) -> [Int32?]? in [3, nil, 1] }) == "[3,null,1]")
        #expect(
            try await Written.of("[[Int!]!]!", .root { (_: NoArguments, _) -> [[Int32]] in [[1], [], [2, 3]] })
                == "[[1],[],[2,3]]")
    }

    @Test func `an item that fails is null with an error, or fails its list`() async throws {
        let values: [Double?] = [1, .nan, 2]
        #expect(try await Written.of("[Float]", .root { (_: NoArguments, _) in values }) == #"[1,null,2] ["f",1]"#)
        let strict: [Double] = [1, 2, .infinity, .nan]
        #expect(try await Written.of("[Float!]", .root { (_: NoArguments, _) in strict }) == #"null ["f",2]"#)
        let nested: [[Double]?] = [[1], [.nan], [2]]
        #expect(
            try await Written.of("[[Float!]]", .root { (_: NoArguments, _) in nested }) == #"[[1],null,[2]] ["f",1,0]"#)
    }
}
