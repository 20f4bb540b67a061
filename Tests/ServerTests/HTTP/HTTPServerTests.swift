import EventLoop
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(15)))
struct HTTPServerTests {
    @Test("a GET is answered, and the connection serves the next request")
    func keepAlive() async throws {
        try await withServer { port in
            let client = try await RawClient.connect(port)
            for number in 1...3 {
                try await client.send("GET /hello%20world/\(number)?x=1 HTTP/1.1\r\nHost: a\r\n\r\n")
                let response = try #require(try await client.response())
                #expect(response.status == 200)
                #expect(response.text == "GET /hello world/\(number) ")
                #expect(response.header("connection") == nil)
                #expect(response.header("date")?.hasSuffix("GMT") == true)
            }
        }
    }

    @Test("a POST's body arrives, whole or in pieces")
    func post() async throws {
        try await withServer { port in
            let client = try await RawClient.connect(port)
            try await client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
            #expect(try await client.response()?.text == "POST /a hello")
            for piece in ["POST /b HT", "TP/1.1\r\nHost: a\r", "\nContent-Le", "ngth: 5\r\n\r\n", "he", "llo"] {
                try await client.send(piece)
            }
            #expect(try await client.response()?.text == "POST /b hello")
        }
    }

    @Test("HEAD gets the fields of the GET and no body; OPTIONS passes through")
    func headAndOptions() async throws {
        try await withServer { port in
            let client = try await RawClient.connect(port)
            try await client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n")
            let head = try #require(try await client.response(toHead: true))
            #expect(head.header("content-length") == "8")
            try await client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.response()?.text == "OPTIONS * ")
        }
    }

    @Test(
        "HTTP/1.0 and Connection: close end with the answer",
        arguments: [
            "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        ])
    func closing(head: String) async throws {
        try await withServer { port in
            let client = try await RawClient.connect(port)
            try await client.send(head)
            let response = try #require(try await client.response())
            #expect(response.header("connection") == "close")
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test("100 Continue lets a waiting client send its body; a refusal comes instead of it")
    func expectContinue() async throws {
        try await withServer { port in
            let client = try await RawClient.connect(port)
            try await client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.response()?.status == 100)
            try await client.send("hello")
            #expect(try await client.response()?.text == "PUT /a hello")
            try await client.send(
                "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.response()?.status == 413)
        }
    }

    @Test("an answer of 8 MB arrives whole, also at a client that reads late")
    func largeAnswer() async throws {
        let body = (0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var service = EchoService()
        service.handle = { _ in HTTPResponse(body: .bytes(body)) }
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            try await client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
            let bystander = try await RawClient.connect(port)
            try await bystander.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await bystander.response(toHead: true)?.status == 200)
            #expect(try await client.response()?.body == body)
            #expect(try await client.response()?.body == body)
        }
    }

    @Test("a client that leaves cancels the task of its request", arguments: [false, true])
    func leaving(withReset: Bool) async throws {
        let started = Signal()
        let cancelled = Signal()
        var service = EchoService()
        service.handle = { _ in
            started.send()
            do {
                try await Loop.current?.sleep(for: .seconds(60))
            } catch {
                cancelled.send()
            }
            return .text("too late")
        }
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            client.hangUp(reset: withReset)
            await cancelled.wait()
        }
    }

    @Test("204 and 304 have neither a body nor a length")
    func withoutBody() async throws {
        var service = EchoService()
        service.route = { .respond(HTTPResponse(status: Int($0.path.dropFirst()) ?? 200, body: .bytes([1, 2, 3]))) }
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            for status in [204, 304, 204] {
                try await client.send("GET /\(status) HTTP/1.1\r\nHost: a\r\n\r\n")
                let response = try #require(try await client.response())
                #expect(response.status == status)
                #expect(response.header("content-length") == nil)
            }
        }
    }

    @Test("the access log has every request, with its status and its size")
    func accessLog() async throws {
        let journal = Journal()
        var service = EchoService()
        service.accessLog = {
            journal.note(
                "\($0.request.method) \($0.request.path) \($0.status ?? 0) \($0.responseBytes) \($0.wasCancelled)")
            #expect($0.request.remoteAddress == "127.0.0.1")
            #expect(!$0.request.id.isEmpty)
        }
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            try await client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await client.response()
            try await client.send("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n")
            _ = try await client.response()
        }
        #expect(journal.all == ["GET /a 200 7 false", "POST /b 413 67 false"])
    }

    @Test("two servers on two loops share a port")
    func sharedPort() async throws {
        let loops = try LoopGroup(count: 2)
        try loops.start()
        var service = EchoService()
        service.configuration.sharesPort = true
        let first = service.server(on: loops.loops[0])
        service.configuration.port = try await first.start()
        let second = service.server(on: loops.loops[1])
        #expect(try await second.start() == service.configuration.port)
        var clients: [RawClient] = []
        var counts = (0, 0)
        // The kernel spreads by a hash of the addresses; forty connections on one side are not believable.
        for _ in 0..<40 {
            let client = try await RawClient.connect(service.configuration.port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.response()?.status == 200)
            clients.append(client)
        }
        counts.0 = try await first.loop.run { first.connectionCounts.http }
        counts.1 = try await second.loop.run { second.connectionCounts.http }
        #expect(counts.0 > 0 && counts.1 > 0 && counts.0 + counts.1 == 40)
        await first.stop(grace: .zero)
        await second.stop(grace: .zero)
        await loops.stop()
        #expect(loops.loops.allSatisfy { $0.stoppedCleanly == true })
    }

    @Test("a taken port and a wrong address are errors that say so")
    func cannotListen() async throws {
        try await withServer { port in
            let loop = try Loop(name: "test-other")
            try loop.start()
            var service = EchoService()
            service.configuration.port = port
            let taken = await #expect(throws: HTTPServerError.self) { try await service.server(on: loop).start() }
            #expect(taken?.code == .cannotListen)
            #expect(taken?.message.contains("\(port)") == true)
            service.configuration.host = "not an address"
            let wrong = await #expect(throws: HTTPServerError.self) { try await service.server(on: loop).start() }
            #expect(wrong?.code == .addressInvalid)
            await loop.stop()
            #expect(loop.stoppedCleanly == true)
        }
    }

    @Test("stopping lets a running request end and closes idle connections")
    func gracefulStop() async throws {
        let started = Signal()
        let gate = Signal()
        var service = EchoService()
        service.handle = { _ in
            started.send()
            await gate.wait()
            return .text("finished")
        }
        let loop = try Loop(name: "test-server")
        try loop.start()
        let server = service.server(on: loop)
        let port = try await server.start()
        let idle = try await RawClient.connect(port)
        let busy = try await RawClient.connect(port)
        try await busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await started.wait()
        async let stopped: Void = server.stop(grace: .seconds(20))
        #expect(try await idle.rest().isEmpty)
        gate.send()
        let response = try #require(try await busy.response())
        #expect(response.text == "finished")
        #expect(response.header("connection") == "close")
        #expect(try await busy.rest().isEmpty)
        await stopped
        await #expect(throws: (any Error).self) { try await RawClient.connect(port) }
        await loop.stop()
        #expect(loop.stoppedCleanly == true)
    }

    @Test("a stopping server answers one more request on a connection that is kept, and says that it is the last")
    func lastRequest() async throws {
        var service = EchoService()
        // Nobody waits for it: the answer ends the connection, and with it the stop.
        service.configuration.idleDrainTimeout = .seconds(60)
        let loop = try Loop(name: "test-server")
        try loop.start()
        let server = service.server(on: loop)
        let port = try await server.start()
        let kept = try await RawClient.connect(port)
        try await kept.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await kept.response()?.header("connection") == nil)
        async let stopped: Void = server.stop(grace: .seconds(60))
        // No connection is made any more: the stop has begun.
        while (try? await RawClient.connect(port)) != nil {}
        try await kept.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n")
        let last = try #require(try await kept.response())
        #expect(last.text == "GET /b ")
        #expect(last.header("connection") == "close")
        await stopped
        await loop.stop()
        #expect(loop.stoppedCleanly == true)
    }

    @Test("stopping cuts off and cancels what does not end within the grace")
    func impatientStop() async throws {
        let started = Signal()
        let cancelled = Signal()
        var service = EchoService()
        service.handle = { _ in
            started.send()
            // The cancellation is what the test waits for.
            try? await Loop.current?.sleep(for: .seconds(60))
            cancelled.send()
            return .text("too late")
        }
        try await withServer(service) { port, server in
            let client = try await RawClient.connect(port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            await server.stop(grace: .milliseconds(10))
            await cancelled.wait()
            #expect(try await client.rest().isEmpty)
        }
    }
}
