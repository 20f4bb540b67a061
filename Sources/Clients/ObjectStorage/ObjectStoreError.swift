// The one error of object storage, whatever implementation it comes from.

/// A failure of an object store, an object key or a signed URL.
public struct ObjectStoreError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, open for new codes.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String, Sendable {
            case invalidKey, notFound, invalidRange, storageFull, accessDenied, failed
            case malformedURL, wrongSignature, expired
        }

        private let value: Value

        private init(_ value: Value) { self.value = value }

        /// The text cannot be a key.
        public static let invalidKey = Self(.invalidKey)
        /// There is no object with this key.
        public static let notFound = Self(.notFound)
        /// The range does not lie in the object.
        public static let invalidRange = Self(.invalidRange)
        /// The disk is full, or a quota or size limit is used up.
        public static let storageFull = Self(.storageFull)
        /// The store may not be read or written by this process.
        public static let accessDenied = Self(.accessDenied)
        /// Reading or writing failed for another reason; trying again may help.
        public static let failed = Self(.failed)
        /// A URL is none of ours.
        public static let malformedURL = Self(.malformedURL)
        /// A URL's signature is not right for what it asks.
        public static let wrongSignature = Self(.wrongSignature)
        /// A URL's time is over.
        public static let expired = Self(.expired)

        /// The code's stable name.
        public var description: String { value.rawValue }
    }

    /// What went wrong.
    public let code: Code
    /// The reason in words; may contain paths of this machine, so it is for the log.
    public let message: String

    /// Makes an error from its code and reason.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and reason in one line, for logs.
    public var description: String { "\(code): \(message)" }
}
