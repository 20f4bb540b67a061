// Bearer tokens: JWTs signed with HS256 (RFC 7519, RFC 7515). The library does the cryptography; here is what ours say.

public import Foundation
public import JWTKit
import Synchronization

/// What an access token says: who, and until when.
public struct AccessToken: JWTPayload, Hashable {
    /// Who issues tokens.
    public static let issuer = "aimage"

    /// The user's key.
    public let subject: UUID
    /// The session's key: the token is worth nothing once its session has ended.
    public let session: UUID
    /// When it was made.
    public let issuedAt: Date
    /// When it stops being accepted.
    public let expiresAt: Date
    /// Tells tokens apart.
    public let id: UUID

    /// Makes the content of a token.
    public init(subject: UUID, session: UUID, issuedAt: Date, lifetime: TimeInterval, id: UUID = UUID()) {
        self.subject = subject
        self.session = session
        self.issuedAt = issuedAt
        expiresAt = issuedAt.addingTimeInterval(lifetime)
        self.id = id
    }

    private enum Key: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case session = "sid"
        case issuedAt = "iat"
        case expiresAt = "exp"
        case id = "jti"
    }

    /// Reads the claims, and refuses another issuer.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard try container.decode(String.self, forKey: .issuer) == Self.issuer else {
            throw DecodingError.dataCorruptedError(forKey: .issuer, in: container, debugDescription: "another issuer")
        }
        subject = try container.decode(UUID.self, forKey: .subject)
        session = try container.decode(UUID.self, forKey: .session)
        issuedAt = try container.decode(Date.self, forKey: .issuedAt)
        expiresAt = try container.decode(Date.self, forKey: .expiresAt)
        id = try container.decode(UUID.self, forKey: .id)
    }

    /// Writes the claims.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Self.issuer, forKey: .issuer)
        try container.encode(subject.uuidString.lowercased(), forKey: .subject)
        try container.encode(session.uuidString.lowercased(), forKey: .session)
        try container.encode(issuedAt, forKey: .issuedAt)
        try container.encode(expiresAt, forKey: .expiresAt)
        try container.encode(id.uuidString.lowercased(), forKey: .id)
    }

    /// Refuses a token that has expired.
    public func verify(using _: some JWTAlgorithm) throws {
        try ExpirationClaim(value: expiresAt).verifyNotExpired()
    }
}

/// Signs and checks access tokens with one secret.
public struct AccessTokenKeys: Sendable {
    /// The shortest secret that is accepted, in bytes: HS256 needs as much as its hash has (RFC 7518 section 3.2).
    public static let minimumSecretBytes = 32

    private let keys: JWTKeyCollection
    private let genuine = GenuineTokens()

    /// Takes the secret.
    ///
    /// - Throws: ``AccessTokenError`` if it is too short.
    public init(secret: [UInt8]) async throws {
        guard secret.count >= Self.minimumSecretBytes else {
            throw AccessTokenError(
                "The token secret has \(secret.count) bytes; at least \(Self.minimumSecretBytes) are needed.")
        }
        keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: Data(secret)), digestAlgorithm: .sha256)
    }

    /// A token for a user's session.
    public func issue(
        to user: UUID, session: UUID, lifetime: TimeInterval, now: Date = Date()
    ) async throws -> String {
        try await keys.sign(AccessToken(subject: user, session: session, issuedAt: now, lifetime: lifetime))
    }

    /// What a token says; nil if it isn't one of ours, was altered, or has expired.
    public func verify(_ token: some StringProtocol, now: Date = Date()) async -> AccessToken? {
        let text = String(token)
        if let known = genuine.find(text) { return known.expiresAt > now ? known : nil }
        // A bad token is an everyday event, not a failure of ours: whoever sends one is nobody.
        guard let token = try? await keys.verify(text, as: AccessToken.self) else { return nil }
        genuine.remember(text, as: token)
        return token
    }
}

/// Tokens whose signature was checked before: the same bytes need no second check, which would cost a fifth of a small
/// query.
///
/// Whether a token's session is still in force is not remembered.
private final class GenuineTokens: Sendable {
    private static let capacity = 4_096
    private let tokens = Mutex<[String: AccessToken]>([:])

    func find(_ text: String) -> AccessToken? { tokens.withLock { $0[text] } }

    func remember(_ text: String, as token: AccessToken) {
        tokens.withLock { tokens in
            // Rather seldom and everything than an order of use at every request.
            if tokens.count >= Self.capacity { tokens.removeAll(keepingCapacity: true) }
            tokens[text] = token
        }
    }
}

/// Why tokens can't be signed.
public struct AccessTokenError: Swift.Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
