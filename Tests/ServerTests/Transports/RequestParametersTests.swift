import GraphQL
import JSON
import Testing

@testable import Server

@Suite("Request parameters (GraphQL over HTTP)")
struct RequestParametersTests {
    private func read(_ text: String) throws(RequestParametersError) -> GraphQLRequest {
        try GraphQLRequest(json: Array(text.utf8))
    }

    @Test(
        "a well-formed request is read, and members of others are ignored",
        arguments: [
            (#"{"query":""}"#, GraphQLRequest("")),
            (#"{"query":"{ a }"}"#, GraphQLRequest("{ a }")),
            (
                #"{"query":"{ a }","operationName":null,"variables":null,"extensions":null}"#,
                GraphQLRequest("{ a }")
            ),
            (
                #" {"extensions":{},"id":7,"variables":{"a":[1]},"operationName":"A","query":"query A { a }"} "#,
                GraphQLRequest("query A { a }", operationName: "A", variables: ["a": [1]])
            ),
            (#"{"query":"{ a }","operationName":""}"#, GraphQLRequest("{ a }", operationName: "")),
            (#"{"query":"\u7d20 { a }"}"#, GraphQLRequest("素 { a }")),
        ])
    func wellFormed(text: String, expected: GraphQLRequest) throws {
        #expect(try read(text) == expected)
    }

    @Test(
        "well-formed JSON that is no request says which member is wrong",
        arguments: [
            ("[]", "The request must be a JSON object."), ("null", "The request must be a JSON object."),
            (#""{ a }""#, "The request must be a JSON object."), ("1", "The request must be a JSON object."),
            (#"[{"query":"{ a }"}]"#, "The request must be a JSON object."),
            ("{}", "The request needs \"query\", a string."),
            (#"{"query":null}"#, "The request needs \"query\", a string."),
            (#"{"query":1}"#, "The request needs \"query\", a string."),
            (#"{"query":["{ a }"]}"#, "The request needs \"query\", a string."),
            (#"{"Query":"{ a }"}"#, "The request needs \"query\", a string."),
            (#"{"query":"{ a }","operationName":1}"#, "\"operationName\" must be a string or null."),
            (#"{"query":"{ a }","operationName":{}}"#, "\"operationName\" must be a string or null."),
            (#"{"query":"{ a }","variables":[]}"#, "\"variables\" must be an object or null."),
            (#"{"query":"{ a }","variables":"{}"}"#, "\"variables\" must be an object or null."),
            (#"{"query":"{ a }","variables":false}"#, "\"variables\" must be an object or null."),
            (#"{"query":"{ a }","extensions":0}"#, "\"extensions\" must be an object or null."),
        ])
    func noRequest(text: String, message: String) {
        let error = #expect(throws: RequestParametersError.self) { try read(text) }
        #expect(error?.isMalformed == false)
        #expect(error?.message == message)
        #expect(error?.graphQLError.code == .badRequest)
    }

    @Test(
        "what is not JSON is malformed",
        arguments: [
            "", " ", "{", #"{"query":"{ a }"} {}"#, #"{'query':'{ a }'}"#, #"{"query":"{ a }",}"#, "query=%7Ba%7D",
            "{\"query\":\"\u{1}\"}", "\u{FEFF}{\"query\":\"{ a }\"}", #"{"query":"\ud800"}"#,
            String(repeating: "[", count: 100_000),
        ])
    func malformed(text: String) {
        #expect(throws: RequestParametersError.self) { try read(text) }
        do {
            _ = try read(text)
        } catch {
            #expect(error.isMalformed)
        }
    }

    @Test("bytes that are not UTF-8 are malformed")
    func encoding() {
        let error = #expect(throws: RequestParametersError.self) {
            try GraphQLRequest(json: Array(#"{"query":""#.utf8) + [0xFF] + Array(#""}"#.utf8))
        }
        #expect(error?.isMalformed == true)
    }

    @Test("of equal keys the last counts, wherever they are")
    func duplicateKeys() throws {
        let request = try read(#"{"query":"{ a }","variables":{"n":1,"n":2},"query":"{ b }"}"#)
        #expect(request == GraphQLRequest("{ b }", variables: ["n": 2]))
    }
}
