/// Why there is no response.
///
/// A response with any status is not an error. A cancelled call throws `CancellationError` instead.
public struct HTTPClientError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure; open, so that a new one breaks nobody.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case invalidRequest, connectFailed, certificateRefused, connectionLost, deadlineExceeded, tooLarge
            case invalidResponse, shutDown, failed
        }
        private let kind: Kind

        /// The URL, method or a header cannot be sent, or the URL needs TLS and has none.
        public static let invalidRequest = Code(kind: .invalidRequest)
        /// The name is unknown or nobody listens: the request was not sent.
        public static let connectFailed = Code(kind: .connectFailed)
        /// The peer's certificate is not trusted or not for this host: the request was not sent.
        public static let certificateRefused = Code(kind: .certificateRefused)
        /// The connection ended early; the request may have been executed.
        public static let connectionLost = Code(kind: .connectionLost)
        /// The request's deadline or the connect timeout is over, or the peer sends too slowly.
        public static let deadlineExceeded = Code(kind: .deadlineExceeded)
        /// The response is larger than allowed.
        public static let tooLarge = Code(kind: .tooLarge)
        /// What came back is not HTTP.
        public static let invalidResponse = Code(kind: .invalidResponse)
        /// The client was shut down.
        public static let shutDown = Code(kind: .shutDown)
        /// Something else of libcurl's; see the message.
        public static let failed = Code(kind: .failed)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// What libcurl said; for the log.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Kind and message, for logs.
    public var description: String { "\(code): \(message)" }
}
