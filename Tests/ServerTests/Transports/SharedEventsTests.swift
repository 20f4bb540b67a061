import EventLoop
import Foundation
import GraphQL
import Testing

@testable import Server

@Suite("graphql-sse, single connection", .timeLimit(.minutes(15)))
struct SharedEventsTests {
    private static let path = SharedEvents.path

    private func reserve(_ served: ServedStudio, fields: String = "") async throws -> String {
        let answer = try await served.send("PUT", Self.path, fields: fields)
        #expect(answer.status == 201)
        #expect(answer.header("content-type")?.hasPrefix("text/plain") == true)
        return answer.text
    }

    private func start(
        _ served: ServedStudio, _ token: String, _ query: String, id: String = "1", fields: String = ""
    ) async throws -> Int {
        let body = #"{"query":"\#(query)","extensions":{"operationId":"\#(id)"}}"#
        let fields = "\(fields)Content-Type: application/json\r\nX-GraphQL-Event-Stream-Token: \(token)\r\n"
        return try await served.send("POST", Self.path, fields: fields, body: body).status
    }

    private static let replay = #"subscription { replay(topic: \"a\") { value } }"#

    @Test
    func `Operations sent beside the stream answer on it, with their ids`() async throws {
        try await withApplication { served in
            let token = try await reserve(served)
            let (client, head) = try await served.open("GET", "\(Self.path)?token=\(token)")
            #expect(head.status == 200)
            #expect(try await client.chunk() == ":\n\n")
            #expect(try await start(served, token, "{ hello }", id: "q") == 202)
            #expect(
                try await client.event()
                    == "event: next\ndata: {\"id\":\"q\",\"payload\":{\"data\":{\"hello\":\"world\"}}}\n\n")
            #expect(try await client.event() == "event: complete\ndata: {\"id\":\"q\"}\n\n")
            #expect(try await start(served, token, Self.replay, id: "s") == 202)
            #expect(try await start(served, token, Self.replay, id: "s") == 409)
            try await served.onLoop { $0.topic("a").emit(7) }
            #expect(
                try await client.event()?.contains(#"{"id":"s","payload":{"data":{"replay":{"value":7}}}}"#) == true)
            #expect(try await start(served, token, "{ nothing }", id: "v") == 202)
            #expect(try await client.event()?.contains(#""errors""#) == true)
            #expect(try await client.event() == "event: complete\ndata: {\"id\":\"v\"}\n\n")
            let freed = try await served.onLoop { $0.topic("a").freed }
            let stopped = try await served.send(
                "DELETE", "\(Self.path)?operationId=s", fields: "X-GraphQL-Event-Stream-Token: \(token)\r\n")
            #expect(stopped.status == 200)
            #expect(try await client.event() == "event: complete\ndata: {\"id\":\"s\"}\n\n")
            await freed.wait()
        }
    }

    @Test
    func `Closing the stream ends its operations and forgets the token`() async throws {
        try await withApplication { served in
            let freed = try await served.onLoop { $0.topic("a").freed }
            let token = try await reserve(served)
            let (client, _) = try await served.open("GET", "\(Self.path)?token=\(token)")
            #expect(try await client.chunk() == ":\n\n")
            #expect(try await start(served, token, Self.replay) == 202)
            client.hangUp()
            await freed.wait()
            #expect(try await start(served, token, "{ hello }") == 404)
            let (_, again) = try await served.open("GET", "\(Self.path)?token=\(token)")
            #expect(again.status == 404)
        }
    }

    @Test
    func `A token opens one stream, and only for whom it was made`() async throws {
        try await withApplication { served in
            let token = try await reserve(served)
            let (client, _) = try await served.open("GET", "\(Self.path)?token=\(token)")
            #expect(try await client.chunk() == ":\n\n")
            let (_, second) = try await served.open("GET", "\(Self.path)?token=\(token)")
            #expect(second.status == 409)
            let (_, unknown) = try await served.open("GET", "\(Self.path)?token=x")
            #expect(unknown.status == 404)
            let other = try await served.studio.keys.issue(to: UUID(), session: UUID(), lifetime: 60)
            let fields = "Authorization: Bearer \(other)\r\n"
            #expect(try await start(served, token, "{ hello }", fields: fields) == 404)
            let (_, stolen) = try await served.open("GET", "\(Self.path)?token=\(token)", fields: fields)
            #expect(stolen.status == 404)
        }
    }

    @Test
    func `What is missing or wrong is refused before anything runs`() async throws {
        try await withApplication { served in
            let token = try await reserve(served)
            #expect(try await start(served, token, "{ hello }") == 404)
            let (client, _) = try await served.open("GET", "\(Self.path)?token=\(token)")
            #expect(try await client.chunk() == ":\n\n")
            #expect(try await start(served, token, "{ hello }", id: "") == 400)
            let fields = "X-GraphQL-Event-Stream-Token: \(token)\r\n"
            let json = fields + "Content-Type: application/json\r\n"
            #expect(try await served.send("POST", Self.path, fields: json, body: "{").status == 400)
            #expect(try await served.send("POST", Self.path, fields: fields, body: "{}").status == 415)
            #expect(try await served.send("DELETE", Self.path, fields: fields).status == 400)
            #expect(try await served.send("DELETE", "\(Self.path)?operationId=1").status == 400)
            #expect(try await served.send("PUT", Self.path, fields: "Authorization: Bearer x\r\n").status == 401)
            let (_, text) = try await served.open("GET", "\(Self.path)?token=\(token)", accept: "application/json")
            #expect(text.status == 406)
        }
    }

    @Test
    func `Without a token the path serves distinct connections`() async throws {
        try await withApplication { served in
            let (client, head) = try await served.open("POST", Self.path, body: #"{"query":"{ hello }"}"#)
            #expect(head.status == 200)
            #expect(try await client.events().contains("event: complete"))
        }
    }

    @Test
    func `A reservation that is not used ends after half a minute`() async throws {
        try await Studio.run { studio in
            let streams = EventStreams()
            let now = ContinuousClock.now
            let session = EventSession(
                token: "", viewer: .nobody, service: studio.service)
            let token = try #require(streams.reserve(for: nil, now: now))
            #expect(streams.open(token, session, now: now + .seconds(31)) == .unknown)
            let used = try #require(streams.reserve(for: nil, now: now))
            #expect(streams.open(used, session, now: now + .seconds(29)) == .opened)
            #expect(streams.open(used, session, now: now + .seconds(60)) == .taken)
        }
    }
}
