import EventLoop
import Foundation
import GraphQL
import JSON
import Testing

@testable import Server

@Suite("GraphQL over HTTP", .timeLimit(.minutes(15)))
struct GraphQLTransportTests {
    /// A request body and its status (CONTRACTS §10.1).
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let body: String
        /// In the edition of 2026.
        let strict: Int
        /// In that of 2025, with `application/graphql-response+json`.
        let modern: Int
        /// In that of 2025, with `application/json`.
        let legacy: Int
        let code: String?

        init(_ name: String, _ body: String, _ strict: Int, _ modern: Int, _ legacy: Int, _ code: String?) {
            (self.name, self.body, self.strict, self.modern, self.legacy, self.code) =
                (name, body, strict, modern, legacy, code)
        }

        var testDescription: String { name }
    }

    static let cases = [
        Case("data", #"{"query":"{ hello }"}"#, 200, 200, 200, nil),
        Case("data and errors", #"{"query":"{ hello fails }"}"#, 294, 200, 200, "FORBIDDEN"),
        Case("data is null", #"{"query":"{ failsHard }"}"#, 294, 200, 200, "INTERNAL_SERVER_ERROR"),
        Case("no JSON", "{", 400, 400, 400, "BAD_REQUEST"),
        Case("no request", "{}", 422, 400, 400, "BAD_REQUEST"),
        Case("wrong variables", #"{"query":"{ hello }","variables":[]}"#, 422, 400, 400, "BAD_REQUEST"),
        Case("a batch, which is off", #"[{"query":"{ hello }"}]"#, 422, 400, 400, "BAD_REQUEST"),
        Case("syntax error", #"{"query":"{ hello"}"#, 400, 400, 200, "GRAPHQL_PARSE_FAILED"),
        Case("empty document", #"{"query":""}"#, 400, 400, 200, "GRAPHQL_PARSE_FAILED"),
        Case("validation error", #"{"query":"{ goodbye }"}"#, 422, 400, 200, "GRAPHQL_VALIDATION_FAILED"),
        Case(
            "which operation", #"{"query":"query A { hello } query B { hello }"}"#, 422, 400, 200,
            "OPERATION_RESOLUTION_FAILURE"),
        Case(
            "unknown operation", #"{"query":"query A { hello }","operationName":"B"}"#, 422, 400, 200,
            "OPERATION_RESOLUTION_FAILURE"),
        Case(
            "missing variable", #"{"query":"query($n: String!) { gate(name: $n) }"}"#, 422, 400, 200,
            "BAD_USER_INPUT"),
    ]

    static let modern = "application/graphql-response+json"

    @Test(arguments: cases)
    func `Without a choice of edition, the statuses are those that the media type's clients expect`(example: Case)
        async throws
    {
        try await Studio.run { studio in
            for (accept, status) in [
                (nil, example.legacy), ("application/json", example.legacy), ("*/*", example.legacy),
                (Self.modern, example.strict), ("\(Self.modern), application/json;q=0.9", example.strict),
            ] {
                let answer = try await studio.post(example.body, accept: accept)
                #expect(answer.status == status, "\(accept ?? "no Accept")")
                let isModern = accept?.hasPrefix(Self.modern) ?? false
                #expect(
                    answer.contentType
                        == "application/\(isModern ? "graphql-response+json" : "json"); charset=utf-8")
                #expect(answer.code == example.code)
                // A response without `data` is never a success of the modern kind.
                if isModern { #expect((answer.json["data"] == nil) == (status >= 400)) }
            }
        }
    }

    @Test(arguments: cases)
    func `The edition of 2026 has one status for all, and answers failures in the newer type`(example: Case)
        async throws
    {
        var options = TransportOptions()
        options.statuses.edition = .edition2026
        try await Studio.run(options) { studio in
            for accept in [nil, "application/json", Self.modern] {
                let answer = try await studio.post(example.body, accept: accept)
                #expect(answer.status == example.strict, "\(accept ?? "no Accept")")
                let isModern = accept == Self.modern || example.strict >= 400
                #expect(answer.contentType?.hasPrefix(isModern ? Self.modern : "application/json") == true)
            }
        }
    }

    @Test(arguments: cases)
    func `The edition of 2025 has 400 for what is wrong, and 200 for older clients`(example: Case) async throws {
        var options = TransportOptions()
        options.statuses.edition = .edition2025
        try await Studio.run(options) { studio in
            let modern = try await studio.post(example.body, accept: Self.modern)
            #expect(modern.status == example.modern)
            let legacy = try await studio.post(example.body)
            #expect(legacy.status == example.legacy)
        }
    }

    @Test
    func `Partial success can be 200`() async throws {
        var options = TransportOptions()
        options.statuses.marksPartialSuccess = false
        try await Studio.run(options) { studio in
            let answer = try await studio.post(#"{"query":"{ hello fails }"}"#, accept: Self.modern)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: ["text/html", "multipart/mixed"])
    func `An Accept that nothing here satisfies is 406, and nothing runs`(accept: String) async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(#"{"query":"mutation { touch }"}"#, accept: accept)
            #expect(answer.status == 406)
            #expect(answer.contentType == "application/json; charset=utf-8")
            #expect(studio.touches == 0)
        }
    }

    @Test
    func `GET runs a query from the URL, and refuses a mutation with 405 and Allow`() async throws {
        try await Studio.run { studio in
            let answer = try await studio.get("query=%7Bhello%7D")
            #expect(answer.status == 200)
            #expect(answer.json == ["data": ["hello": "world"]])
            for accept in [nil, Self.modern, "text/event-stream"] {
                let refused = try await studio.get("query=mutation%7Btouch%7D", accept: accept)
                #expect(refused.status == 405)
                #expect(refused.response.headers["allow"] == "POST")
            }
            #expect(studio.touches == 0)
        }
    }

    @Test
    func `A batch is answered in its order, each request with its own result, up to the limit`() async throws {
        var options = TransportOptions()
        options.maximumBatch = 3
        try await Studio.run(options) { studio in
            let touch = #"{"query":"mutation { touch }"}"#
            let answer = try await studio.post("[\(touch),{\"query\":\"{\"},\(touch)]")
            #expect(answer.status == 200)
            #expect(answer.json[0] == ["data": ["touch": 1]])
            #expect(answer.json[1]?["errors"]?[0]?["extensions"]?["code"] == "GRAPHQL_PARSE_FAILED")
            #expect(answer.json[2] == ["data": ["touch": 2]])
            for body in ["[]", "[\(touch),\(touch),\(touch),\(touch)]", "[\(touch),1]"] {
                #expect(try await studio.post(body).status == 400)
            }
            #expect(studio.touches == 2)
        }
    }

    @Test
    func `Answers are not to be kept by caches, and unexpected errors are not told`() async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(#"{"query":"{ failsHard }"}"#)
            #expect(answer.response.headers["cache-control"] == "no-store")
            #expect(!"\(answer.json)".contains("Secret"))
        }
    }

    @Test(arguments: [
        nil, "", "text/plain", "application/graphql", "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded", "application/json-seq", "application/json; charset=utf-16",
    ])
    func `Anything but JSON is 415, before anybody is asked who it is`(contentType: String?) async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(
                #"{"query":"mutation { touch }"}"#, contentType: contentType, authorization: "Bearer x")
            #expect(answer.status == 415)
            #expect(studio.touches == 0)
        }
    }

    @Test(arguments: ["application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
    func `JSON may say its charset`(contentType: String) async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(#"{"query":"{ hello }"}"#, contentType: contentType)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: [nil, "application/graphql-response+json"])
    func `A subscription is refused with words that say where it is served`(accept: String?) async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(
                #"{"query":"subscription { live(topic: \"a\") { value } }"}"#, accept: accept)
            #expect(answer.status == 400)
            #expect(answer.code == "OPERATION_RESOLUTION_FAILURE")
            #expect(studio.sourceStreams == 0)
        }
    }

    @Test
    func `A good token signs in, none is nobody, a bad one is 401 and runs nothing`() async throws {
        try await Studio.run { studio in
            let user = UUID()
            let token = try await studio.keys.issue(to: user, session: UUID(), lifetime: 60)
            let query = #"{"query":"{ viewer }"}"#
            for header in ["Bearer \(token)", "bearer \(token)"] {
                let answer = try await studio.post(query, authorization: header)
                #expect(answer.json["data"]?["viewer"]?.string == user.uuidString)
            }
            let unsigned = try await studio.post(query)
            #expect(unsigned.json["data"]?["viewer"] == .null)
            let expired = try await studio.keys.issue(to: user, session: UUID(), lifetime: -1)
            for header in ["Bearer \(expired)", "Bearer x", "Bearer", "Basic \(token)", token, "Bearer  "] {
                let answer = try await studio.post(#"{"query":"mutation { touch }"}"#, authorization: header)
                #expect(answer.status == 401, "\(header)")
                #expect(answer.code == "UNAUTHENTICATED")
                #expect(answer.response.headers["www-authenticate"] == "Bearer error=\"invalid_token\"")
            }
            #expect(studio.touches == 0)
        }
    }
}

extension Studio {
    struct Answer {
        let response: HTTPResponse
        let json: JSONValue

        var status: Int { response.status }
        var contentType: String? { response.headers["content-type"] }
        var code: String? { json["errors"]?[0]?["extensions"]?["code"]?.string }
    }

    func post(
        _ body: String, accept: String? = nil, contentType: String? = "application/json", authorization: String? = nil
    ) async throws -> Answer {
        var headers = HTTPHeaders()
        if let accept { headers.add("Accept", accept) }
        if let contentType { headers.add("Content-Type", contentType) }
        if let authorization { headers.add("Authorization", authorization) }
        return try await ask(
            HTTPRequest(method: "POST", target: "/graphql", headers: headers, body: Array(body.utf8)))
    }

    func get(_ query: String, accept: String? = nil, headers: HTTPHeaders = [:]) async throws -> Answer {
        var headers = headers
        if let accept { headers.add("Accept", accept) }
        return try await ask(HTTPRequest(method: "GET", target: "/graphql?\(query)", headers: headers))
    }

    private func ask(_ request: HTTPRequest) async throws -> Answer {
        let response = await GraphQLTransport(service: service).respond(to: request)
        if case .empty = response.body { return Answer(response: response, json: .null) }
        guard case .bytes(let bytes) = response.body else { throw ClientError.closed }
        return Answer(response: response, json: try JSONReader.read(bytes))
    }
}
