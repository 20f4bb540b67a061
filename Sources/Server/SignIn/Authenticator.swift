public import Foundation
public import Resolvers

/// Who is asking.
struct Viewer: Sendable {
    /// Who is signed in; nil: nobody.
    let signedIn: SignedIn?
    /// When the credential expires; a socket is closed then.
    let expiresAt: Date?

    var user: UUID? { signedIn?.user }

    /// The same for work that goes on after this request: nothing that was loaded is kept.
    var forLater: Viewer { Viewer(signedIn: signedIn?.withoutRow, expiresAt: expiresAt) }

    static let nobody = Viewer(signedIn: nil, expiresAt: nil)
}

/// What became of credentials.
enum Authentication: Sendable {
    case accepted(Viewer)
    case refused
    /// The database does not answer.
    case unavailable
}

/// Finds out who sent a request: first whether the credential is genuine, then whether it is still in force.
///
/// Nothing but genuine signatures is remembered between two requests, so the end of a session counts from the next one on.
public struct Authenticator: Sendable {
    /// Who has the session, if it is in force: one statement, which also loads the viewer.
    public typealias FindSession = @Sendable (_ session: UUID, _ user: UUID) async throws -> SignedIn?
    /// Whose service token this is, if it is in force, and when it expires.
    public typealias FindServiceToken = @Sendable (_ token: String) async throws -> (SignedIn, expiresAt: Date?)?

    /// What a request may carry.
    struct Credentials: Sendable {
        /// The `Authorization` header.
        var authorization: String?
        /// The access token's cookie; the header goes before it.
        var cookie: String?

        init(authorization: String?, cookie: String?) {
            self.authorization = authorization
            self.cookie = cookie
        }

        /// What a request carries, behind the CSRF guard or the check of a WebSocket's origin.
        init(_ request: HTTPRequest) {
            authorization = request.headers["authorization"]
            cookie = SignInCookies.value(SignInCookies.accessName, in: request.headers)
        }
    }

    private let keys: AccessTokenKeys
    private let serviceTokenPrefix: String
    private let findSession: FindSession
    private let findServiceToken: FindServiceToken

    /// An authenticator over the program's tables.
    public init(
        keys: AccessTokenKeys, serviceTokenPrefix: String, findSession: @escaping FindSession,
        findServiceToken: @escaping FindServiceToken
    ) {
        self.keys = keys
        self.serviceTokenPrefix = serviceTokenPrefix
        self.findSession = findSession
        self.findServiceToken = findServiceToken
    }

    /// Who has these credentials; throws when the database does not answer.
    ///
    /// None is nobody. Credentials that are no good are refused, so that a client learns that its token has expired
    /// instead of seeing an empty world; a cookie that is no good is none, because browsers keep what they cannot read.
    func authenticate(_ credentials: Credentials) async throws -> Authentication {
        if let authorization = credentials.authorization, !authorization.isEmpty {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer", let viewer = try await viewer(parts[1]) else {
                return .refused
            }
            return .accepted(viewer)
        }
        guard let cookie = credentials.cookie else { return .accepted(.nobody) }
        return .accepted(try await viewer(cookie[...]) ?? .nobody)
    }

    private func viewer(_ token: Substring) async throws -> Viewer? {
        if token.hasPrefix(serviceTokenPrefix) {
            return try await findServiceToken(String(token)).map { Viewer(signedIn: $0.0, expiresAt: $0.expiresAt) }
        }
        guard let token = await keys.verify(token) else { return nil }
        guard let signedIn = try await findSession(token.session, token.subject) else { return nil }
        return Viewer(signedIn: signedIn, expiresAt: token.expiresAt)
    }
}
