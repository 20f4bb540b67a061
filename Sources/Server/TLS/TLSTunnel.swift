// Glibc's headers are also in this module, and the optimizing compiler finds the kinds of sockets there only.
import CLibWebSockets
import EventLoop
import Glibc

/// Carries a WebSocket between its TLS connection and libwebsockets, which sees one end of a local socket pair.
///
/// libwebsockets could speak TLS itself, but only on a connection whose handshake it has seen; ours have spoken HTTP
/// before. What one side does not read is held back from the other, so a slow client is seen by libwebsockets as one.
/// Keeps itself alive until both ends are closed; confined to its loop.
final class TLSTunnel: @unchecked Sendable {  // Reason: confined to its loop.
    private let loop: Loop
    private let channel: SocketChannel
    private let local: Int32
    private let scratch: UnsafeMutableRawBufferPointer
    private var outer: ReadinessWatcher?
    private var inner: ReadinessWatcher?
    /// Plaintext that libwebsockets has not taken.
    private var incoming: ArraySlice<UInt8> = []
    /// Plaintext that the TLS connection has not taken.
    private var outgoing: ArraySlice<UInt8> = []
    private var isInnerEnded = false
    private var isClosed = false

    /// Bytes per direction that wait at most before reading stops.
    private static let limit = 65_536

    /// Makes a tunnel and gives back the descriptor for libwebsockets; nil when the system has none left.
    static func open(loop: Loop, channel: SocketChannel, scratch: UnsafeMutableRawBufferPointer) -> Int32? {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
        let tunnel = TLSTunnel(loop: loop, channel: channel, local: ends[0], scratch: scratch)
        do {
            tunnel.outer = try ReadinessWatcher(loop: loop, fileDescriptor: channel.socket)
            tunnel.inner = try ReadinessWatcher(loop: loop, fileDescriptor: ends[0])
        } catch {
            tunnel.close()
            Glibc.close(ends[1])
            return nil
        }
        // What TLS holds already comes with no readiness of the socket.
        tunnel.readOuter(isFirst: false)
        tunnel.settle()
        return ends[1]
    }

    private init(loop: Loop, channel: SocketChannel, local: Int32, scratch: UnsafeMutableRawBufferPointer) {
        self.loop = loop
        self.channel = channel
        self.local = local
        self.scratch = scratch
    }

    deinit { if !isClosed { Glibc.close(local) } }

    private func readOuter(isFirst: Bool) {
        var isFirst = isFirst
        while !isClosed {
            switch channel.receive(into: scratch, isFirst: isFirst) {
            case .bytes(let count):
                incoming.append(contentsOf: UnsafeRawBufferPointer(rebasing: scratch[..<count]))
                if channel.tls == nil { return writeInner() }
                isFirst = false
            case .nothing: return writeInner()
            case .ended, .failed:
                writeInner()
                return close()
            }
        }
    }

    private func writeInner() {
        while !isClosed, !incoming.isEmpty {
            let count = incoming.withUnsafeBytes { Glibc.send(local, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 {
                incoming.removeFirst(count)
            } else {
                if errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR { close() }
                return
            }
        }
    }

    private func readInner() {
        let count = recv(local, scratch.baseAddress, scratch.count, 0)
        if count > 0 {
            outgoing.append(contentsOf: UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        } else if count == 0 {
            isInnerEnded = true
        } else if errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR {
            isInnerEnded = true
        }
        writeOuter()
    }

    private func writeOuter() {
        while !isClosed, !outgoing.isEmpty {
            guard let count = outgoing.withUnsafeBytes({ channel.send($0, hasMore: false) }) else { return close() }
            if count == 0 { return }
            outgoing.removeFirst(count)
        }
        if channel.flush() == .failed { return close() }
        // libwebsockets has closed: the last frame goes out before the connection ends.
        if isInnerEnded, !channel.hasUnsentBytes { close() }
    }

    private func settle() {
        guard !isClosed else { return }
        outer?.update(
            readable: incoming.count < Self.limit, writable: !outgoing.isEmpty || channel.hasUnsentBytes
        ) { [self] readable, writable, failed in
            if failed { return close() }
            if writable { writeOuter() }
            if readable { readOuter(isFirst: true) }
            settle()
        }
        inner?.update(
            readable: !isInnerEnded && outgoing.count < Self.limit, writable: !incoming.isEmpty
        ) { [self] readable, writable, failed in
            if failed { return close() }
            if writable { writeInner() }
            if readable { readInner() }
            settle()
        }
    }

    private func close() {
        guard !isClosed else { return }
        isClosed = true
        outer?.close()
        inner?.close()
        Glibc.close(local)
        channel.close()
    }
}
