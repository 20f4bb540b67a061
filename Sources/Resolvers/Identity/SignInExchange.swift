// Signing in reads and sets cookies, which only a transport has: this is what the two sides hand each other.

public import Foundation
public import Workflows

/// What signing in needs of one request, and what its answer has to carry.
public final class SignInExchange: @unchecked Sendable {  // Reason: confined to its request's loop.
    /// The cookies' contents.
    public struct Tokens: Sendable, Hashable {
        /// The access token.
        public let access: String
        /// How long it is good for.
        public let accessSeconds: Int
        /// The refresh token.
        public let refresh: String
        /// How long it is good for.
        public let refreshSeconds: Int

        /// The contents of both cookies.
        public init(access: String, accessSeconds: Int, refresh: String, refreshSeconds: Int) {
            self.access = access
            self.accessSeconds = accessSeconds
            self.refresh = refresh
            self.refreshSeconds = refreshSeconds
        }
    }

    /// What the cookies become.
    public enum Outcome: Sendable, Hashable {
        /// They hold these.
        case signedIn(Tokens)
        /// They are deleted.
        case signedOut
    }

    /// The refresh token that came with the request.
    let refreshToken: String?
    /// The client's name for itself.
    let userAgent: String
    /// What the cookies become; nil: they stay as they are.
    public internal(set) var outcome: Outcome?

    /// What a request brought.
    public init(refreshToken: String?, userAgent: String?) {
        self.refreshToken = refreshToken
        self.userAgent = userAgent ?? ""
    }
}

/// What signing in needs of the program: an identity provider, and somebody who signs access tokens.
public struct SignInServices: Sendable {
    /// How long an access token is good for, in seconds.
    public static let accessSeconds = 15 * 60

    /// Verifies an ID token; throws ``SignInRefusal``.
    public typealias Verify = @Sendable (_ idToken: String, _ nonce: String?) async throws -> ExternalIdentity
    /// Signs an access token for a session.
    public typealias Issue = @Sendable (_ user: UUID, _ session: UUID, _ seconds: Int) async throws -> String

    let verify: Verify
    let issue: Issue
    let allowedDomains: [String]

    /// Signing in for the accounts of these domains beside those of organisations; with no domains, for everybody.
    public init(allowedDomains: [String], verify: @escaping Verify, issue: @escaping Issue) {
        self.allowedDomains = allowedDomains
        self.verify = verify
        self.issue = issue
    }
}
