import EventLoop
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(15)))
struct BodyStreamTests {
    @Test("a streamed body reaches its sink in order and is never whole in memory")
    func streams() async throws {
        let sink = CountingSink()
        try await withServer(service(sink)) { port in
            let client = try await RawClient.connect(port)
            let piece = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try await client.send("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n")
            for _ in 0..<20 { try await client.send(piece) }
            #expect(try await client.response()?.text == "20000000 bytes")
            // The connection is good for another one.
            try await client.send(
                "PUT /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
            #expect(try await client.response()?.text == "20000003 bytes")
        }
        #expect(sink.journal.all.filter { $0 == "finish" }.count == 2)
        #expect(!sink.journal.all.contains("abort"))
        #expect(sink.largest <= HTTPBodyStream.limit + 65_536)
        #expect(sink.isOrdered)
    }

    @Test("an empty body finishes at once")
    func empty() async throws {
        let sink = CountingSink()
        try await withServer(service(sink)) { port in
            let client = try await RawClient.connect(port)
            try await client.send("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
            #expect(try await client.response()?.text == "0 bytes")
        }
    }

    @Test("a slow sink slows the sender down instead of filling memory")
    func backpressure() async throws {
        let sink = CountingSink()
        let gate = Signal()
        sink.beforeWrite = { await gate.wait() }
        try await withServer(service(sink)) { port in
            let client = try await RawClient.connect(port)
            try await client.send("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 30000000\r\n\r\n")
            let sent = Journal()
            let sending = Swift.Task {
                for _ in 0..<30 {
                    try await client.send([UInt8](repeating: 0x78, count: 1_000_000))
                    sent.note("a megabyte")
                }
            }
            let bystander = try await RawClient.connect(port)
            try await bystander.send("PUT /other HTTP/1.1\r\nHost: a\r\n\r\n")
            try await Loop.pause(.milliseconds(200))
            // The kernel's buffers take a few megabytes, the server half a one.
            #expect(sent.all.count < 25)
            for _ in 0..<2_000 { gate.send() }
            #expect(try await client.response()?.text == "30000000 bytes")
            try await sending.value
        }
        #expect(sink.largest <= HTTPBodyStream.limit + 65_536)
    }

    @Test("a client that leaves in the middle aborts the sink, once")
    func leaving() async throws {
        let sink = CountingSink()
        try await withServer(service(sink)) { port in
            let client = try await RawClient.connect(port)
            try await client.send("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
            await sink.written.wait()
            client.hangUp()
            await sink.aborted.wait()
        }
        #expect(sink.journal.all == ["abort"])
    }

    @Test("a client that stops in the middle gets 408 and aborts the sink")
    func silence() async throws {
        let sink = CountingSink()
        var service = service(sink)
        service.configuration.bodyTimeout = .milliseconds(200)
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            try await client.send("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
            #expect(try await client.response()?.status == 408)
            await sink.aborted.wait()
        }
        #expect(sink.journal.all == ["abort"])
    }

    @Test("a sink may answer early; anything else that it throws is a 500", arguments: [413, 500])
    func early(status: Int) async throws {
        let sink = CountingSink()
        sink.failure = status == 413 ? HTTPErrorResponse(.failure(413, "Enough.")) : ClientError.closed
        try await withServer(service(sink)) { port in
            let client = try await RawClient.connect(port)
            try await client.send("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n")
            try await client.send([UInt8](repeating: 0x78, count: 4_000_000))
            let response = try #require(try await client.response())
            #expect(response.status == status)
            #expect(response.header("connection") == "close")
            #expect(try await client.rest().isEmpty)
        }
        #expect(sink.journal.all == ["abort"])
    }

    private func service(_ sink: CountingSink) -> EchoService {
        var service = EchoService()
        service.route = { _ in .stream(sink) }
        return service
    }
}

extension Loop {
    /// Lets time pass in a test that shows that something does not happen.
    static func pause(_ duration: Duration) async throws { try await ContinuousClock().sleep(for: duration) }
}

/// Counts what comes and checks its order; confined to the server's loop, read when that has stopped.
private final class CountingSink: RequestBodySink, @unchecked Sendable {  // Reason: as said.
    let journal = Journal()
    let written = Signal()
    let aborted = Signal()
    var failure: (any Error)?
    var beforeWrite: @Sendable () async -> Void = {}
    private(set) var largest = 0
    private(set) var isOrdered = true
    private var count = 0

    func write(_ bytes: [UInt8]) async throws {
        await beforeWrite()
        if let failure { throw failure }
        largest = max(largest, bytes.count)
        // A sample is enough, and cheap in a debug build.
        for index in stride(from: 0, to: bytes.count, by: 101) where count + index < 20_000_000 {
            if bytes[index] != UInt8(truncatingIfNeeded: (count + index) % 1_000_000 &* 7) { isOrdered = false }
        }
        count += bytes.count
        written.send()
    }

    func finish() async -> HTTPResponse {
        journal.note("finish")
        return .text("\(count) bytes")
    }

    func abort() {
        journal.note("abort")
        aborted.send()
    }
}
