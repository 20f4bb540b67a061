import EventLoop
import Foundation
import GraphQL
import JSON
import Testing

@testable import Server

extension RawClient {
    /// The next chunk of a streamed answer (RFC 9112 §7.1); nil at the last one, or when the connection ended.
    func chunk() async throws -> String? {
        var size = ""
        while !size.hasSuffix("\r\n") {
            let next = try await bytes(1)
            guard !next.isEmpty else { return nil }
            size += String(decoding: next, as: UTF8.self)
        }
        // A line end is one character.
        let count = try #require(Int(size.dropLast(), radix: 16))
        let text = String(decoding: try await bytes(count), as: UTF8.self)
        #expect(try await bytes(2) == [13, 10])
        return count == 0 ? nil : text
    }

    /// The next chunk that is no comment: those keep a connection alive, and on a busy machine one may come at any place.
    func event() async throws -> String? {
        while let chunk = try await chunk() { if chunk != ":\n\n" { return chunk } }
        return nil
    }

    /// All events up to the last chunk.
    func events() async throws -> String {
        var text = ""
        while let event = try await event() { text += event }
        return text
    }
}

extension ServedStudio {
    /// Sends a request whose answer is a stream, and reads the head.
    func open(
        _ method: String = "POST", _ target: String = "/graphql", body: String = "", fields: String = "",
        accept: String = "text/event-stream", version: String = "1.1"
    ) async throws -> (RawClient, RawResponse) {
        let client = try await RawClient.connect(port)
        let content = body.isEmpty ? "" : "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        try await client.send(
            "\(method) \(target) HTTP/\(version)\r\nHost: a\r\nAccept: \(accept)\r\n\(fields)\(content)\r\n\(body)")
        return (client, try #require(try await client.response(toHead: true)))
    }
}

@Suite("graphql-sse, distinct connections", .timeLimit(.minutes(15)))
struct EventStreamTests {
    @Test
    func `Events are framed so that a browser keeps the last one too`() {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        let payload = Array(#"{"data":{"n":1}}"#.utf8)
        #expect(text(EventFraming.next(payload, id: nil)) == "event: next\ndata: {\"data\":{\"n\":1}}\n\n")
        #expect(
            text(EventFraming.next(payload, id: "a\"b"))
                == "event: next\ndata: {\"id\":\"a\\\"b\",\"payload\":{\"data\":{\"n\":1}}}\n\n")
        #expect(text(EventFraming.complete(id: nil)) == "event: complete\ndata: \n\n")
        #expect(text(EventFraming.complete(id: "1")) == "event: complete\ndata: {\"id\":\"1\"}\n\n")
        #expect(text(EventFraming.keepAlive) == ":\n\n")
    }

    @Test(arguments: ["POST", "GET"])
    func `A query is one event and the end`(method: String) async throws {
        try await withApplication { served in
            let (client, head) =
                method == "POST"
                ? try await served.open(body: #"{"query":"{ hello }"}"#)
                : try await served.open(
                    "GET", "/graphql?query=%7Bhello%7D", fields: "GraphQL-Require-Preflight: 1\r\n")
            #expect(head.status == 200)
            #expect(head.header("content-type") == "text/event-stream; charset=utf-8")
            #expect(head.header("cache-control") == "no-cache")
            #expect(head.header("transfer-encoding") == "chunked")
            #expect(try await client.chunk() == ":\n\n")
            let text = try await client.events()
            #expect(text == "event: next\ndata: {\"data\":{\"hello\":\"world\"}}\n\nevent: complete\ndata: \n\n")
            // The connection is good for another request.
            try await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.response()?.status == 200)
        }
    }

    @Test
    func `A document that does not validate is an event too, not a status`() async throws {
        try await withApplication { served in
            let (client, head) = try await served.open(body: #"{"query":"{ nothing }"}"#)
            #expect(head.status == 200)
            let text = try await client.events()
            #expect(text.contains("event: next\ndata: {\"errors\":["))
            #expect(text.hasSuffix("event: complete\ndata: \n\n"))
        }
    }

    @Test
    func `A subscription's events come one by one; the end is said`() async throws {
        try await withApplication { served in
            let (client, _) = try await served.open(
                body: #"{"query":"subscription { replay(topic: \"a\") { value } }"}"#)
            #expect(try await client.chunk() == ":\n\n")
            for value in [1, 2] {
                try await served.onLoop { $0.topic("a").emit(Int32(value)) }
                #expect(
                    try await client.event() == "event: next\ndata: {\"data\":{\"replay\":{\"value\":\(value)}}}\n\n")
            }
            try await served.onLoop { $0.topic("a").end() }
            #expect(try await client.events() == "event: complete\ndata: \n\n")
        }
    }

    @Test
    func `Subscribers over events and over WebSockets share one source stream`() async throws {
        try await withApplication { served in
            let query = #"{"query":"subscription { replay(topic: \"a\") { value } }"}"#
            let (client, _) = try await served.open(body: query)
            #expect(try await client.chunk() == ":\n\n")
            let socket = try await served.session()
            try await socket.send(#"{"id":"1","type":"subscribe","payload":\#(query)}"#)
            try await served.onLoop { $0.topic("a").emit(1) }
            #expect(try await client.event()?.contains("\"value\":1") == true)
            #expect(try await socket.message()?.text.contains("\"value\":1") == true)
            let streams = try await served.onLoop { $0.sourceStreams }
            #expect(streams == 1)
        }
    }

    @Test
    func `A client that leaves ends its subscription`() async throws {
        try await withApplication { served in
            let freed = try await served.onLoop { $0.topic("a").freed }
            let (client, _) = try await served.open(
                body: #"{"query":"subscription { replay(topic: \"a\") { value } }"}"#)
            #expect(try await client.chunk() == ":\n\n")
            client.hangUp()
            await freed.wait()
            let streams = try await served.onLoop { $0.service.hub.streamCount }
            #expect(streams == 0)
        }
    }

    @Test
    func `A client that does not read loses the connection, not the server its memory`() async throws {
        var configuration = HTTPServerConfiguration()
        configuration.maximumQueuedBytes = 300_000
        try await withApplication(configuration: configuration) { served in
            let freed = try await served.onLoop { $0.topic("a").freed }
            let (client, _) = try await served.open(
                body: #"{"query":"subscription { replay(topic: \"a\") { filler } }"}"#)
            #expect(try await client.chunk() == ":\n\n")
            // More than the kernel takes on both sides of a loopback connection.
            for _ in 0..<300 { try await served.onLoop { $0.topic("a").emit(1) } }
            await freed.wait()
            withExtendedLifetime(client) {}
        }
    }

    @Test
    func `A client of HTTP/1.0 gets the events without chunks, and the end of the connection as the end`() async throws
    {
        try await withApplication { served in
            let (client, head) = try await served.open(body: #"{"query":"{ hello }"}"#, version: "1.0")
            #expect(head.header("transfer-encoding") == nil)
            #expect(head.header("connection") == "close")
            let text = String(decoding: try await client.rest(), as: UTF8.self)
            #expect(text.hasSuffix("event: complete\ndata: \n\n"))
        }
    }

    @Test
    func `A server that stops ends the streams of subscriptions, so that clients go elsewhere`() async throws {
        try await withApplication { served in
            let (client, _) = try await served.open(
                body: #"{"query":"subscription { replay(topic: \"a\") { value } }"}"#)
            #expect(try await client.chunk() == ":\n\n")
            await served.server.stop(grace: .seconds(60))
            #expect(try await client.events() == "")
        }
    }

    @Test
    func `A stream ends with the session that opened it, and others of the same person do not`() async throws {
        try await withApplication { served in
            let (user, ended, kept) = (UUID(), UUID(), UUID())
            var clients: [RawClient] = []
            for session in [ended, kept] {
                let token = try await served.studio.keys.issue(to: user, session: session, lifetime: 60)
                let (client, _) = try await served.open(
                    body: #"{"query":"subscription { replay(topic: \"a\") { value } }"}"#,
                    fields: "Authorization: Bearer \(token)\r\n")
                #expect(try await client.chunk() == ":\n\n")
                clients.append(client)
            }
            try await served.onLoop { studio in
                studio.endedSessions = [ended]
                studio.service.credentialsEnded(of: user)
            }
            #expect(try await clients[0].events() == "")
            try await served.onLoop { $0.topic("a").emit(1) }
            #expect(try await clients[1].event()?.contains("\"value\":1") == true)
        }
    }

    @Test
    func `An operation that takes too long is told so, as events and over WebSockets`() async throws {
        var options = TransportOptions()
        options.operationTimeout = .milliseconds(20)
        try await withApplication(options: options) { served in
            let query = #"{"query":"{ gate(name: \"a\") }"}"#
            let (client, _) = try await served.open(body: query)
            let text = try await client.events()
            #expect(text.contains("DEADLINE_EXCEEDED"))
            #expect(text.hasSuffix("event: complete\ndata: \n\n"))
            let socket = try await served.session()
            try await socket.send(#"{"id":"1","type":"subscribe","payload":\#(query)}"#)
            let message = try await socket.message()?.text
            #expect(message?.contains(#""type":"error""#) == true)
            #expect(message?.contains("DEADLINE_EXCEEDED") == true)
            try await served.onLoop { $0.gate("a").open() }
        }
    }
}
