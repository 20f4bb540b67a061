/// Why a WebSocket is closed (RFC 6455 section 7.4, graphql-transport-ws).
enum CloseCode: UInt16, Sendable {
    /// The server restarts: connect again.
    case serviceRestart = 1012
    /// The client reads too slowly.
    case tryAgainLater = 1013
    case invalidMessage = 4400
    case unauthorized = 4401
    case forbidden = 4403
    case subprotocolNotAcceptable = 4406
    case initialisationTimeout = 4408
    case subscriberExists = 4409
    case tooManyInitialisationRequests = 4429
    case internalError = 4500
}
