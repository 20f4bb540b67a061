import GraphQL
import JSON

/// The protocol graphql-transport-ws from the server's side, without I/O: messages and events in, actions out.
struct WebSocketSessionStateMachine {
    private enum State: Equatable {
        /// Nothing has come yet. Can transition to: authenticating, closed.
        case awaitingInit
        /// `connection_init` has come, its token is being checked. Can transition to: ready, closed.
        case authenticating
        /// Acknowledged; operations run. Can transition to: closed.
        case ready
        /// A close frame was sent or received; nothing is sent any more. Final.
        case closed
    }

    /// What the caller must do.
    enum Action: Equatable {
        case none
        case send([UInt8])
        case close(CloseCode, reason: String)
        /// Check the token, then call `authenticated` or `authenticationRefused`.
        case authenticate(payload: JSONObject?)
        case start(id: String, RequestParameters)
        case cancel(id: String)
    }

    private var state = State.awaitingInit
    private var operations: Set<String> = []
    private let maximumOperations: Int

    /// - Parameter maximumOperations: how many operations may run on one socket at once.
    init(maximumOperations: Int = 100) {
        self.maximumOperations = maximumOperations
    }

    mutating func textReceived(_ text: [UInt8]) -> Action {
        guard state != .closed else { return .none }
        let message: ClientMessage
        do {
            message = try ClientMessage(text)
        } catch {
            return close(.invalidMessage, error.reason)
        }
        switch message {
        case .ping(let payload): return .send(ServerMessage.pong(payload: payload))
        case .pong: return .none
        case .connectionInit(let payload):
            guard state == .awaitingInit else {
                return close(.tooManyInitialisationRequests, "Too many initialisation requests")
            }
            state = .authenticating
            return .authenticate(payload: payload)
        case .subscribe(let id, let request): return subscribeReceived(id, request)
        case .complete(let id): return operations.remove(id) == nil ? .none : .cancel(id: id)
        }
    }

    mutating func binaryReceived() -> Action {
        close(.invalidMessage, "Invalid message: binary")
    }

    /// The handshake agreed on no subprotocol that is spoken here.
    mutating func subprotocolRefused() -> Action {
        close(.subprotocolNotAcceptable, "Subprotocol not acceptable")
    }

    mutating func authenticated() -> Action {
        guard state == .authenticating else { return .none }
        state = .ready
        return .send(ServerMessage.connectionAck)
    }

    /// The token was no good, or is no longer.
    mutating func authenticationRefused() -> Action {
        close(.forbidden, "Forbidden")
    }

    /// Something of ours is broken.
    mutating func failed() -> Action {
        close(.internalError, "Internal server error")
    }

    mutating func initTimeoutElapsed() -> Action {
        state == .awaitingInit ? close(.initialisationTimeout, "Connection initialisation timeout") : .none
    }

    mutating func tokenExpired() -> Action {
        close(.forbidden, "The access token has expired")
    }

    /// A result for an operation; nothing is sent for one that the client has completed.
    mutating func resultProduced(id: String, _ payload: [UInt8]) -> Action {
        guard state == .ready, operations.contains(id) else { return .none }
        return .send(ServerMessage.next(id: id, payload: payload))
    }

    /// The operation has ended by itself.
    mutating func operationCompleted(id: String) -> Action {
        guard operations.remove(id) != nil, state == .ready else { return .none }
        return .send(ServerMessage.complete(id: id))
    }

    /// The operation was refused, or its source stream has failed.
    ///
    /// No `complete` follows.
    mutating func operationFailed(id: String, _ errors: [GraphQLError]) -> Action {
        guard operations.remove(id) != nil, state == .ready else { return .none }
        return .send(ServerMessage.error(id: id, errors))
    }

    mutating func closed() {
        state = .closed
        operations = []
    }

    private mutating func subscribeReceived(_ id: String, _ request: RequestParameters) -> Action {
        guard state == .ready else { return close(.unauthorized, "Unauthorized") }
        guard !operations.contains(id) else {
            return close(.subscriberExists, "Subscriber for \(id.prefix(64)) already exists")
        }
        guard operations.count < maximumOperations else {
            let error = GraphQLError(
                "More than \(maximumOperations) operations on one socket.",
                code: GraphQLErrorCode("TOO_MANY_OPERATIONS"))
            return .send(ServerMessage.error(id: id, [error]))
        }
        operations.insert(id)
        return .start(id: id, request)
    }

    private mutating func close(_ code: CloseCode, _ reason: String) -> Action {
        guard state != .closed else { return .none }
        state = .closed
        operations = []
        return .close(code, reason: reason)
    }
}
