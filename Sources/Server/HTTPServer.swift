public import EventLoop
import Glibc

/// An HTTP/1.1 and WebSocket server on one loop: sockets, requests, limits, and a clean end.
///
/// What a request means is the caller's: `route` decides from the head what becomes of the body, `handle` answers,
/// `webSocket` takes over upgrades. All three run on the loop. For several loops make one server each, with
/// `sharesPort`. The target's picture: `HTTPListener` accepts, `HTTPConnection` performs what its state machine says,
/// `HTTPExchange` runs one request, `LWSContext` speaks with WebSockets.
public final class HTTPServer: @unchecked Sendable {  // Reason: confined to its loop, which `start` and `stop` enter.
    /// Decides from a request's head what becomes of it.
    public typealias Route = @Sendable (HTTPRequest) -> RequestDisposition
    /// Answers a request whose body is complete; its task is cancelled when the client leaves.
    public typealias Handle = @Sendable (HTTPRequest) async -> HTTPResponse
    /// Adds to every answer what all have in common; the request is nil when it was too broken to be one.
    public typealias Decorate = @Sendable (inout HTTPResponse, HTTPRequest?) -> Void
    /// Takes a WebSocket, or nil to treat the request as any other.
    public typealias Upgrade = @Sendable (HTTPRequest, WebSocketConnection) -> (any WebSocketHandler)?

    /// The loop that everything runs on.
    public let loop: Loop
    /// Addresses and limits.
    public let configuration: HTTPServerConfiguration

    let route: Route
    let handle: Handle
    let webSocket: Upgrade
    let decorate: Decorate
    let accessLog: (@Sendable (HTTPAccess) -> Void)?
    let tracing: RequestTracing?
    /// What `recv` fills; what is in it was copied before the next call.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    private(set) var webSockets: LWSContext?
    private(set) var isStopping = false

    private var listener: HTTPListener?
    private var connections: [ObjectIdentifier: HTTPConnection] = [:]
    private var timer: LoopTimer?
    private var emptied: (() -> Void)?
    private var requestCount: UInt64 = 0
    private let idPrefix: String
    private var dateSecond = 0
    private var dateText: [UInt8] = []

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - loop: Where it runs; must be started before `start`.
    ///   - configuration: Addresses and limits.
    ///   - route: Called with every head; must not block.
    ///   - handle: Called with every request that `route` let collect its body.
    ///   - webSocket: Called with every well-formed WebSocket handshake.
    ///   - decorate: Called with every answer before it is sent.
    ///   - accessLog: Called after every request.
    ///   - tracing: Makes a span of every request.
    public init(
        loop: Loop, configuration: HTTPServerConfiguration, route: @escaping Route, handle: @escaping Handle,
        webSocket: @escaping Upgrade = { _, _ in nil }, decorate: @escaping Decorate = { _, _ in },
        accessLog: (@Sendable (HTTPAccess) -> Void)? = nil, tracing: RequestTracing? = nil
    ) {
        self.loop = loop
        self.configuration = configuration
        self.route = route
        self.handle = handle
        self.webSocket = webSocket
        self.decorate = decorate
        self.accessLog = accessLog
        self.tracing = tracing
        idPrefix = String(UInt32.random(in: 0...0xFF_FFFF), radix: 36) + "-"
    }

    deinit { scratch.deallocate() }

    /// Listens; throws when the address is taken or libwebsockets is not usable.
    ///
    /// Returns the port, which the system chose if the configuration says 0.
    @discardableResult
    public func start() async throws -> Int {
        try await loop.run {
            guard self.timer == nil, !self.isStopping else {
                throw HTTPServerError(.alreadyStarted, "a server is started once")
            }
            let listener = try HTTPListener(loop: self.loop, configuration: self.configuration) { [weak self] in
                self?.accept($0)
            }
            do {
                self.webSockets = try LWSContext(loop: self.loop, configuration: self.configuration)
            } catch {
                listener.close()
                throw error
            }
            self.listener = listener
            self.timer = self.loop.schedule(after: self.sweepInterval, repeating: self.sweepInterval) { [weak self] in
                self?.sweep()
            }
            listener.start()
            return listener.port
        }
    }

    /// Stops listening, lets running requests end within `grace`, closes WebSockets with 1012, and frees everything.
    ///
    /// What has not ended by then is cut off and its tasks are cancelled.
    public func stop(grace: Duration) async {
        // The body throws nothing, and a cancelled caller must not leave the server half stopped.
        try? await loop.run { await self.stopOnLoop(grace: grace) }
    }

    /// Open HTTP connections and WebSockets; on the loop only.
    public var connectionCounts: (http: Int, webSockets: Int) {
        loop.preconditionOnLoop("HTTPServer.connectionCounts")
        return (connections.count, webSockets?.connections.count ?? 0)
    }

    /// Requests whose answer is not out; on the loop only.
    public var activeRequests: Int {
        loop.preconditionOnLoop("HTTPServer.activeRequests")
        return connections.values.count { $0.exchange != nil }
    }

    private func stopOnLoop(grace: Duration) async {
        guard !isStopping else { return }
        isStopping = true
        if configuration.sharesPort { listener?.stepBack(listeners: configuration.listenersOfProcess) }
        for connection in Array(connections.values) { connection.drain() }
        for connection in Array((webSockets?.connections ?? [:]).values) {
            connection.close(code: 1012, reason: "service restart")
        }
        if configuration.sharesPort {
            // A connection whose handshake began with this listener ends it here; a round trip takes less than this.
            // Only a loop that stops ends the sleep, and then there is nothing to wait for.
            try? await loop.sleep(for: configuration.takeOverDelay)
        }
        listener?.close()
        let idle = loop.schedule(after: min(grace, configuration.idleDrainTimeout)) {
            for connection in Array(self.connections.values) { connection.closeIfIdle() }
        }
        await untilEmpty(grace: grace)
        idle.cancel()
        for connection in Array(connections.values) { connection.abort() }
        timer?.cancel()
        await webSockets?.retire()
        webSockets = nil
    }

    private func untilEmpty(grace: Duration) async {
        guard !isEmpty else { return }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let timer = loop.schedule(after: grace) { self.emptied?() }
            emptied = {
                self.emptied = nil
                timer.cancel()
                continuation.resume()
            }
            webSockets?.didEmpty = { self.checkEmptied() }
        }
    }

    private var isEmpty: Bool { connections.isEmpty && webSockets?.connections.isEmpty ?? true }

    private func checkEmptied() {
        if isEmpty { emptied?() }
    }

    private func accept(_ accepted: HTTPListener.Accepted) {
        guard connections.count + (webSockets?.connections.count ?? 0) < configuration.maximumConnections else {
            return turnAway(accepted.socket)
        }
        do {
            let tls = try configuration.certificates.map { try TLSSession($0.current) }
            let connection = HTTPConnection(
                server: self, channel: SocketChannel(accepted.socket, tls: tls), remoteAddress: accepted.remoteAddress)
            connections[ObjectIdentifier(connection)] = connection
            if isStopping { connection.drain() }
            do {
                try connection.start()
            } catch {
                connection.close()
            }
        } catch {
            // OpenSSL has no memory: what the client gets to see is the end of the connection.
            close(accepted.socket)
        }
    }

    /// Tells a client that there are too many, as far as the socket takes it at once.
    private func turnAway(_ socket: Int32) {
        // A client of TLS could not read it.
        guard configuration.certificates == nil else {
            close(socket)
            return
        }
        let response = HTTPResponse.failure(503, "The server has as many connections as it may have.")
        guard case .bytes(let body) = response.body else { return }
        let head = HTTPResponseEncoder.head(
            status: 503, headers: response.headers, length: body.count, keepsAlive: false, isOldClient: false,
            date: date, reserving: body.count)
        let bytes = head + body
        _ = send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        shutdown(socket, Int32(SHUT_WR))
        close(socket)
    }

    func didClose(_ connection: HTTPConnection) {
        connections[ObjectIdentifier(connection)] = nil
        checkEmptied()
    }
}

// Time and names.
extension HTTPServer {
    /// How often deadlines are looked at: a fraction of the shortest, at most every 10 ms and at least every second.
    private var sweepInterval: Duration {
        let shortest =
            [
                configuration.headTimeout, configuration.bodyTimeout, configuration.idleTimeout,
                configuration.writeTimeout, configuration.drainTimeout, configuration.pingInterval,
                configuration.closeTimeout, configuration.handlerTimeout,
            ].min() ?? .seconds(1)
        return max(.milliseconds(10), min(.seconds(1), shortest / 4))
    }

    private func sweep() {
        let now = loop.milliseconds
        for connection in Array(connections.values) { connection.checkDeadline(now: now) }
        webSockets?.checkDeadlines(now: now)
    }

    /// How many milliseconds a transfer may take: a basic time, plus what the slowest allowed rate needs.
    func allowance(_ timeout: Duration, for bytes: Int) -> UInt64 {
        timeout.milliseconds &+ UInt64(bytes) &* 1_000 / UInt64(max(1, configuration.minimumBodyRate))
    }

    /// The `Date` field's value, made once a second.
    var date: [UInt8] {
        let now = time(nil)
        if now != dateSecond {
            dateSecond = now
            dateText = Array(HTTPDate.text(secondsSince1970: now).utf8)
        }
        return dateText
    }

    func nextRequestID() -> String {
        requestCount += 1
        return idPrefix + String(requestCount, radix: 36)
    }
}
