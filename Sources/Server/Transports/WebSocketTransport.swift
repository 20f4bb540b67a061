import EventLoop
import Foundation
import GraphQL
import JSON

/// One WebSocket with the protocol graphql-transport-ws: performs what its state machine decides.
///
/// Owns everything that runs for the socket; when the socket ends, all of it ends.
// Reason for `@unchecked`: confined to its loop.
final class WebSocketTransport: WebSocketHandler, SignedInConnection, @unchecked Sendable {
    /// The WebSocket subprotocol.
    static let subprotocol = "graphql-transport-ws"
    /// How long a client has for `connection_init`.
    static let initTimeout = Duration.seconds(5)
    /// How many queries and mutations of one socket run at once; more wait their turn.
    static let concurrentOperations = 4

    private let service: GraphQLService
    private let connection: WebSocketConnection
    private let requestID: String
    /// Whose budget nobody uses.
    private let address: String
    /// The handshake's, until `connection_init` brings others.
    private var credentials: Authenticator.Credentials
    private var machine = WebSocketSessionStateMachine()
    private var viewer = Viewer.nobody
    private var running: [String: RunningOperation] = [:]
    /// Operations that have not begun, in the order in which they came.
    private var waiting: [(id: String, request: RequestParameters)] = []
    /// Whether an operation has begun in this turn of the loop.
    private var isResting = false
    private var timers: [LoopTimer] = []
    private var signIn: Task<Void, Never>?

    /// `credentials` are those of the handshake: a header of clients that can send one, a browser's cookie.
    init(
        service: GraphQLService, connection: WebSocketConnection, requestID: String, address: String,
        credentials: Authenticator.Credentials
    ) {
        self.service = service
        self.connection = connection
        self.requestID = requestID
        self.address = address
        self.credentials = credentials
        guard connection.subprotocol == Self.subprotocol else {
            perform(machine.subprotocolRefused())
            return
        }
        service.add(self)
        timers.append(
            service.loop.schedule(after: Self.initTimeout) { [weak self] in
                guard let self else { return }
                perform(machine.initTimeoutElapsed())
            })
    }

    func didReceive(text: [UInt8]) {
        service.loop.preconditionOnLoop("WebSocketTransport.didReceive")
        perform(machine.textReceived(text))
    }

    func didReceiveBinary() {
        perform(machine.binaryReceived())
    }

    func didClose(code: UInt16) {
        machine.closed()
        endAll()
    }

    private func perform(_ action: WebSocketSessionStateMachine.Action) {
        switch action {
        case .none: break
        case .send(let bytes): connection.send(text: bytes)
        case .close(let code, let reason):
            connection.close(code: code.rawValue, reason: reason)
            endAll()
        case .authenticate(let payload): authenticate(payload)
        case .start(let id, let request):
            waiting.append((id, request))
            startNext()
        case .cancel(let id):
            waiting.removeAll { $0.id == id }
            running.removeValue(forKey: id)?.cancel()
            startNext()
        }
    }

    // MARK: Signing in

    /// The token comes in the payload of `connection_init`, because browsers can't set headers of a WebSocket.
    private func authenticate(_ payload: JSONObject?) {
        let given = payload.flatMap { payload in
            payload.members.first { $0.key.lowercased() == "authorization" }?.value.string
        }
        if let given { credentials = Authenticator.Credentials(authorization: given, cookie: nil) }
        findViewer { [self] viewer in
            self.viewer = viewer.forLater
            scheduleExpiry(of: viewer)
            perform(machine.authenticated())
        }
    }

    /// Closes the socket if its credentials have ended; a user's, or anybody's for nil.
    func recheck(_ user: UUID?) {
        guard let mine = viewer.user, user == nil || user == mine else { return }
        findViewer(waits: true) { [self] viewer in
            if viewer.user != mine { perform(machine.authenticationRefused()) }
        }
    }

    private func findViewer(waits: Bool = false, _ found: @escaping @Sendable (Viewer) -> Void) {
        signIn = service.loop.spawn { [self] in
            let result =
                waits ? await service.authenticateWhenPossible(credentials) : await service.authenticate(credentials)
            // The socket may have ended meanwhile; then nothing may be scheduled for it any more.
            guard !Task.isCancelled else { return }
            switch result {
            case .accepted(let viewer): found(viewer)
            case .refused: perform(machine.authenticationRefused())
            case .unavailable: perform(machine.failed())
            }
        }
    }

    private func scheduleExpiry(of viewer: Viewer) {
        guard let expiresAt = viewer.expiresAt else { return }
        let left = Duration.milliseconds(Int64(max(0, expiresAt.timeIntervalSinceNow) * 1000))
        timers.append(
            service.loop.schedule(after: left) { [weak self] in
                guard let self else { return }
                perform(machine.tokenExpired())
            })
    }

    // MARK: Operations

    /// Begins at most one operation per turn of the loop: a frame may bring dozens of them, and other connections must
    /// be served in between.
    private func startNext() {
        guard !isResting, !waiting.isEmpty, operationCount < Self.concurrentOperations else { return }
        isResting = true
        let next = waiting.removeFirst()
        _ = service.loop.schedule(after: .zero) { [weak self] in
            self?.isResting = false
            self?.startNext()
        }
        start(next.id, next.request)
    }

    private var operationCount: Int { running.values.count { !$0.isSubscription } }

    private func start(_ id: String, _ request: RequestParameters) {
        let prepared: PreparedRequest
        do {
            prepared = try service.prepare(request)
            try service.admit(prepared, for: viewer, from: address)
        } catch {
            return perform(machine.operationFailed(id: id, error.errors))
        }
        let operation = RunningOperation(prepared, service: service) { [weak self] event in
            self?.deliver(event, to: id)
        }
        running[id] = operation
        operation.start(for: viewer, requestID: "\(requestID)/\(id)")
    }

    private func deliver(_ event: SubscriptionHub.Event, to id: String) {
        switch event {
        case .next(let payload): return perform(machine.resultProduced(id: id, payload))
        case .completed:
            running[id] = nil
            perform(machine.operationCompleted(id: id))
        case .failed(let errors):
            running[id] = nil
            perform(machine.operationFailed(id: id, errors))
        }
        startNext()
    }

    private func endAll() {
        service.remove(self)
        for timer in timers { timer.cancel() }
        timers = []
        signIn?.cancel()
        for operation in running.values { operation.cancel() }
        running = [:]
        waiting = []
    }
}
