import GraphQL
import JSON
import Testing

@testable import Server

@Suite("Request parameters (GraphQL over HTTP)")
struct RequestParametersTests {
    private func read(_ text: String) throws(OperationRefusal) -> RequestParameters {
        try RequestParameters(json: Array(text.utf8))
    }

    @Test(arguments: [
        (#"{"query":""}"#, RequestParameters(query: "")),
        (#"{"query":"{ a }"}"#, RequestParameters(query: "{ a }")),
        (
            #"{"query":"{ a }","operationName":null,"variables":null,"extensions":null}"#,
            RequestParameters(query: "{ a }")
        ),
        (
            #" {"extensions":{},"id":7,"variables":{"a":[1]},"operationName":"A","query":"query A { a }"} "#,
            RequestParameters(query: "query A { a }", operationName: "A", variables: ["a": [1]])
        ),
        (#"{"query":"{ a }","operationName":""}"#, RequestParameters(query: "{ a }", operationName: "")),
        (#"{"query":"\u7d20 { a }"}"#, RequestParameters(query: "素 { a }")),
    ])
    func `A well-formed request is read, and members of others are ignored`(text: String, expected: RequestParameters)
        throws
    {
        #expect(try read(text) == expected)
    }

    @Test(arguments: [
        ("[]", "The request must be a JSON object."), ("null", "The request must be a JSON object."),
        (#""{ a }""#, "The request must be a JSON object."), ("1", "The request must be a JSON object."),
        (#"[{"query":"{ a }"}]"#, "The request must be a JSON object."),
        ("{}", "The request needs \"query\", a string."),
        (#"{"query":null}"#, "The request needs \"query\", a string."),
        (#"{"query":1}"#, "\"query\" must be a string or null."),
        (#"{"query":["{ a }"]}"#, "\"query\" must be a string or null."),
        (#"{"Query":"{ a }"}"#, "The request needs \"query\", a string."),
        (#"{"query":"{ a }","operationName":1}"#, "\"operationName\" must be a string or null."),
        (#"{"query":"{ a }","operationName":{}}"#, "\"operationName\" must be a string or null."),
        (#"{"query":"{ a }","variables":[]}"#, "\"variables\" must be an object or null."),
        (#"{"query":"{ a }","variables":"{}"}"#, "\"variables\" must be an object or null."),
        (#"{"query":"{ a }","variables":false}"#, "\"variables\" must be an object or null."),
        (#"{"query":"{ a }","extensions":0}"#, "\"extensions\" must be an object or null."),
    ])
    func `Well-formed JSON that is no request says which member is wrong`(text: String, message: String) {
        let error = #expect(throws: OperationRefusal.self) { try read(text) }
        #expect(error?.reason == .notARequest)
        #expect(error?.errors.map(\.message) == [message])
        #expect(error?.errors.map(\.code) == [.badRequest])
    }

    @Test(arguments: [
        "", " ", "{", #"{"query":"{ a }"} {}"#, #"{'query':'{ a }'}"#, #"{"query":"{ a }",}"#, "query=%7Ba%7D",
        "{\"query\":\"\u{1}\"}", #"{"query":"\ud800"}"#,
        String(repeating: "[", count: 100_000),
    ])
    func `What is not JSON is malformed`(text: String) {
        #expect(throws: OperationRefusal.self) { try read(text) }
        do {
            _ = try read(text)
        } catch {
            #expect(error.reason == .malformed)
        }
    }

    @Test
    func `Bytes that are not UTF-8 are malformed`() {
        let error = #expect(throws: OperationRefusal.self) {
            try RequestParameters(json: Array(#"{"query":""#.utf8) + [0xFF] + Array(#""}"#.utf8))
        }
        #expect(error?.reason == .malformed)
    }

    @Test
    func `A byte order mark is passed over`() throws {
        #expect(try read("\u{FEFF}{\"query\":\"{ a }\"}") == RequestParameters(query: "{ a }"))
    }

    @Test(arguments: [#"{"query":"{ a }","query":"{ b }"}"#, #"{"query":"{ a }","variables":{"n":1,"n":2}}"#])
    func `A key that stands twice is malformed, wherever it is`(text: String) {
        let error = #expect(throws: OperationRefusal.self) { try read(text) }
        #expect(error?.reason == .malformed)
    }

    @Test(arguments: [#"{"documentId":"x"}"#, #"{"id":"x","query":null}"#, #"{"doc_id":"x","variables":{}}"#])
    func `A request may name its document instead`(text: String) throws {
        let parameters = try read(text)
        #expect(parameters.documentID == "x")
        #expect(parameters.query == nil)
        #expect(parameters.isNamed)
    }

    private func read(url query: String) throws(OperationRefusal) -> RequestParameters {
        try RequestParameters(url: HTTPRequest(method: "GET", target: "/graphql?\(query)"))
    }

    @Test
    func `A URL has the same parameters, JSON inside; an empty one is absent, and null is a name`() throws {
        #expect(
            try read(url: "query=query%20A+%7B%20a%20%7D&operationName=A&variables=%7B%22n%22%3A1%7D&other=1")
                == RequestParameters(query: "query A { a }", operationName: "A", variables: ["n": 1]))
        #expect(
            try read(url: "query=%7Ba%7D&operationName=&variables=&extensions=") == RequestParameters(query: "{a}"))
        #expect(try read(url: "query=%7Ba%7D&operationName=null").operationName == "null")
        #expect(try read(url: "query=%7Ba%7D&variables=null").variables.isEmpty)
    }

    @Test(arguments: [
        "query=%7Ba%7", "query=%FF", "query=%7Ba%7D&query=%7Bb%7D", "query=%7Ba%7D&variables=%7B",
        "query=%7Ba%7D&extensions=x",
    ])
    func `A URL that can't be read is malformed`(query: String) {
        let error = #expect(throws: OperationRefusal.self) { try read(url: query) }
        #expect(error?.reason == .malformed)
    }

    @Test(arguments: [
        "", "query=", "operationName=A", "query=%7Ba%7D&variables=%5B%5D", "query=%7Ba%7D&extensions=1",
    ])
    func `A URL without a document, or with parameters of another type, is no request`(query: String) {
        let error = #expect(throws: OperationRefusal.self) { try read(url: query) }
        #expect(error?.reason == .notARequest)
    }
}
