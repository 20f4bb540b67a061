import EventLoop
import Foundation
import GraphQL
import JSON
import Testing

@testable import Server

@Suite("GraphQL over HTTP POST", .timeLimit(.minutes(2)))
struct POSTTransportTests {
    /// A request body and the status that each media type gives it (CONTRACTS §10.1).
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let body: String
        /// With `application/json`, as older clients expect.
        let legacy: Int
        /// With `application/graphql-response+json`.
        let modern: Int
        let code: String?

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "data", body: #"{"query":"{ hello }"}"#, legacy: 200, modern: 200, code: nil),
        Case(
            name: "data and errors", body: #"{"query":"{ hello fails }"}"#, legacy: 200, modern: 200, code: "FORBIDDEN"),
        Case(
            name: "data is null", body: #"{"query":"{ failsHard }"}"#, legacy: 200, modern: 200,
            code: "INTERNAL_SERVER_ERROR"),
        Case(name: "no JSON", body: "{", legacy: 400, modern: 400, code: "BAD_REQUEST"),
        Case(name: "no request", body: "{}", legacy: 400, modern: 422, code: "BAD_REQUEST"),
        Case(
            name: "wrong variables", body: #"{"query":"{ hello }","variables":[]}"#, legacy: 400, modern: 422,
            code: "BAD_REQUEST"),
        Case(
            name: "syntax error", body: #"{"query":"{ hello"}"#, legacy: 200, modern: 400,
            code: "GRAPHQL_PARSE_FAILED"),
        Case(
            name: "empty document", body: #"{"query":""}"#, legacy: 200, modern: 400, code: "GRAPHQL_PARSE_FAILED"),
        Case(
            name: "validation error", body: #"{"query":"{ goodbye }"}"#, legacy: 200, modern: 422,
            code: "GRAPHQL_VALIDATION_FAILED"),
        Case(
            name: "which operation", body: #"{"query":"query A { hello } query B { hello }"}"#, legacy: 200,
            modern: 422, code: "OPERATION_RESOLUTION_FAILURE"),
        Case(
            name: "unknown operation", body: #"{"query":"query A { hello }","operationName":"B"}"#, legacy: 200,
            modern: 422, code: "OPERATION_RESOLUTION_FAILURE"),
        Case(
            name: "missing variable", body: #"{"query":"query($n: String!) { gate(name: $n) }"}"#, legacy: 200,
            modern: 422, code: "BAD_USER_INPUT"),
    ]

    @Test("statuses follow the media type that the client accepts", arguments: cases)
    func statuses(example: Case) async throws {
        try await Studio.run { studio in
            for (accept, status) in [
                (nil, example.legacy), ("application/json", example.legacy), ("*/*", example.legacy),
                ("application/graphql-response+json", example.modern),
                ("application/graphql-response+json, application/json;q=0.9", example.modern),
            ] {
                let answer = try await studio.post(example.body, accept: accept)
                #expect(answer.status == status, "\(accept ?? "no Accept")")
                let isModern = accept?.hasPrefix("application/graphql-response+json") ?? false
                #expect(
                    answer.contentType
                        == "application/\(isModern ? "graphql-response+json" : "json"); charset=utf-8")
                #expect(answer.code == example.code)
                // A response without `data` is never a success of the modern kind.
                if isModern { #expect((answer.json["data"] == nil) == (status >= 400)) }
            }
        }
    }

    @Test("answers are not to be kept by caches, and unexpected errors are not told")
    func answers() async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(#"{"query":"{ failsHard }"}"#)
            #expect(answer.response.headers["cache-control"] == "no-store")
            #expect(!"\(answer.json)".contains("Secret"))
        }
    }

    @Test(
        "anything but JSON is 415, before anybody is asked who it is",
        arguments: [
            nil, "", "text/plain", "application/graphql", "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded", "application/json-seq",
        ])
    func contentTypes(contentType: String?) async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(
                #"{"query":"mutation { touch }"}"#, contentType: contentType, authorization: "Bearer x")
            #expect(answer.status == 415)
            #expect(studio.touches == 0)
        }
    }

    @Test("JSON may say its charset", arguments: ["application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
    func charset(contentType: String) async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(#"{"query":"{ hello }"}"#, contentType: contentType)
            #expect(answer.status == 200)
        }
    }

    @Test(
        "a subscription is refused with words that say where it is served",
        arguments: [nil, "application/graphql-response+json"])
    func subscription(accept: String?) async throws {
        try await Studio.run { studio in
            let answer = try await studio.post(
                #"{"query":"subscription { live(topic: \"a\") { value } }"}"#, accept: accept)
            #expect(answer.status == 400)
            #expect(answer.code == "OPERATION_RESOLUTION_FAILURE")
            #expect(studio.sourceStreams == 0)
        }
    }

    @Test("a good token signs in, none is nobody, a bad one is 401 and runs nothing")
    func authorization() async throws {
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

    fileprivate func post(
        _ body: String, accept: String? = nil, contentType: String? = "application/json", authorization: String? = nil
    ) async throws -> Answer {
        var headers = HTTPHeaders()
        if let accept { headers.add("Accept", accept) }
        if let contentType { headers.add("Content-Type", contentType) }
        if let authorization { headers.add("Authorization", authorization) }
        let response = await POSTTransport(service: service).respond(
            to: HTTPRequest(method: "POST", target: "/graphql", headers: headers, body: Array(body.utf8)))
        guard case .bytes(let bytes) = response.body else { throw ClientError.closed }
        return Answer(response: response, json: try JSONReader.read(bytes))
    }
}
