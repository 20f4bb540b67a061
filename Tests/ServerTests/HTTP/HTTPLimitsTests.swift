import EventLoop
import Testing

@testable import Server

/// What a request and a connection may take; the sizes of heads, bodies and messages have their tests beside parsers.
@Suite(.timeLimit(.minutes(15)))
struct HTTPLimitsTests {
    private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test
    func `A handler that takes too long is cancelled and answered for, and the connection goes on`() async throws {
        let cancelled = Signal()
        var service = EchoService()
        service.configuration.handlerTimeout = .milliseconds(60)
        service.handle = { request in
            guard request.path == "/slow" else { return .text("quick") }
            await #expect(throws: CancellationError.self) { try await Loop.current?.sleep(for: .seconds(60)) }
            cancelled.send()
            return .text("too late")
        }
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            try await client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try #require(try await client.response())
            #expect(answer.status == 504)
            #expect(answer.text.contains(#""code":"DEADLINE_EXCEEDED""#))
            await cancelled.wait()
            try await client.send(get)
            #expect(try await client.response()?.text == "quick")
        }
    }

    @Test
    func `A connection brings as many requests as it may, and its last answer says that it closes`() async throws {
        var service = EchoService()
        service.configuration.maximumRequestsPerConnection = 3
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            for number in 1...3 {
                try await client.send(get)
                let answer = try #require(try await client.response())
                #expect(answer.status == 200)
                #expect(answer.header("connection") == (number == 3 ? "close" : nil))
            }
            #expect(try await client.rest().isEmpty)
        }
    }
}
