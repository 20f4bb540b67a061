/// Why an ID token proves nothing.
public struct IDTokenError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason; its name is the API's error code.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name, in capitals.
        public let name: String

        private init(_ name: String) { self.name = name }

        /// It is no signed token, or a claim is missing or of the wrong type.
        public static let malformed = Code("ID_TOKEN_MALFORMED")
        /// It is signed with another algorithm than RS256, or not at all.
        public static let algorithmRefused = Code("ID_TOKEN_ALGORITHM_REFUSED")
        /// The provider has no key of this name.
        public static let keyUnknown = Code("ID_TOKEN_KEY_UNKNOWN")
        /// The signature is not the provider's.
        public static let signatureInvalid = Code("ID_TOKEN_SIGNATURE_INVALID")
        /// Somebody else issued it.
        public static let issuerRefused = Code("ID_TOKEN_ISSUER_REFUSED")
        /// It was issued for another application.
        public static let audienceRefused = Code("ID_TOKEN_AUDIENCE_REFUSED")
        /// Its time is over.
        public static let expired = Code("ID_TOKEN_EXPIRED")
        /// It is from the future.
        public static let notYetValid = Code("ID_TOKEN_NOT_YET_VALID")
        /// It answers another sign-in than the one that the client began.
        public static let nonceMismatch = Code("ID_TOKEN_NONCE_MISMATCH")
        /// The provider has not verified the e-mail address.
        public static let emailNotVerified = Code("EMAIL_NOT_VERIFIED")
        /// The provider's keys cannot be fetched; trying again later may help.
        public static let providerUnavailable = Code("IDENTITY_PROVIDER_UNAVAILABLE")

        /// The stable name.
        public var description: String { name }
    }

    /// The reason.
    public let code: Code
    /// What happened, for people, in English.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and message.
    public var description: String { "\(code): \(message)" }
}
