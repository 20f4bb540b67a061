/// What went wrong in the event loop, a watcher or the blocking pool.
public struct EventLoopError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure; open, so that a new one breaks nobody.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case systemCallFailed, loopNotStartable, loopStopped, poolFull, poolShutDown
        }
        private let kind: Kind

        /// A call of libuv or of the operating system failed.
        public static let systemCallFailed = Code(kind: .systemCallFailed)
        /// The loop was started before or has been stopped.
        public static let loopNotStartable = Code(kind: .loopNotStartable)
        /// The loop has stopped and can watch nothing any more.
        public static let loopStopped = Code(kind: .loopStopped)
        /// The blocking pool's queue is at its limit.
        public static let poolFull = Code(kind: .poolFull)
        /// The blocking pool was shut down before the work began.
        public static let poolShutDown = Code(kind: .poolShutDown)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, and what the system said.
    public let message: String

    /// An error of a kind, with what was being done.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Kind and message, for logs.
    public var description: String { "\(code): \(message)" }
}
