import EventLoop
import Foundation
import TestSupport
import Testing

@testable import Clients

@Suite("HTTPClient")
struct HTTPClientTests {
    private func withClient(
        _ configuration: HTTPClientConfiguration = HTTPClientConfiguration(),
        answering script: @escaping @Sendable (ContractServer.Request) -> ContractServer.Reply,
        _ body: @escaping @Sendable (HTTPClient, ContractServer) async throws -> Void
    ) async throws {
        let server = try ContractServer(script)
        defer { server.stop() }
        try await withLoop { loop in
            let client = try HTTPClient(loop: loop, configuration: configuration)
            defer { client.shutDown() }
            try await body(client, server)
        }
    }

    private func error(_ body: () async throws -> HTTPClientResponse) async -> HTTPClientError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? HTTPClientError
        }
    }

    @Test
    func `A request arrives as it was written, and so does its answer`() async throws {
        try await withClient(answering: { .response(201, ["X-Echo": $0.target], bytes: $0.body.reversed()) }) {
            client, server in
            let response = try await client.send(
                HTTPClientRequest(
                    "POST", "\(server.url)/a/../b?c=d", headers: [("Content-Type", "text/x"), ("Empty", "")],
                    body: [1, 2, 3]))
            #expect(response.status == 201)
            #expect(response.header("x-echo") == "/a/../b?c=d")
            #expect(response.body == [3, 2, 1])
            let request = try #require(server.requests.first)
            #expect(request.method == "POST")
            #expect(request.headers["content-type"] == "text/x")
            #expect(request.headers["empty"]?.isEmpty == true)
            #expect(request.headers["expect"] == nil)
            #expect(request.headers["user-agent"] == "aimage-supervision")
        }
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "POST"])
    func `Every method goes out under its name, without a body that nobody gave`(method: String) async throws {
        try await withClient(answering: { .response($0.method == "HEAD" ? 204 : 200) }) { client, server in
            _ = try await client.send(HTTPClientRequest(method, server.url))
            let request = try #require(server.requests.first)
            #expect(request.method == method)
            #expect(request.body.isEmpty)
            #expect(request.headers["content-type"] == nil)
        }
    }

    @Test
    func `One connection carries many requests, one after the other`() async throws {
        try await withClient(answering: { _ in .response(200, [:], "x") }) { client, server in
            for _ in 0..<20 { _ = try await client.send(HTTPClientRequest("GET", server.url)) }
            #expect(Set(server.requests.map(\.connection)) == [0])
            #expect(client.transferCount == 0)
        }
    }

    @Test
    func `Fifty requests at once are all answered over at most the allowed connections`() async throws {
        var configuration = HTTPClientConfiguration()
        configuration.maximumConnectionsPerHost = 4
        try await withClient(configuration, answering: { .response(200, [:], $0.target) }) { client, server in
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let response = try await client.send(HTTPClientRequest("GET", "\(server.url)/\(number)"))
                        return String(decoding: response.body, as: UTF8.self)
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(bodies == Set((0..<50).map { "/\($0)" }))
            #expect(Set(server.requests.map(\.connection)).count <= 4)
        }
    }

    @Test
    func `A redirect is an answer like any other`() async throws {
        try await withClient(answering: { _ in .response(302, ["Location": "http://169.254.169.254/"]) }) {
            client, server in
            let response = try await client.send(HTTPClientRequest("GET", server.url))
            #expect(response.status == 302)
            #expect(server.requests.count == 1)
        }
    }

    @Test
    func `A body larger than allowed is refused, whether its length was declared or not`() async throws {
        let bytes = [UInt8](repeating: 7, count: 1_001)
        try await withClient(answering: { request in
            request.target == "/declared"
                ? .response(200, [:], bytes: bytes) : .last(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + bytes)
        }) { client, server in
            for path in ["declared", "open"] {
                let url = "\(server.url)/\(path)"
                let whole = try await client.send(HTTPClientRequest("GET", url, maximumResponseBytes: 1_001))
                #expect(whole.body == bytes)
                let limited = HTTPClientRequest("GET", url, maximumResponseBytes: 1_000)
                #expect(await error { try await client.send(limited) }?.code == .tooLarge)
            }
        }
    }

    @Test
    func `A small body that unpacks to a large one is refused`() async throws {
        // 100,000 zero bytes, made with gzip -9: a block's head, its tables, and the same code again and again.
        let head = "H4sIAAAAAAACA+3BMQEAAADCoPVPbQ0PoA"
        let tail = "IBXA32VEdSghgEA"
        let text = head + String(repeating: "A", count: 176 - head.count - tail.count) + tail
        let packed = try #require(Data(base64Encoded: text).map { Array($0) })
        try await withClient(answering: { _ in .response(200, ["Content-Encoding": "gzip"], bytes: packed) }) {
            client, server in
            let whole = try await client.send(
                HTTPClientRequest("GET", server.url, maximumResponseBytes: 100_000))
            #expect(whole.body == [UInt8](repeating: 0, count: 100_000))
            let limited = HTTPClientRequest("GET", server.url, maximumResponseBytes: 99_999)
            #expect(await error { try await client.send(limited) }?.code == .tooLarge)
        }
    }

    @Test
    func `A peer that never answers costs the deadline, and a cancelled caller costs nothing`() async throws {
        try await withClient(answering: { _ in .silence }) { client, server in
            let slow = HTTPClientRequest("GET", server.url, deadline: .milliseconds(50))
            #expect(await error { try await client.send(slow) }?.code == .deadlineExceeded)
            let task = client.loop.spawn {
                await #expect(throws: CancellationError.self) {
                    try await client.send(HTTPClientRequest("GET", server.url, deadline: .seconds(60)))
                }
            }
            while server.requests.count < 2 { await Task.yield() }
            task.cancel()
            await task.value
            #expect(client.transferCount == 0)
            while server.openConnections > 0 { await Task.yield() }
        }
    }

    @Test
    func `A call that is cancelled before it begins sends nothing`() async throws {
        try await withClient(answering: { _ in .response() }) { client, server in
            let task = client.loop.spawn {
                await #expect(throws: CancellationError.self) {
                    try await client.send(HTTPClientRequest("GET", server.url))
                }
            }
            task.cancel()
            await task.value
            #expect(client.transferCount == 0)
        }
    }

    @Test
    func `Broken peers have names of their own`() async throws {
        try await withClient(answering: { request in
            switch request.target {
            case "/empty": .last([])
            case "/cut": .last(Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".utf8))
            default: .last(Array("HTTP/1.1 abc\r\n\r\n".utf8))
            }
        }) { client, server in
            for (path, code) in [
                ("empty", HTTPClientError.Code.connectionLost), ("cut", .connectionLost), ("other", .invalidResponse),
            ] {
                #expect(
                    await error { try await client.send(HTTPClientRequest("GET", "\(server.url)/\(path)")) }?.code
                        == code)
            }
            server.stop()
            while server.openConnections > 0 { await Task.yield() }
            #expect(await error { try await client.send(HTTPClientRequest("GET", server.url)) }?.code == .connectFailed)
        }
    }

    @Test(arguments: [
        "http://example.com/", "ftp://127.0.0.1/", "file:///etc/passwd", "//127.0.0.1/", "", "http://user@127.0.0.1/",
        "http://127.0.0.1.example.com/", "http://localhost.example.com/",
    ])
    func `A URL without TLS, with a user, or of another kind is refused`(url: String) async throws {
        try await withClient(answering: { _ in .response() }) { client, _ in
            #expect(await error { try await client.send(HTTPClientRequest("GET", url)) }?.code == .invalidRequest)
        }
    }

    @Test
    func `A header that would begin another request is refused`() async throws {
        try await withClient(answering: { _ in .response() }) { client, server in
            for (name, value) in [("A", "b\r\nC: d"), ("A b", "c"), ("", "c"), ("A", "\0")] {
                let request = HTTPClientRequest("GET", server.url, headers: [(name, value)])
                #expect(await error { try await client.send(request) }?.code == .invalidRequest)
            }
            let request = HTTPClientRequest("GET / HTTP/1.1\r\nA:", server.url)
            #expect(await error { try await client.send(request) }?.code == .invalidRequest)
            #expect(server.requests.isEmpty)
        }
    }

    @Test
    func `Shutting down fails what is under way and what comes after`() async throws {
        try await withClient(answering: { _ in .silence }) { client, server in
            let task = client.loop.spawn {
                let code = await error { try await client.send(HTTPClientRequest("GET", server.url)) }?.code
                #expect(code == .shutDown)
            }
            while server.requests.isEmpty { await Task.yield() }
            client.shutDown()
            await task.value
            #expect(await error { try await client.send(HTTPClientRequest("GET", server.url)) }?.code == .shutDown)
        }
    }

    @Test
    func `A certificate that nobody vouches for is refused, and one of a trusted authority is not`() async throws {
        let peer = try TLSPeer(connections: 3)
        defer { peer.stop() }
        let (url, certificate) = (peer.url, peer.certificate)
        try await withLoop { loop in
            let strict = try HTTPClient(loop: loop)
            defer { strict.shutDown() }
            let request = HTTPClientRequest("GET", url)
            #expect(await error { try await strict.send(request) }?.code == .certificateRefused)
            var configuration = HTTPClientConfiguration()
            configuration.certificateAuthorities = certificate
            let trusting = try HTTPClient(loop: loop, configuration: configuration)
            defer { trusting.shutDown() }
            let response = try await trusting.send(request)
            #expect(response.status == 200)
            // The certificate is for localhost only.
            let other = HTTPClientRequest("GET", url.replacing("localhost", with: "127.0.0.1"))
            #expect(await error { try await trusting.send(other) }?.code == .certificateRefused)
        }
    }
}
