/// What can go wrong in starting or running an HTTP server.
public struct HTTPServerError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure; open, so that a new one breaks nobody.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case addressInvalid, cannotListen, alreadyStarted, webSocketsUnavailable, fileUnreadable, clientGone,
                certificateUnusable
        }
        private let kind: Kind

        /// The configured host is no address.
        public static let addressInvalid = Code(kind: .addressInvalid)
        /// The system refused the listening socket: the port is taken or forbidden.
        public static let cannotListen = Code(kind: .cannotListen)
        /// `start` was called twice, or after `stop`.
        public static let alreadyStarted = Code(kind: .alreadyStarted)
        /// libwebsockets could not be set up; most likely its libuv plugin is not installed.
        public static let webSocketsUnavailable = Code(kind: .webSocketsUnavailable)
        /// The file of an answer could not be opened or read.
        public static let fileUnreadable = Code(kind: .fileUnreadable)
        /// The client closed the connection before the answer was out.
        public static let clientGone = Code(kind: .clientGone)

        /// A certificate or its key cannot be read, or they do not belong together.
        public static let certificateUnusable = Code(kind: .certificateUnusable)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, and what the system said.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Kind and message, for logs.
    public var description: String { "\(code): \(message)" }
}
