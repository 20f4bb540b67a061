public import Database
import Foundation
import Synchronization

/// Stands between a pool and Postgres, and loses the answer to one commit: the transaction has taken place, and the
/// client is told nothing but the end of its connection.
public final class CommitCutter: Sendable {
    private struct State {
        var marked: [Int32: Bool] = [:]
        var cuts = 0
    }

    /// How to connect through this.
    public let configuration: ConnectionConfiguration
    private let listening: Int32
    private let socketPath: String
    private let marker: [UInt8]
    private let state = Mutex(State())

    /// The answer of Postgres to `commit`.
    private static let committed = [UInt8](arrayLiteral: 0x43, 0, 0, 0, 11) + Array("COMMIT\0".utf8)

    /// Stands before a test's database; cut is the first commit after a statement whose text has `marker` in it.
    public init(before database: ConnectionConfiguration, after marker: String) throws {
        self.marker = Array(marker.utf8)
        socketPath = database.displayTarget
        let socket = try LoopbackSocket()
        listening = socket.descriptor
        let port = socket.port
        configuration = try ConnectionConfiguration(
            url: database.connectionString.replacing(/host=[^&]*&port=[0-9]+/, with: "host=127.0.0.1&port=\(port)"))
        Thread.detachNewThread { self.acceptConnections() }
    }

    /// How many answers were lost.
    public var cuts: Int { state.withLock { $0.cuts } }

    /// Takes no more connections.
    public func stop() { shutdown(listening, Int32(SHUT_RDWR)) }

    private func acceptConnections() {
        while true {
            let client = accept(listening, nil, nil)
            guard client >= 0 else { break }
            guard let server = connectToServer() else {
                close(client)
                continue
            }
            Thread.detachNewThread { self.pass(from: client, to: server) { self.mark($0, client) } }
            Thread.detachNewThread {
                self.pass(from: server, to: client) { self.isToBeSent($0, client) }
                close(client)
                close(server)
            }
        }
        close(listening)
    }

    private func connectToServer() -> Int32? {
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.utf8.prefix($0.count - 1)) }
        let isConnected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        return isConnected ? server : nil
    }

    /// Passes bytes on until one side ends, or `look` says that they are not to be sent; then both sides end.
    private func pass(from source: Int32, to target: Int32, _ look: ([UInt8]) -> Bool) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        passing: while true {
            let count = buffer.withUnsafeMutableBytes { recv(source, $0.baseAddress, $0.count, 0) }
            guard count > 0, look(Array(buffer.prefix(count))) else { break }
            var rest = buffer.prefix(count)
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard sent > 0 else { break passing }
                rest = rest.dropFirst(sent)
            }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }

    private func mark(_ bytes: [UInt8], _ client: Int32) -> Bool {
        if bytes.firstRange(of: marker) != nil { state.withLock { $0.marked[client] = true } }
        return true
    }

    private func isToBeSent(_ bytes: [UInt8], _ client: Int32) -> Bool {
        guard bytes.firstRange(of: Self.committed) != nil else { return true }
        return state.withLock { state in
            guard state.marked[client] == true, state.cuts == 0 else { return true }
            state.cuts += 1
            return false
        }
    }
}
