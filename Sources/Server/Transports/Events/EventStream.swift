import EventLoop
import Foundation
import GraphQL

/// An open answer of server-sent events, kept alive by comments; confined to its loop.
final class EventStream: SignedInConnection, @unchecked Sendable {  // Reason: confined to its loop.
    /// Between comments: shorter than the minute after which proxies give up.
    static let keepAliveInterval = Duration.seconds(12)

    private let service: GraphQLService
    private let viewer: Viewer
    private let credentials: Authenticator.Credentials
    private let writer = HTTPBodyWriter()
    private var onEnd: (() -> Void)?
    private var timers: [LoopTimer] = []
    private var recheck: Task<Void, Never>?

    /// Opens the stream.
    ///
    /// - Parameters:
    ///   - service: the service of the connection's loop.
    ///   - viewer: who opened it; the stream ends with the credentials.
    ///   - request: brought the credentials.
    ///   - endsWithServer: whether it ends when the server begins to stop, so that the client connects to another.
    ///   - onEnd: called once when the stream ends otherwise than by `finish`: the client has left, its credentials
    ///     have ended, the server stops.
    init(
        service: GraphQLService, viewer: Viewer, request: HTTPRequest, endsWithServer: Bool,
        onEnd: @escaping () -> Void
    ) {
        self.service = service
        self.viewer = viewer
        self.onEnd = onEnd
        credentials = Authenticator.Credentials(request)
        service.add(self)
        writer.onClientLeft = { [self] in end() }
        if endsWithServer { writer.onDrain = { [weak self] in self?.end() } }
        let loop = service.loop
        if let expiry = viewer.expiresAt {
            let left = Duration.milliseconds(Int64(max(0, expiry.timeIntervalSinceNow) * 1000))
            timers.append(loop.schedule(after: left) { [weak self] in self?.end() })
        }
        timers.append(
            loop.schedule(after: Self.keepAliveInterval, repeating: Self.keepAliveInterval) { [weak self] in
                self?.writer.write(EventFraming.keepAlive)
            })
        // Some browsers show a stream as open only with its first byte.
        writer.write(EventFraming.keepAlive)
    }

    /// The answer that carries the stream.
    var response: HTTPResponse {
        HTTPResponse(
            headers: [
                "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache",
                // nginx would collect the events.
                "X-Accel-Buffering": "no",
            ], body: .stream(writer))
    }

    func next(_ payload: [UInt8], id: String? = nil) { writer.write(EventFraming.next(payload, id: id)) }

    func complete(id: String? = nil) { writer.write(EventFraming.complete(id: id)) }

    /// Suspends until the kernel has taken everything that was sent.
    func flushed() async { await writer.flushed() }

    /// Ends the answer.
    func finish() {
        service.remove(self)
        for timer in timers { timer.cancel() }
        timers = []
        recheck?.cancel()
        onEnd = nil
        writer.finish()
    }

    func recheck(_ user: UUID?) {
        guard let mine = viewer.user, user == nil || user == mine else { return }
        recheck = service.loop.spawn { [self] in
            let result = await service.authenticateWhenPossible(credentials)
            guard !Task.isCancelled else { return }
            if case .accepted(let viewer) = result, viewer.user == mine { return }
            end()
        }
    }

    private func end() {
        let onEnd = onEnd
        finish()
        onEnd?()
    }
}
