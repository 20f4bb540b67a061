/// Why somebody is not signed in, or no longer.
public struct SignInRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason; its name is the API's error code.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name, in capitals.
        public let name: String

        /// A reason that another layer names.
        public init(_ name: String) { self.name = name }

        /// This server has no identity provider.
        public static let disabled = Code("SIGN_IN_DISABLED")
        /// The account's domain may not sign in here.
        public static let domainNotAllowed = Code("DOMAIN_NOT_ALLOWED")
        /// The address belongs to an account that this identity may not take over.
        public static let accountConflict = Code("ACCOUNT_CONFLICT")
        /// The request came without a refresh token.
        public static let refreshTokenMissing = Code("REFRESH_TOKEN_MISSING")
        /// The refresh token is none of ours.
        public static let refreshTokenInvalid = Code("REFRESH_TOKEN_INVALID")
        /// The session's time is over.
        public static let sessionExpired = Code("SESSION_EXPIRED")
        /// The session was ended by signing out.
        public static let sessionRevoked = Code("SESSION_REVOKED")
        /// The refresh token was used before: two parties have it, so the session was ended for both.
        public static let refreshTokenReused = Code("REFRESH_TOKEN_REUSED")
        /// This transport cannot set cookies.
        public static let cookiesUnavailable = Code("COOKIES_UNAVAILABLE")

        /// The stable name.
        public var description: String { name }
    }

    /// The reason.
    public let code: Code
    /// What happened, for people, in English.
    public let message: String

    /// A refusal.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
