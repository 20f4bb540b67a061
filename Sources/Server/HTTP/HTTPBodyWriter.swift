/// Writes the body of an answer piece by piece, each sent at once; confined to the loop of its connection.
///
/// What is written before the head went out is sent with it. A client that does not read loses the connection once
/// `maximumQueuedBytes` wait for it, or after `writeTimeout`.
public final class HTTPBodyWriter: @unchecked Sendable {  // Reason: every entry is on the connection's loop.
    /// Called once when the body will not be completed: the client left, or is too slow.
    var onClientLeft: (() -> Void)?
    /// Called when the server is about to stop; may end a body that has no end of its own.
    var onDrain: (() -> Void)?

    private weak var exchange: HTTPExchange?
    private var isChunked = true
    private var pending: [UInt8] = []
    private(set) var isFinished = false

    /// A writer for the body of one answer.
    public init() {}

    /// Sends some bytes; nothing happens after the end.
    func write(_ bytes: [UInt8]) {
        guard !isFinished, !bytes.isEmpty else { return }
        guard let exchange else { return pending.append(contentsOf: bytes) }
        exchange.send(piece: framed(bytes), count: bytes.count)
    }

    /// Ends the body; idempotent.
    func finish() {
        guard !isFinished else { return }
        isFinished = true
        endBody()
    }

    /// Suspends until the kernel has taken everything that was written.
    func flushed() async { await exchange?.flushed() }

    func attach(to exchange: HTTPExchange, isChunked: Bool) {
        self.exchange = exchange
        self.isChunked = isChunked
        let bytes = pending
        pending = []
        // The head waits for this flush too.
        exchange.send(piece: bytes.isEmpty ? [] : framed(bytes), count: bytes.count)
        if isFinished { endBody() }
    }

    func clientLeft() {
        exchange = nil
        pending = []
        let onClientLeft = isFinished ? nil : onClientLeft
        isFinished = true
        release()
        onClientLeft?()
    }

    func drain() { onDrain?() }

    private func endBody() {
        guard let exchange else { return }
        self.exchange = nil
        release()
        if isChunked { exchange.connection.write(Array("0\r\n\r\n".utf8)) }
        exchange.bodyFinished()
    }

    /// Whoever is called may own this writer.
    private func release() {
        onClientLeft = nil
        onDrain = nil
    }

    /// A chunk (RFC 9112 §7.1).
    private func framed(_ bytes: [UInt8]) -> [UInt8] {
        guard isChunked else { return bytes }
        var chunk: [UInt8] = []
        chunk.reserveCapacity(bytes.count + 12)
        chunk.append(contentsOf: String(bytes.count, radix: 16).utf8)
        chunk.append(contentsOf: [0x0D, 0x0A])
        chunk.append(contentsOf: bytes)
        chunk.append(contentsOf: [0x0D, 0x0A])
        return chunk
    }
}
