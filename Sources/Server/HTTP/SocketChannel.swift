import EventLoop
import Glibc

/// The bytes of a connected socket, plain or through TLS, without waiting.
///
/// Confined to a loop; owns the descriptor.
final class SocketChannel {
    /// What reading came to.
    enum Received: Hashable {
        case bytes(Int)
        /// Nothing for now.
        case nothing
        /// The peer has ended its sending half.
        case ended
        /// The connection is broken, or what came is no TLS.
        case failed
    }

    let socket: Int32
    let tls: TLSSession?
    /// Ciphertext that the socket has not taken; plaintext is not taken from the caller meanwhile.
    private var unsent: ArraySlice<UInt8> = []
    private var isClosed = false

    /// Ciphertext moves in pieces of this size, which hold two TLS records.
    private static let pieceBytes = 34_000

    init(_ socket: Int32, tls: TLSSession?) {
        self.socket = socket
        self.tls = tls
    }

    /// Whether bytes that were taken from the caller still wait for the socket.
    var hasUnsentBytes: Bool { !unsent.isEmpty || (tls?.outputCount ?? 0) > 0 }

    /// Reads into `buffer`: first what the socket has, once, then with TLS everything that was in it, call by call.
    ///
    /// `isFirst` says whether to ask the socket; the caller repeats with false until it gets something else than bytes.
    /// Without TLS that is at once.
    func receive(into buffer: UnsafeMutableRawBufferPointer, isFirst: Bool) -> Received {
        guard isFirst || tls != nil else { return .nothing }
        if isFirst {
            let count = recv(socket, buffer.baseAddress, buffer.count, 0)
            if count == 0 { return .ended }
            if count < 0 {
                return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .nothing : .failed
            }
            guard let tls else { return .bytes(count) }
            tls.received(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        guard let tls else { return .nothing }
        switch tls.read(into: buffer) {
        case .bytes(let count): return .bytes(count)
        case .wantsMore:
            return flush() == .failed ? .failed : .nothing
        case .ended: return .ended
        case .failed:
            // The alert that tells the peer why; the result does not matter any more.
            _ = flush()
            return .failed
        }
    }

    /// Gives bytes to the socket and says how many it took; 0: it is full, nil: the connection is broken.
    func send(_ bytes: UnsafeRawBufferPointer, hasMore: Bool) -> Int? {
        guard let tls else { return Self.send(socket, bytes, hasMore: hasMore) }
        // One piece at a time: a slow reader costs one record of memory, not the whole answer.
        switch flush() {
        case .failed: return nil
        case .blocked: return 0
        case .flushed: break
        }
        guard let count = tls.write(bytes) else { return nil }
        return flush() == .failed ? nil : count
    }

    /// Gives the socket what was taken before.
    func flush() -> HTTPOutput.Outcome {
        guard let tls else { return .flushed }
        while true {
            while !unsent.isEmpty {
                let taken = unsent.withUnsafeBytes { Self.send(socket, $0, hasMore: false) }
                guard let taken else { return .failed }
                if taken == 0 { return .blocked }
                unsent.removeFirst(taken)
            }
            let count = min(tls.outputCount, Self.pieceBytes)
            guard count > 0 else { return .flushed }
            let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                initialized = tls.takeOutput(into: UnsafeMutableRawBufferPointer(buffer))
            }
            unsent = piece[...]
        }
    }

    /// Ends our sending half.
    func halfClose() {
        tls?.close()
        // As far as it goes at once: the peer sees the end of TLS or the end of the connection.
        _ = flush()
        shutdown(socket, Int32(SHUT_WR))
    }

    /// A descriptor for somebody who speaks with plain sockets: this one, given away, or one end of a tunnel to it.
    ///
    /// Nil when the system has no descriptors left; the channel is closed then.
    func webSocketEnd(loop: Loop, scratch: UnsafeMutableRawBufferPointer) -> Int32? {
        guard tls == nil else { return TLSTunnel.open(loop: loop, channel: self, scratch: scratch) }
        isClosed = true
        return socket
    }

    deinit { close() }

    /// Closes the socket, with a goodbye if TLS wants one; idempotent.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        tls?.close()
        _ = flush()
        Glibc.close(socket)
    }

    private static func send(_ socket: Int32, _ bytes: UnsafeRawBufferPointer, hasMore: Bool) -> Int? {
        while true {
            let flags = Int32(MSG_NOSIGNAL) | (hasMore ? Int32(MSG_MORE) : 0)
            let written = Glibc.send(socket, bytes.baseAddress, bytes.count, flags)
            if written >= 0 { return written }
            if errno == EINTR { continue }
            return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : nil
        }
    }
}
