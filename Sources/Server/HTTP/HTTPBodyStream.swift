/// Hands a request's body from the socket's callbacks to the task that feeds a sink; confined to one loop.
final class HTTPBodyStream: @unchecked Sendable {  // Reason: both sides run on the connection's loop.
    /// The client is read no further while this much waits for the sink.
    static let limit = 524_288

    private var pending: [UInt8] = []
    private var isEnded = false
    private var isStopped = false
    private var waiter: CheckedContinuation<Void, Never>?
    private let roomMade: () -> Void

    init(roomMade: @escaping () -> Void) {
        self.roomMade = roomMade
    }

    var isFull: Bool { pending.count >= Self.limit }

    func receive(_ bytes: ArraySlice<UInt8>) {
        pending.append(contentsOf: bytes)
        wake()
    }

    /// The body is complete.
    func end() {
        isEnded = true
        wake()
    }

    /// The body will not become complete.
    func stop() {
        isStopped = true
        wake()
    }

    /// Everything that has come since the last call; nil at the end; throws when the body stopped short of it.
    func next() async throws -> [UInt8]? {
        while pending.isEmpty && !isEnded && !isStopped {
            await withCheckedContinuation { waiter = $0 }
        }
        if isStopped && !isEnded { throw HTTPServerError(.clientGone, "the body did not become complete") }
        guard !pending.isEmpty else { return nil }
        let wasFull = isFull
        let bytes = pending
        pending = []
        if wasFull { roomMade() }
        return bytes
    }

    private func wake() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }
}
