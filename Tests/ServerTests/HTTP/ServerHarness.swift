import EventLoop
import Glibc
import Testing

@testable import Server

/// What a test server does: an echo with a few special paths.
struct EchoService: Sendable {
    var configuration = HTTPServerConfiguration.patient
    var maximumBytes = 1_048_576
    var route: HTTPServer.Route?
    var handle: HTTPServer.Handle?
    var webSocket: HTTPServer.Upgrade = { _, _ in nil }
    var accessLog: (@Sendable (HTTPAccess) -> Void)?

    func server(on loop: Loop) -> HTTPServer {
        let maximumBytes = maximumBytes
        return HTTPServer(
            loop: loop, configuration: configuration,
            route: route ?? { _ in .buffer(maximumBytes: maximumBytes) },
            handle: handle ?? { request in
                loop.preconditionOnLoop("handle")
                return .text("\(request.method) \(request.path) \(String(decoding: request.body, as: UTF8.self))")
            },
            webSocket: webSocket, accessLog: accessLog)
    }
}

extension HTTPServerConfiguration {
    /// For tests that are not about time, on machines that have a lot else to do.
    static var patient: HTTPServerConfiguration {
        var configuration = HTTPServerConfiguration()
        configuration.headTimeout = .seconds(120)
        configuration.bodyTimeout = .seconds(120)
        configuration.writeTimeout = .seconds(120)
        configuration.drainTimeout = .seconds(60)
        configuration.pingInterval = .seconds(120)
        return configuration
    }
}

/// Runs a server for the time of the body, and insists that server and loop stop cleanly.
func withServer(_ service: EchoService = EchoService(), _ body: (Int) async throws -> Void) async throws {
    try await withServer(service) { port, _ in try await body(port) }
}

func withServer(_ service: EchoService, _ body: (Int, HTTPServer) async throws -> Void) async throws {
    let loop = try Loop(name: "test-server")
    try loop.start()
    let server = service.server(on: loop)
    let port = try await server.start()
    do {
        try await body(port, server)
    } catch {
        Issue.record(error)
    }
    await server.stop(grace: .milliseconds(50))
    await loop.stop()
    #expect(loop.stoppedCleanly == true)
}

/// Threads for the blocking clients of tests.
let clientThreads = BlockingPool(threads: 128, name: "test-client")

/// A blocking TCP client that sends exactly the bytes that a test says.
///
/// Every wait ends after a minute.
final class RawClient: @unchecked Sendable {  // Reason: one test uses it, one call at a time.
    let socket: Int32
    let port: Int
    private var buffer: [UInt8] = []

    init(port: Int) throws {
        self.port = port
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(socket >= 0)
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if status != 0 { throw ClientError.refused }
    }

    deinit { close(socket) }

    /// Opens a client off the cooperative pool.
    static func connect(_ port: Int) async throws -> RawClient {
        try await clientThreads.run("connect") { try RawClient(port: port) }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Sends everything; throws when the server closed.
    func send(_ bytes: [UInt8]) async throws {
        try await clientThreads.run("send") { [socket] in
            var offset = 0
            while offset < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(socket, $0.baseAddress.map { $0 + offset }, bytes.count - offset, Int32(MSG_NOSIGNAL))
                }
                if count <= 0 { throw ClientError.closed }
                offset += count
            }
        }
    }

    /// Closes the connection at once, with a reset if asked.
    func hangUp(reset: Bool = false) {
        if reset {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        // The descriptor itself is closed by deinit; the peer notices now.
        shutdown(socket, Int32(SHUT_RDWR))
    }

    func halfClose() { shutdown(socket, Int32(SHUT_WR)) }

    /// The next response with its whole body by Content-Length; nil when the server closed before its head.
    func response(toHead: Bool = false) async throws -> RawResponse? {
        try await clientThreads.run("receive") { try self.readResponse(toHead: toHead) }
    }

    /// Everything up to the end of the stream.
    func rest() async throws -> [UInt8] {
        try await clientThreads.run("receive") {
            while try self.fill() {}
            defer { self.buffer = [] }
            return self.buffer
        }
    }

    /// Exactly so many bytes, or fewer at the end of the stream.
    func bytes(_ count: Int) async throws -> [UInt8] {
        try await clientThreads.run("receive") { try self.take(count) }
    }

    func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count, try fill() {}
        let taken = Array(buffer.prefix(count))
        buffer.removeFirst(taken.count)
        return taken
    }

    private func readResponse(toHead: Bool) throws -> RawResponse? {
        var end = headEnd()
        while end == nil {
            guard try fill() else { return nil }
            end = headEnd()
        }
        guard let end else { return nil }
        var response = RawResponse(head: String(decoding: buffer[..<end], as: UTF8.self))
        buffer.removeFirst(end)
        if !toHead, response.status >= 200, let length = response.header("content-length").flatMap(Int.init) {
            response.body = try take(length)
        }
        return response
    }

    private func headEnd() -> Int? {
        let end = Array("\r\n\r\n".utf8)
        guard buffer.count >= 4 else { return nil }
        for start in 0...(buffer.count - 4) where buffer[start..<(start + 4)].elementsEqual(end) { return start + 4 }
        return nil
    }

    /// Reads some more; false at the end of the stream.
    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        if count < 0 {
            if errno == ECONNRESET { throw ClientError.reset }
            throw ClientError.timeout
        }
        buffer.append(contentsOf: chunk[..<count])
        return count > 0
    }
}

enum ClientError: Error {
    case closed, reset, refused, timeout
}

/// A response as it came.
struct RawResponse: Sendable {
    let head: String
    var body: [UInt8] = []

    var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() where line.lowercased().hasPrefix(name.lowercased() + ":")
        {
            return String(line.dropFirst(name.count + 1).drop { $0 == " " })
        }
        return nil
    }
}

/// Lets a test wait for something that happens on a loop.
final class Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send() { continuation.yield() }

    func wait(times: Int = 1) async {
        var left = times
        for await _ in stream {
            left -= 1
            if left == 0 { return }
        }
    }
}

/// What happened on a loop, readable from a test.
final class Journal: Sendable {
    private let entries = LockedBox<[String]>([])

    var all: [String] { entries.withLock { $0 } }
    func note(_ entry: String) { entries.withLock { $0.append(entry) } }
}

/// A value behind a mutex that ThreadSanitizer knows.
final class LockedBox<Value>: @unchecked Sendable {  // Reason: the value is touched under the mutex only.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var value: Value

    init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
    }

    deinit { mutex.deallocate() }

    func withLock<T>(_ body: (inout Value) -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
