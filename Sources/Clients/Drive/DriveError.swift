/// Why a file of Google Drive cannot be had.
public struct DriveError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure; open, so that a new one breaks nobody.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable name, which the API gives, too.
        public let name: String

        private init(_ name: String) { self.name = name }

        /// The access token has ended or is none: the person has to sign in to Google again.
        public static let signIn = Code("DRIVE_SIGN_IN")
        /// The person may not read the file, or has not given it to this program.
        public static let forbidden = Code("DRIVE_FORBIDDEN")
        /// There is no such file for the person.
        public static let notFound = Code("DRIVE_NOT_FOUND")
        /// It is a folder, a document of Google's, or a shortcut to a shortcut: there are no bytes.
        public static let noFile = Code("DRIVE_NO_FILE")
        /// The file is larger than allowed.
        public static let tooLarge = Code("DRIVE_TOO_LARGE")
        /// What came is not what Drive has: another length or another checksum.
        public static let damaged = Code("DRIVE_DAMAGED")
        /// Drive does not answer, or wants to be asked less, after some attempts.
        public static let unavailable = Code("DRIVE_UNAVAILABLE")
        /// The answer cannot be understood.
        public static let invalidResponse = Code("DRIVE_INVALID_RESPONSE")

        /// The stable name.
        public var description: String { name }
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, for people, in English; nothing that Drive has said.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and message, for logs.
    public var description: String { "\(code): \(message)" }

    /// The error for a token that has ended, or is not there any more.
    public static let signIn = DriveError(
        .signIn, "Google does not accept the sign-in any more. Sign in to Google again.")

    /// What an answer means that is none of success; nil if the same may be asked again.
    static func of(status: Int, reason: String?) -> DriveError? {
        switch (status, reason) {
        case (401, _): signIn
        case (403, "rateLimitExceeded"), (403, "userRateLimitExceeded"), (403, "sharingRateLimitExceeded"), (408, _),
            (429, _), (500, _), (502, _), (503, _), (504, _):
            nil
        case (403, _): DriveError(.forbidden, "You may not download this file of Google Drive.")
        case (404, _): DriveError(.notFound, "Google Drive has no such file for you.")
        // A redirect would carry the token to another host.
        default: DriveError(.invalidResponse, "Google Drive has answered \(status).")
        }
    }
}
