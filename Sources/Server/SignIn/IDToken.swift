import Hashing
import JSON

/// An ID token taken apart and not yet believed (RFC 7515 §3.1, compact form).
struct IDToken {
    /// The largest token that is looked at, in bytes.
    static let maximumBytes = 8 << 10

    /// Header and claims as they came: what the signature is of.
    let signedText: [UInt8]
    let signature: [UInt8]
    /// The name of the key that it claims to be signed with.
    let keyID: String
    let claims: JSONObject

    init(_ text: String) throws(IDTokenError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.maximumBytes, parts.count == 3,
            let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw IDTokenError(.malformed, "This is not a signed token.") }
        // Before any key is looked for: the token must not choose how it is checked.
        guard header["alg"] == "RS256", !header.contains("crit") else {
            throw IDTokenError(.algorithmRefused, "The token must be signed with RS256.")
        }
        guard let keyID = header["kid"]?.string, !keyID.isEmpty else {
            throw IDTokenError(.malformed, "The token names no key.")
        }
        signedText = Array(text.utf8.prefix(text.utf8.count - parts[2].utf8.count - 1))
        self.signature = signature
        self.keyID = keyID
        self.claims = claims
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64URL.decode(part) else { return nil }
        // Whatever is wrong with a stranger's JSON, the token is malformed.
        return (try? JSONReader.read(bytes))?.object
    }
}

/// What an ID token says of a person, verified (OpenID Connect Core §2, Google's claims).
public struct IDTokenClaims: Sendable, Hashable {
    /// The provider's stable name for the person.
    public let subject: String
    /// The verified e-mail address.
    public let email: String
    /// The name to show; empty if there is none.
    public let name: String
    /// The Google Workspace domain of the account; nil for a private one.
    public let hostedDomain: String?
    /// Where a picture of the person is, unchecked; nil for none.
    public let pictureURL: String?
}

/// What is expected of an ID token's claims; pure.
struct IDTokenRules {
    /// Google writes its name in both ways.
    static let issuers: Set<String> = ["https://accounts.google.com", "accounts.google.com"]
    /// How far clocks may differ, in seconds.
    static let leeway = 30.0

    /// Our client ids.
    let audiences: [String]

    /// Checks the claims at a moment in seconds since 1970.
    func check(_ claims: JSONObject, nonce: String?, now: Double) throws(IDTokenError) -> IDTokenClaims {
        guard let issuer = claims["iss"]?.string, Self.issuers.contains(issuer) else {
            throw IDTokenError(.issuerRefused, "The token was not issued by Google.")
        }
        try checkAudience(claims)
        try checkTime(claims, now)
        if let nonce {
            guard claims["nonce"]?.string == nonce else {
                throw IDTokenError(.nonceMismatch, "The token answers another sign-in.")
            }
        }
        guard let subject = claims["sub"]?.string, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw IDTokenError(.malformed, "The token names nobody.") }
        guard let email = claims["email"]?.string, (3...255).contains(email.utf8.count), email.contains("@") else {
            throw IDTokenError(.malformed, "The token has no e-mail address: ask Google for the scope \"email\".")
        }
        guard claims["email_verified"] == true || claims["email_verified"] == "true" else {
            throw IDTokenError(.emailNotVerified, "Google has not verified the e-mail address.")
        }
        return IDTokenClaims(
            subject: subject, email: email, name: claims["name"]?.string ?? "", hostedDomain: claims["hd"]?.string,
            pictureURL: claims["picture"]?.string)
    }

    private func checkAudience(_ claims: JSONObject) throws(IDTokenError) {
        let party = claims["azp"]?.string
        let isOurs =
            switch claims["aud"] {
            case .string(let audience)?: audiences.contains(audience) && (party.map(audiences.contains) ?? true)
            // With several audiences the token must have been made for us (OpenID Connect Core §3.1.3.7).
            case .array(let list)?:
                list.contains { $0.string.map(audiences.contains) ?? false } && party.map(audiences.contains) == true
            default: false
            }
        guard isOurs else { throw IDTokenError(.audienceRefused, "The token was issued for another application.") }
    }

    private func checkTime(_ claims: JSONObject, _ now: Double) throws(IDTokenError) {
        guard let expiresAt = claims["exp"]?.double, let issuedAt = claims["iat"]?.double else {
            throw IDTokenError(.malformed, "The token does not say when it was issued and when it expires.")
        }
        guard expiresAt > now - Self.leeway else { throw IDTokenError(.expired, "The token has expired.") }
        let begins = max(issuedAt, claims["nbf"]?.double ?? issuedAt)
        guard begins < now + Self.leeway else { throw IDTokenError(.notYetValid, "The token is from the future.") }
    }
}
