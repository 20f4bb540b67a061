import Foundation
import Synchronization

// A real server on 127.0.0.1 that plays an outside service: a test scripts what it answers, and looks at what it was
// asked. Each connection has a thread of its own, so a script may misbehave in any way without holding the loop.

/// Plays an outside service over plain HTTP/1.1 with a script of the test's.
public final class ContractServer: Sendable {
    /// One request as it arrived.
    public struct Request: Sendable {
        /// The method.
        public let method: String
        /// Path and query.
        public let target: String
        /// Fields by name in lower case; of repeated ones the last.
        public let headers: [String: String]
        /// The body, by its Content-Length.
        public let body: [UInt8]
        /// Which connection it came over, counted from 0.
        public let connection: Int
    }

    /// What the script does about a request.
    public enum Reply: Sendable {
        /// Sends these bytes as they are and waits for the next request.
        case raw([UInt8])
        /// Sends these bytes as they are and closes the connection.
        case last([UInt8])
        /// Says nothing until the client leaves.
        case silence

        /// A whole response.
        public static func response(
            _ status: Int = 200, _ fields: [String: String] = [:], _ body: String = ""
        ) -> Reply {
            response(status, fields, bytes: Array(body.utf8))
        }

        /// A whole response with a body of bytes.
        public static func response(_ status: Int, _ fields: [String: String], bytes: [UInt8]) -> Reply {
            var head = "HTTP/1.1 \(status) Status\r\nContent-Length: \(bytes.count)\r\n"
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
            return .raw(Array("\(head)\r\n".utf8) + bytes)
        }
    }

    private struct State {
        var requests: [Request] = []
        var sockets: [Int32: Int] = [:]
        var connections = 0
        var isStopped = false
    }

    /// `http://127.0.0.1:PORT`.
    public let url: String
    private let listening: Int32
    private let script: @Sendable (Request) -> Reply
    private let state = Mutex(State())

    /// Starts a server; the script runs on the threads of the connections.
    public init(_ script: @escaping @Sendable (Request) -> Reply) throws {
        let socket = try LoopbackSocket()
        listening = socket.descriptor
        url = "http://127.0.0.1:\(socket.port)"
        self.script = script
        Thread.detachNewThread { self.acceptConnections() }
    }

    /// Closes every connection and takes no more; idempotent.
    public func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            for socket in state.sockets.keys { shutdown(socket, Int32(SHUT_RDWR)) }
            shutdown(listening, Int32(SHUT_RDWR))
        }
    }

    /// What was asked so far, in order of arrival.
    public var requests: [Request] { state.withLock { $0.requests } }

    /// How many connections there are now.
    public var openConnections: Int { state.withLock { $0.sockets.count } }

    private func acceptConnections() {
        while true {
            // accept4, which would do both at once, is hidden from Swift (GNU only).
            let socket = accept(listening, nil, nil)
            guard socket >= 0 else { break }
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            let number: Int? = state.withLock { state in
                guard !state.isStopped else { return nil }
                state.sockets[socket] = state.connections
                state.connections += 1
                return state.connections - 1
            }
            guard let number else {
                close(socket)
                continue
            }
            Thread.detachNewThread { self.serve(socket, number) }
        }
        close(listening)
    }

    private func serve(_ socket: Int32, _ number: Int) {
        var reader = ContractRequestReader(socket: socket, connection: number)
        answering: while let request = reader.next() {
            state.withLock { $0.requests.append(request) }
            switch script(request) {
            case .raw(let bytes): send(bytes, to: socket)
            case .last(let bytes):
                send(bytes, to: socket)
                break answering
            case .silence: reader.waitForEnd()
            }
        }
        state.withLock { $0.sockets[socket] = nil }
        close(socket)
    }

    private func send(_ bytes: [UInt8], to socket: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// Reads requests from a blocking socket.
struct ContractRequestReader {
    let socket: Int32
    let connection: Int
    private var buffer: [UInt8] = []

    init(socket: Int32, connection: Int) {
        self.socket = socket
        self.connection = connection
    }

    /// The next request; nil when the client has left.
    mutating func next() -> ContractServer.Request? {
        var end: Int?
        while true {
            end = buffer.firstRange(of: Array("\r\n\r\n".utf8))?.lowerBound
            if end != nil { break }
            guard receive() else { return nil }
        }
        let lines = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self).components(separatedBy: "\r\n")
        buffer.removeFirst((end ?? 0) + 4)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while buffer.count < length {
            guard receive() else { return nil }
        }
        let body = Array(buffer.prefix(length))
        buffer.removeFirst(length)
        let words = lines[0].split(separator: " ").map(String.init)
        return ContractServer.Request(
            method: words[0], target: words[1], headers: headers, body: body, connection: connection)
    }

    /// Returns when the client has closed the connection.
    mutating func waitForEnd() {
        while receive() {}
    }

    private mutating func receive() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return false }
        buffer += bytes.prefix(count)
        return true
    }
}
