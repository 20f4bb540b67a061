import EventLoop
import Glibc
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(15)))
struct WebSocketTests {
    @Test("the handshake is answered as RFC 6455 says, without extensions")
    func handshake() async throws {
        let room = Room()
        try await withServer(room.service) { port in
            let client = try await WebSocketClient.connect(
                port, subprotocol: "other, test.v1", fields: "Sec-WebSocket-Extensions: permessage-deflate\r\n")
            #expect(client.response.status == 101)
            #expect(client.response.header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(client.response.header("sec-websocket-protocol") == "test.v1")
            #expect(client.response.header("sec-websocket-extensions") == nil)
            try await client.send("hello")
            #expect(try await client.message()?.text == "/ws test.v1 hello")
        }
        #expect(room.journal.all.first == "text hello")
    }

    @Test("messages of every length class arrive and come back, also in fragments and many in one packet")
    func messages() async throws {
        let room = Room()
        room.onText = { connection, text in connection.send(text: text) }
        try await withServer(room.service) { port in
            let client = try await WebSocketClient.connect(port)
            for size in [0, 1, 125, 126, 4_095, 4_096, 4_097, 65_535, 65_536, 1_000_000] {
                let text = String(repeating: "é", count: size / 2)
                try await client.send(text)
                #expect(try await client.message()?.text == text)
            }
            try await client.send(frame: 1, Array("he".utf8), isFinal: false)
            try await client.send(frame: 9, Array("in between".utf8))
            try await client.send(frame: 0, Array("llo".utf8))
            let frames = [try await client.message(), try await client.message()].compactMap { $0 }
            #expect(Set(frames.map { "\($0.opcode) \($0.text)" }) == ["10 in between", "1 hello"])
            let packet = (0..<500).flatMap { WebSocketClient.frame(1, Array("\($0)".utf8)) }
            try await client.raw.send(packet)
            for number in 0..<500 { #expect(try await client.message()?.text == "\(number)") }
        }
    }

    @Test("frames that come in the packet of the handshake are not lost")
    func eagerClient() async throws {
        let room = Room()
        try await withServer(room.service) { port in
            let client = try await RawClient.connect(port)
            let frames = WebSocketClient.frame(1, Array("one".utf8)) + WebSocketClient.frame(1, Array("two".utf8))
            try await client.send(Array(WebSocketClient.handshake(subprotocol: "test.v1").utf8) + frames)
            let response = try #require(try await client.response())
            let socket = WebSocketClient(raw: client, response: response)
            #expect(try await socket.message()?.text == "/ws test.v1 one")
            #expect(try await socket.message()?.text == "/ws test.v1 two")
        }
    }

    @Test("without an allowed subprotocol the handshake succeeds, and the handler decides", arguments: [nil, "other"])
    func subprotocols(offer: String?) async throws {
        let room = Room()
        room.onOpen = { connection in
            if connection.subprotocol == nil { connection.close(code: 4406, reason: "Subprotocol not acceptable") }
        }
        try await withServer(room.service) { port in
            let client = try await WebSocketClient.connect(port, subprotocol: offer)
            #expect(client.response.status == 101)
            #expect(client.response.header("sec-websocket-protocol") == nil)
            let close = try #require(try await client.message())
            #expect(close.code == 4406)
            #expect(String(decoding: close.payload.dropFirst(2), as: UTF8.self) == "Subprotocol not acceptable")
            try await client.send(frame: 8, Array(close.payload.prefix(2)))
            #expect(try await client.frame() == nil)
            await room.closed.wait()
        }
        #expect(room.journal.all == ["close 4406"])
    }

    @Test("what was sent before a close arrives before it")
    func sendThenClose() async throws {
        let room = Room()
        room.onText = { connection, _ in
            for number in 0..<100 { connection.send(text: Array("\(number)".utf8)) }
            connection.close(code: 4400, reason: "enough")
            connection.send(text: Array("ignored".utf8))
            connection.close(code: 4401)
        }
        try await withServer(room.service) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.send("go")
            for number in 0..<100 { #expect(try await client.message()?.text == "\(number)") }
            #expect(try await client.message()?.code == 4400)
        }
    }

    @Test("a client's close is answered and told, with its code")
    func clientCloses() async throws {
        let room = Room()
        try await withServer(room.service) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.send(frame: 8, [0x0F, 0xA1])
            #expect(try await client.message() == WebSocketClient.Frame(opcode: 8, payload: [0x0F, 0xA1]))
            #expect(try await client.frame() == nil)
            await room.closed.wait()
            let other = try await WebSocketClient.connect(port)
            other.raw.hangUp(reset: true)
            await room.closed.wait()
        }
        #expect(room.journal.all == ["close 4001", "close 1006"])
    }

    @Test("binary messages are told and thrown away")
    func binary() async throws {
        let room = Room()
        try await withServer(room.service) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.send(frame: 2, [1, 2, 3])
            try await client.send("text")
            #expect(try await client.message()?.text == "/ws test.v1 text")
        }
        #expect(room.journal.all.prefix(2) == ["binary", "text text"])
    }

    @Test(
        "what breaks the protocol is closed with its code",
        arguments: [
            (WebSocketClient.frame(1, [0xFF, 0xFE]), 1007), (WebSocketClient.frame(3, []), 1002),
            (WebSocketClient.frame(1, [UInt8](repeating: 0x78, count: 20_001)), 1009),
        ] as [([UInt8], Int)])
    func violations(bytes: [UInt8], code: Int) async throws {
        let room = Room()
        try await withServer(room.service(maximumMessage: 20_000)) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.raw.send(bytes)
            #expect(try await client.message()?.code == code)
            await room.closed.wait()
        }
    }

    @Test("a message may be as large as the limit, also in many fragments, and no larger")
    func messageLimit() async throws {
        let room = Room()
        room.onText = { connection, text in connection.send(text: Array("\(text.count)".utf8)) }
        try await withServer(room.service(maximumMessage: 20_000)) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.send(String(repeating: "x", count: 20_000))
            #expect(try await client.message()?.text == "20000")
            try await client.send(frame: 1, [UInt8](repeating: 0x78, count: 15_000), isFinal: false)
            try await client.send(frame: 0, [UInt8](repeating: 0x78, count: 15_000), isFinal: false)
            #expect(try await client.message()?.code == 1009)
        }
    }

    @Test(
        "a malformed handshake is refused, and no other upgrade is accepted",
        arguments: [
            ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 426), ("Sec-WebSocket-Key: d", "X-Key: d", 400),
            ("jZQ==", "short", 400), ("GET /ws", "POST /ws", 400), ("Upgrade: websocket", "Upgrade: chat", 200),
        ])
    func malformed(what: String, by: String, status: Int) async throws {
        let room = Room()
        try await withServer(room.service) { port in
            let client = try await RawClient.connect(port)
            let text = WebSocketClient.handshake(subprotocol: "test.v1")
            let mutilated = text.replacing(what, with: by)
            try #require(mutilated != text)
            try await client.send(mutilated)
            #expect(try await client.response()?.status == status)
        }
        #expect(room.journal.all.isEmpty)
    }

    @Test("an upgrade that nobody wants is a request like any other")
    func unwanted() async throws {
        try await withServer { port in
            let client = try await WebSocketClient.connect(port)
            #expect(client.response.status == 200)
            #expect(client.response.text == "GET /ws ")
        }
    }

    @Test("a client that never reads loses its connection, the server no memory, and others nothing")
    func neverReads() async throws {
        let room = Room()
        let text = [UInt8](repeating: 0x78, count: 100_000)
        let queued = LockedBox(0)
        room.onText = { connection, _ in flood(connection, with: text, queued) }
        var service = room.service
        service.configuration.maximumQueuedBytes = 1_000_000
        service.configuration.closeTimeout = .milliseconds(200)
        try await withServer(service) { port, server in
            let client = try await WebSocketClient.connect(port)
            try await client.send("go")
            let bystander = try await RawClient.connect(port)
            for _ in 0..<10 {
                try await bystander.send("GET /beside HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await bystander.response()?.status == 200)
            }
            await room.closed.wait()
            #expect(try await server.loop.run { server.connectionCounts.webSockets } == 0)
        }
        #expect(room.journal.all == ["text go", "close 1013"])
        #expect(queued.withLock { $0 } <= 1_000_000)
    }

    @Test("too many small messages are a backlog too")
    func messageCount() async throws {
        let room = Room()
        let text = [UInt8](repeating: 0x78, count: 1_000)
        room.onText = { connection, _ in flood(connection, with: text, LockedBox(0)) }
        var service = room.service
        service.configuration.maximumQueuedMessages = 100
        service.configuration.closeTimeout = .milliseconds(100)
        try await withServer(service) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.send("go")
            await room.closed.wait()
        }
        #expect(room.journal.all == ["text go", "close 1013"])
    }

    @Test("a client that is slow but reads gets everything")
    func slowReader() async throws {
        let room = Room()
        let text = [UInt8](repeating: 0x78, count: 3_000_000)
        room.onText = { connection, _ in
            connection.send(text: text)
            connection.send(text: Array("last".utf8))
        }
        try await withServer(room.service) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.send("go")
            #expect(try await client.message()?.payload.count == 3_000_000)
            #expect(try await client.message()?.text == "last")
        }
    }

    @Test(
        "a silent client is asked by pings and closed if it does not answer, kept if it does", arguments: [true, false])
    func pings(answers: Bool) async throws {
        let room = Room()
        var service = room.service
        service.configuration.pingInterval = answers ? .seconds(3) : .milliseconds(200)
        try await withServer(service) { port in
            let client = try await WebSocketClient.connect(port)
            if answers {
                for _ in 0..<2 {
                    let ping = try #require(try await client.frame())
                    #expect(ping.opcode == 9)
                    try await client.send(frame: 10, ping.payload)
                }
                try await client.send("still here")
                #expect(try await client.message()?.text == "/ws test.v1 still here")
            } else {
                while try await client.frame() != nil {}
                await room.closed.wait()
                #expect(room.journal.all == ["close 1006"])
            }
        }
    }

    @Test("a client that does not answer a close is cut off")
    func unansweredClose() async throws {
        let room = Room()
        room.onText = { connection, _ in connection.close(code: 4400) }
        var service = room.service
        service.configuration.closeTimeout = .milliseconds(100)
        try await withServer(service) { port in
            let client = try await WebSocketClient.connect(port)
            try await client.send("go")
            #expect(try await client.message()?.code == 4400)
            #expect(try await client.frame() == nil)
            await room.closed.wait()
        }
    }

    @Test("stopping the server closes its WebSockets with 1012")
    func stop() async throws {
        let room = Room()
        try await withServer(room.service) { port, server in
            let polite = try await WebSocketClient.connect(port)
            let rude = try await WebSocketClient.connect(port)
            async let stopped: Void = server.stop(grace: .seconds(1))
            for client in [polite, rude] { #expect(try await client.message()?.code == 1012) }
            try await polite.send(frame: 8, [0x03, 0xF4])
            await stopped
            #expect(try await polite.frame() == nil)
        }
        #expect(room.journal.all == ["close 1012", "close 1012"])
    }

    @Test("a thousand WebSockets that come, speak and vanish leave nothing behind")
    func comings() async throws {
        let room = Room()
        try await withServer(room.service) { port, server in
            let before = openDescriptors()
            for round in 0..<50 {
                let clients = try await withThrowingTaskGroup(of: WebSocketClient.self) { group in
                    for _ in 0..<20 { group.addTask { try await WebSocketClient.connect(port) } }
                    return try await group.reduce(into: [WebSocketClient]()) { $0.append($1) }
                }
                for client in clients { try await client.send("hello") }
                for client in clients { client.raw.hangUp(reset: round.isMultiple(of: 2)) }
                await room.closed.wait(times: 20)
            }
            #expect(try await server.loop.run { server.connectionCounts.webSockets } == 0)
            // Other tests run beside this one.
            #expect(openDescriptors() < before + 500)
        }
        #expect(room.handlers.withLock { $0 } == 0)
    }

    private func openDescriptors() -> Int { (0..<4_096).count { fcntl(Int32($0), F_GETFD) != -1 } }
}

/// Sends without end, a little at a time, until the connection takes no more.
private func flood(_ connection: WebSocketConnection, with text: [UInt8], _ queued: LockedBox<Int>) {
    guard connection.isOpen else { return }
    for _ in 0..<10 { connection.send(text: text) }
    queued.withLock { $0 = max($0, connection.queuedBytes) }
    connection.loop.execute { flood(connection, with: text, queued) }
}

/// The other side of a WebSocket test: what the handlers saw and what they do.
private final class Room: @unchecked Sendable {  // Reason: the closures are set before the server runs.
    let journal = Journal()
    let closed = Signal()
    let handlers = LockedBox(0)
    var onOpen: (WebSocketConnection) -> Void = { _ in }
    var onText: ((WebSocketConnection, [UInt8]) -> Void)?

    var service: EchoService { service(maximumMessage: 1_048_576) }

    func service(maximumMessage: Int) -> EchoService {
        var service = EchoService()
        service.configuration.webSocketSubprotocols = ["test.v1", "test.v2"]
        service.configuration.maximumWebSocketMessageBytes = maximumMessage
        service.webSocket = { request, connection in
            self.onOpen(connection)
            return Talker(room: self, path: request.path, connection: connection)
        }
        return service
    }
}

private final class Talker: WebSocketHandler {

    private let room: Room
    private let path: String
    private let connection: WebSocketConnection

    init(room: Room, path: String, connection: WebSocketConnection) {
        self.room = room
        self.path = path
        self.connection = connection
        room.handlers.withLock { $0 += 1 }
    }

    deinit { room.handlers.withLock { $0 -= 1 } }

    func didReceive(text: [UInt8]) {
        if text.count < 100 { room.journal.note("text \(String(decoding: text, as: UTF8.self))") }
        if let onText = room.onText { return onText(connection, text) }
        connection.send(text: Array("\(path) \(connection.subprotocol ?? "none") ".utf8) + text)
    }

    func didReceiveBinary() { room.journal.note("binary") }

    func didClose(code: UInt16) {
        connection.loop.preconditionOnLoop("didClose")
        room.journal.note("close \(code)")
        room.closed.send()
    }
}
