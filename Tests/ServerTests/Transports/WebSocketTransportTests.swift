import EventLoop
import Foundation
import Testing

@testable import Server

@Suite("graphql-transport-ws over a socket", .timeLimit(.minutes(15)))
struct WebSocketTransportTests {
    private func subscribe(_ id: String, _ query: String) -> String {
        #"{"type":"subscribe","id":"\#(id)","payload":{"query":"\#(query.replacing("\"", with: "\\\""))"}}"#
    }

    @Test("queries and mutations have one result and a complete")
    func operations() async throws {
        try await withApplication { served in
            let client = try await served.session()
            try await client.send(subscribe("q", "{ hello }"))
            #expect(
                try await client.message()?.text
                    == #"{"id":"q","type":"next","payload":{"data":{"hello":"world"}}}"#)
            #expect(try await client.message()?.text == #"{"id":"q","type":"complete"}"#)
            try await client.send(subscribe("q", "mutation { touch }"))
            #expect(
                try await client.message()?.text == #"{"id":"q","type":"next","payload":{"data":{"touch":1}}}"#)
            #expect(try await client.message()?.text == #"{"id":"q","type":"complete"}"#)
        }
    }

    @Test("a refused document is an error message, a failed field is part of a result")
    func errors() async throws {
        try await withApplication { served in
            let client = try await served.session()
            try await client.send(subscribe("1", "{ goodbye }"))
            let refused = try #require(try await client.message()).text
            #expect(refused.hasPrefix(#"{"id":"1","type":"error","payload":[{"message":"#))
            try await client.send(subscribe("1", "{ fails }"))
            let failed = try #require(try await client.message()).text
            #expect(failed.hasPrefix(#"{"id":"1","type":"next","payload":{"errors":[{"message":"no","#))
            #expect(try await client.message()?.text == #"{"id":"1","type":"complete"}"#)
            try await client.send(subscribe("1", #"subscription { live(topic: "forbidden") { value } }"#))
            let hidden = try #require(try await client.message()).text
            #expect(hidden.hasPrefix(#"{"id":"1","type":"error","payload":[{"message":"Topic not found","#))
        }
    }

    @Test("events come until the client completes, and then the source is freed")
    func subscription() async throws {
        try await withApplication { served in
            let client = try await served.session()
            try await client.send(subscribe("1", #"subscription { replay(topic: "a") { value } }"#))
            let topic = try await served.onLoop { studio in
                studio.topic("a").emit(7)
                return studio.topic("a")
            }
            #expect(
                try await client.message()?.text
                    == #"{"id":"1","type":"next","payload":{"data":{"replay":{"value":7}}}}"#)
            try await client.send(#"{"type":"complete","id":"1"}"#)
            await topic.freed.wait()
            #expect(try await served.onLoop { $0.service.hub.streamCount } == 0)
            try await served.onLoop { $0.topic("a").emit(8) }
            try await client.send(#"{"type":"ping"}"#)
            #expect(try await client.message()?.text == #"{"type":"pong"}"#)
        }
    }

    @Test("the end of a subscription is a complete")
    func completion() async throws {
        try await withApplication { served in
            let client = try await served.session()
            try await served.onLoop { $0.topic("a").end() }
            try await client.send(subscribe("1", #"subscription { replay(topic: "a") { value } }"#))
            #expect(try await client.message()?.text == #"{"id":"1","type":"complete"}"#)
        }
    }

    @Test("what an operation still yields after its complete never reaches the next one with its id")
    func reusedID() async throws {
        try await withApplication { served in
            let client = try await served.session()
            let (first, second) = try await served.onLoop { ($0.gate("first"), $0.gate("second")) }
            try await client.send(subscribe("1", #"{ gate(name: "first") }"#))
            await first.reached.wait()
            try await client.send(#"{"type":"complete","id":"1"}"#)
            try await client.send(subscribe("1", #"{ gate(name: "second") }"#))
            await second.reached.wait()
            try await served.onLoop { studio in
                first.open()
                await studio.settle()
                second.open()
            }
            #expect(
                try await client.message()?.text
                    == #"{"id":"1","type":"next","payload":{"data":{"gate":"second"}}}"#)
            #expect(try await client.message()?.text == #"{"id":"1","type":"complete"}"#)
            try await client.send(#"{"type":"ping"}"#)
            #expect(try await client.message()?.text == #"{"type":"pong"}"#)
        }
    }

    @Test("two sockets of one person share a stream, and the one that stays keeps it")
    func shared() async throws {
        try await withApplication { served in
            let user = UUID()
            let clients = [try await served.session(user: user), try await served.session(user: user)]
            for client in clients {
                try await client.send(subscribe("1", #"subscription { replay(topic: "a") { value viewer } }"#))
                // The answer says that the subscription has been taken.
                try await client.send(#"{"type":"ping"}"#)
                #expect(try await client.message()?.text == #"{"type":"pong"}"#)
            }
            try await served.onLoop { $0.topic("a").emit(1) }
            for client in clients {
                #expect(try await client.message()?.text.contains(user.uuidString) == true)
            }
            #expect(try await served.onLoop { $0.executions } == 1)
            #expect(try await served.onLoop { $0.sourceStreams } == 1)
            clients[0].raw.hangUp()
            try await served.onLoop { $0.topic("a").emit(2) }
            #expect(try await clients[1].message()?.text.contains(#""value":2"#) == true)
        }
    }

    @Test("a socket that goes takes all its operations with it", arguments: [true, false])
    func vanishing(resets: Bool) async throws {
        try await withApplication { served in
            let client = try await served.session()
            let (a, b) = try await served.onLoop { studio in (studio.topic("a"), studio.topic("b")) }
            for (id, topic) in [("1", "a"), ("2", "b")] {
                try await client.send(subscribe(id, #"subscription { replay(topic: "\#(topic)") { value } }"#))
            }
            try await served.onLoop { _ in
                a.emit(1)
                b.emit(1)
            }
            for _ in 0..<2 { _ = try await client.message() }
            client.raw.hangUp(reset: resets)
            await a.freed.wait()
            await b.freed.wait()
            #expect(try await served.onLoop { $0.service.hub.streamCount } == 0)
        }
    }

    @Test(
        "what breaks the protocol closes the socket with its code",
        arguments: [
            ([#"{"type":"subscribe","id":"1","payload":{"query":"{ hello }"}}"#], 4401, "Unauthorized"),
            (
                [#"{"type":"connection_init"}"#, #"{"type":"connection_init"}"#], 4429,
                "Too many initialisation requests"
            ),
            (["hello"], 4400, "Invalid message: not JSON"),
            (
                [#"{"type":"connection_init","payload":{"authorization":"Bearer nonsense"}}"#], 4403, "Forbidden"
            ),
        ])
    func violations(messages: [String], code: Int, reason: String) async throws {
        try await withApplication { served in
            let client = try await served.socket()
            for message in messages { try await client.send(message) }
            var frame = try #require(try await client.message())
            if frame.opcode == 1 { frame = try #require(try await client.message()) }
            #expect(frame.code == code)
            #expect(String(decoding: frame.payload.dropFirst(2), as: UTF8.self) == reason)
        }
    }

    @Test("a live id used again closes with 4409, a binary message with 4400")
    func liveID() async throws {
        try await withApplication { served in
            let client = try await served.session()
            for _ in 0..<2 { try await client.send(subscribe("1", #"{ gate(name: "a") }"#)) }
            #expect(try await client.message()?.code == 4409)
            let other = try await served.session()
            try await other.send(frame: 2, [1, 2])
            #expect(try await other.message()?.code == 4400)
            try await served.onLoop { $0.gate("a").open() }
        }
    }

    @Test("without the subprotocol the socket closes with 4406 and runs nothing", arguments: [nil, "graphql-ws"])
    func subprotocol(offer: String?) async throws {
        try await withApplication { served in
            let client = try await served.socket(subprotocol: offer)
            // All in one packet, before the server's close can have come.
            let eager = [#"{"type":"connection_init"}"#, subscribe("1", "mutation { touch }")]
            try? await client.raw.send(eager.flatMap { WebSocketClient.frame(1, Array($0.utf8)) })
            #expect(try await client.message()?.code == 4406)
            #expect(try await served.onLoop { $0.touches } == 0)
        }
    }

    @Test("the token may come with the handshake; the one of connection_init counts more")
    func handshakeToken() async throws {
        try await withApplication { served in
            let (one, two) = (UUID(), UUID())
            let first = try await served.studio.keys.issue(to: one, session: UUID(), lifetime: 60)
            let second = try await served.studio.keys.issue(to: two, session: UUID(), lifetime: 60)
            for (payload, user) in [("", one), (#","payload":{"AUTHORIZATION":"Bearer \#(second)"}"#, two)] {
                let client = try await served.socket(fields: "Authorization: Bearer \(first)\r\n")
                try await client.send(#"{"type":"connection_init"\#(payload)}"#)
                #expect(try await client.message()?.text == #"{"type":"connection_ack"}"#)
                try await client.send(subscribe("1", "{ viewer }"))
                #expect(try await client.message()?.text.contains(user.uuidString) == true)
            }
        }
    }

    @Test("a socket lives as long as its token")
    func expiry() async throws {
        try await withApplication { served in
            let client = try await served.session(user: UUID(), lifetime: 1.5)
            let close = try #require(try await client.message())
            #expect(close.code == 4403)
            #expect(String(decoding: close.payload.dropFirst(2), as: UTF8.self) == "The access token has expired")
        }
    }

    @Test
    func `A socket whose session ends is closed, and others of the same person are not`() async throws {
        try await withApplication { served in
            let (user, ended, kept) = (UUID(), UUID(), UUID())
            var clients: [WebSocketClient] = []
            for session in [ended, kept] {
                let token = try await served.studio.keys.issue(to: user, session: session, lifetime: 60)
                let client = try await served.socket()
                try await client.send(
                    #"{"type":"connection_init","payload":{"Authorization":"Bearer \#(token)"}}"#)
                #expect(try await client.message()?.text == #"{"type":"connection_ack"}"#)
                clients.append(client)
            }
            try await served.onLoop { studio in
                studio.endedSessions = [ended]
                studio.service.credentialsEnded(of: user)
            }
            #expect(try await clients[0].message()?.code == 4403)
            try await clients[1].send(subscribe("1", "{ viewer }"))
            #expect(try await clients[1].message()?.text.contains(user.uuidString) == true)
        }
    }

    @Test
    func `A socket outlives a database that is away when its session is looked at again`() async throws {
        try await withApplication { served in
            let (user, session) = (UUID(), UUID())
            let token = try await served.studio.keys.issue(to: user, session: session, lifetime: 60)
            let client = try await served.socket()
            try await client.send(#"{"type":"connection_init","payload":{"Authorization":"Bearer \#(token)"}}"#)
            #expect(try await client.message()?.text == #"{"type":"connection_ack"}"#)
            try await served.onLoop { studio in
                studio.isBroken = true
                studio.service.credentialsEnded(of: nil)
            }
            try await client.send(#"{"type":"ping"}"#)
            #expect(try await client.message()?.text == #"{"type":"pong"}"#)
            try await served.onLoop { studio in
                while studio.failedLookups == 0 { try await studio.loop.sleep(for: .milliseconds(5)) }
                studio.endedSessions = [session]
                studio.isBroken = false
            }
            // Asked again, and refused only now.
            #expect(try await client.message()?.code == 4403)
        }
    }

    @Test
    func `Nobody can be found without a database, which closes with 4500`() async throws {
        try await withApplication { served in
            try await served.onLoop { $0.isBroken = true }
            let token = try await served.studio.keys.issue(to: UUID(), session: UUID(), lifetime: 60)
            let client = try await served.socket()
            try await client.send(#"{"type":"connection_init","payload":{"Authorization":"Bearer \#(token)"}}"#)
            #expect(try await client.message()?.code == 4500)
        }
    }

    @Test
    func `A browser's cookie signs its socket in`() async throws {
        try await withApplication { served in
            let user = UUID()
            let token = try await served.studio.keys.issue(to: user, session: UUID(), lifetime: 60)
            let client = try await served.socket(fields: "Cookie: aimage_access=\(token)\r\n")
            try await client.send(#"{"type":"connection_init"}"#)
            #expect(try await client.message()?.text == #"{"type":"connection_ack"}"#)
            try await client.send(subscribe("1", "{ viewer }"))
            #expect(try await client.message()?.text.contains(user.uuidString) == true)
        }
    }
}
