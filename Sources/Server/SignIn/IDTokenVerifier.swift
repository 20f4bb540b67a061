public import EventLoop
public import Foundation
import JSON
import JWTKit

/// Verifies Google's ID tokens for one loop: whose signature, for whom, until when.
public final class IDTokenVerifier: @unchecked Sendable {  // Reason: confined to its loop.
    /// Fetches the provider's key set: its JSON text, and how many seconds it may be kept.
    public typealias FetchKeys = @Sendable () async throws -> (json: [UInt8], secondsFresh: Int?)

    private let loop: Loop
    private let rules: IDTokenRules
    private let fetchKeys: FetchKeys
    private let now: @Sendable () -> Double
    private let didFailToFetch: @Sendable (any Error) -> Void
    private var cache = KeySetCache<Insecure.RSA.PublicKey>()
    /// The fetch under way, which everybody awaits who needs one.
    private var fetching: Task<Void, Never>?

    /// A verifier for tokens that were issued for one of `audiences`.
    ///
    /// - Parameters:
    ///   - loop: where it lives.
    ///   - audiences: the client ids of this installation.
    ///   - fetchKeys: fetches the provider's keys.
    ///   - now: seconds since 1970.
    ///   - didFailToFetch: told of every failed fetch, for the log.
    public init(
        loop: Loop, audiences: [String], fetchKeys: @escaping FetchKeys,
        now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
        didFailToFetch: @escaping @Sendable (any Error) -> Void
    ) {
        self.loop = loop
        rules = IDTokenRules(audiences: audiences)
        self.fetchKeys = fetchKeys
        self.now = now
        self.didFailToFetch = didFailToFetch
    }

    /// What a token says, if it is true.
    ///
    /// The nonce is what the client gave to Google when the sign-in began; nil: not looked at.
    public func verify(_ text: String, nonce: String?) async throws(IDTokenError) -> IDTokenClaims {
        loop.preconditionOnLoop("IDTokenVerifier.verify")
        let token = try IDToken(text)
        let key = try await key(token.keyID)
        guard await Self.isSigned(token, by: key) else {
            throw IDTokenError(.signatureInvalid, "The token's signature is not Google's.")
        }
        return try rules.check(token.claims, nonce: nonce, now: now())
    }

    private func key(_ id: String) async throws(IDTokenError) -> Insecure.RSA.PublicKey {
        var decision = cache.decide(id, now: now())
        switch decision {
        case .use, .useAndRefresh: break
        case .unknown where fetching == nil, .unavailable where fetching == nil: break
        case .fetch, .unknown, .unavailable:
            // Whoever comes while a fetch is under way waits for it too.
            beginFetch()
            await fetching?.value
            decision = cache.afterFetch(id, now: now())
        }
        switch decision {
        case .use(let key): return key
        case .useAndRefresh(let key):
            beginFetch()
            return key
        case .unknown: throw IDTokenError(.keyUnknown, "Google has no key of this name.")
        case .fetch, .unavailable:
            throw IDTokenError(.providerUnavailable, "Google's keys cannot be fetched now. Try again later.")
        }
    }

    /// Fetches the keys, unless that is under way.
    private func beginFetch() {
        guard fetching == nil else { return }
        cache.fetchBegan(now: now())
        fetching = loop.spawn { [self] in
            do {
                let answer = try await fetchKeys()
                cache.fetched(try Self.keys(in: answer.json), secondsFresh: answer.secondsFresh, now: now())
            } catch {
                didFailToFetch(error)
            }
            fetching = nil
        }
    }

    /// The RSA keys for signatures of at least 2048 bits in a key set (RFC 7517), by name; others are not for us.
    static func keys(in json: [UInt8]) throws -> [String: Insecure.RSA.PublicKey] {
        var keys: [String: Insecure.RSA.PublicKey] = [:]
        for entry in try JSONReader.read(json)["keys"]?.array ?? [] {
            guard entry["kty"] == "RSA", entry["use"] ?? "sig" == "sig", entry["alg"] ?? "RS256" == "RS256",
                let id = entry["kid"]?.string, let modulus = entry["n"]?.string, let exponent = entry["e"]?.string,
                // A key that is too short, or no key at all, is as good as none.
                let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
            else { continue }
            keys[id] = key
        }
        return keys
    }

    private static func isSigned(_ token: IDToken, by key: Insecure.RSA.PublicKey) async -> Bool {
        let keys = JWTKeyCollection()
        await keys.add(rsa: key, digestAlgorithm: .sha256)
        // What cannot be checked is not signed.
        return (try? await keys.getKey().verify(token.signature, signs: token.signedText)) ?? false
    }
}
