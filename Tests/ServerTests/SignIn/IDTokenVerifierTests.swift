import EventLoop
import Foundation
import Testing

@testable import Server

/// A Google that the test plays: its keys, and how often they were asked for.
private final class Provider: @unchecked Sendable {  // Reason: confined to the test's loop.
    var keys = ["a": ProviderKeys.first]
    var isDown = false
    var fetches = 0
    var now = 1_800_000_000.0

    func verifier(_ loop: Loop) -> IDTokenVerifier {
        IDTokenVerifier(
            loop: loop, audiences: ["ours", "also-ours"],
            fetchKeys: { [self] in
                fetches += 1
                if isDown { throw Secret() }
                return (Array(try ProviderKeys.keySet(keys).utf8), 3600)
            }, now: { [self] in now }, didFailToFetch: { _ in })
    }
}

@Suite("IDTokenVerifier")
struct IDTokenVerifierTests {
    private static let header = #"{"alg":"RS256","kid":"a","typ":"JWT"}"#

    private static let good: [String: String] = [
        "iss": #""https://accounts.google.com""#, "aud": #""ours""#, "azp": #""ours""#, "sub": #""10769150350""#,
        "email": #""Sora@Hoshimi.example""#, "email_verified": "true", "name": #""星見 そら""#,
        "hd": #""hoshimi.example""#, "iat": "1799999990", "exp": "1800003590", "nonce": #""n-1""#,
    ]

    /// The good claims with changes; nil leaves one out.
    private static func claims(_ changes: [String: String?] = [:]) -> String {
        var claims = good
        for (name, value) in changes { claims[name] = value }
        return "{" + claims.sorted { $0.key < $1.key }.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ",")
            + "}"
    }

    private func run(_ body: @escaping @Sendable (Provider, IDTokenVerifier) async throws -> Void) async throws {
        let loop = try Loop(name: "test")
        try loop.start()
        let result = await Result.of {
            try await loop.run {
                let provider = Provider()
                try await body(provider, provider.verifier(loop))
            }
        }
        await loop.stop()
        try result.get()
    }

    private func refusal(
        _ verifier: IDTokenVerifier, _ token: String, nonce: String? = nil
    ) async -> IDTokenError.Code? {
        do {
            _ = try await verifier.verify(token, nonce: nonce)
            return nil
        } catch {
            return error.code
        }
    }

    @Test
    func `A good token says who it is`() async throws {
        try await run { _, verifier in
            let token = try await ProviderKeys.token(Self.claims(), header: Self.header, key: ProviderKeys.first)
            let claims = try await verifier.verify(token, nonce: "n-1")
            #expect(claims.subject == "10769150350")
            #expect(claims.email == "Sora@Hoshimi.example")
            #expect(claims.name == "星見 そら")
            #expect(claims.hostedDomain == "hoshimi.example")
        }
    }

    @Test(
        arguments: [
            (["iss": #""accounts.google.com""#], nil),
            (["iss": #""https://accounts.google.com/""#], .issuerRefused),
            (["iss": #""https://evil.example""#], .issuerRefused), (["iss": nil], .issuerRefused),
            (["iss": "1"], .issuerRefused),
            (["aud": #""also-ours""#, "azp": nil], nil), (["aud": #""theirs""#], .audienceRefused),
            (["aud": nil], .audienceRefused), (["aud": "1"], .audienceRefused),
            (["azp": #""theirs""#], .audienceRefused), (["azp": #""also-ours""#], nil),
            (["aud": #"["theirs","ours"]"#], nil), (["aud": #"["theirs","ours"]"#, "azp": nil], .audienceRefused),
            (["aud": #"["theirs"]"#], .audienceRefused), (["aud": "[]"], .audienceRefused),
            (["exp": "1799999970"], .expired), (["exp": "1799999971"], nil), (["exp": "1799999970.5"], nil),
            (["exp": nil], .malformed), (["exp": #""1800003590""#], .malformed), (["iat": nil], .malformed),
            (["iat": "1800000030"], .notYetValid), (["iat": "1800000029"], nil),
            (["nbf": "1800000030"], .notYetValid), (["nbf": "1800000029"], nil),
            (["sub": nil], .malformed), (["sub": #""""#], .malformed), (["sub": #""a b""#], .malformed),
            (["sub": "\"" + String(repeating: "1", count: 255) + "\""], nil),
            (["sub": "\"" + String(repeating: "1", count: 256) + "\""], .malformed),
            (["email": nil], .malformed), (["email": #""nobody""#], .malformed),
            (["email_verified": "false"], .emailNotVerified), (["email_verified": nil], .emailNotVerified),
            (["email_verified": #""true""#], nil), (["email_verified": "1"], .emailNotVerified),
            (["hd": nil], nil), (["name": nil], nil), (["nonce": #""n-2""#], .nonceMismatch),
            (["nonce": nil], .nonceMismatch),
        ] as [([String: String?], IDTokenError.Code?)])
    func `Each claim is looked at`(changes: [String: String?], expected: IDTokenError.Code?) async throws {
        try await run { _, verifier in
            let token = try await ProviderKeys.token(Self.claims(changes), header: Self.header, key: ProviderKeys.first)
            #expect(await refusal(verifier, token, nonce: "n-1") == expected)
        }
    }

    @Test(
        arguments: [
            (#"{"alg":"none","kid":"a"}"#, .algorithmRefused), (#"{"alg":"HS256","kid":"a"}"#, .algorithmRefused),
            (#"{"alg":"RS384","kid":"a"}"#, .algorithmRefused), (#"{"alg":"rs256","kid":"a"}"#, .algorithmRefused),
            (#"{"kid":"a"}"#, .algorithmRefused),
            (#"{"alg":"RS256","kid":"a","crit":["exp"],"exp":1}"#, .algorithmRefused),
            (#"{"alg":"RS256"}"#, .malformed), (#"{"alg":"RS256","kid":""}"#, .malformed), (#"[]"#, .malformed),
            (#"{"alg":"RS256","kid":"b"}"#, .keyUnknown),
            (#"{"alg":"RS256","kid":"a","jku":"https://evil.example"}"#, nil),
        ] as [(String, IDTokenError.Code?)])
    func `The header may not choose how it is checked`(header: String, expected: IDTokenError.Code?) async throws {
        try await run { provider, verifier in
            let token = try await ProviderKeys.token(Self.claims(), header: header, key: ProviderKeys.first)
            #expect(await refusal(verifier, token) == expected)
            // Whoever is refused by the header alone costs the provider no request.
            if expected == .algorithmRefused || expected == .malformed { #expect(provider.fetches == 0) }
        }
    }

    @Test
    func `A signature of another key, and an altered text, are refused`() async throws {
        try await run { _, verifier in
            let forged = try await ProviderKeys.token(Self.claims(), header: Self.header, key: ProviderKeys.second)
            #expect(await refusal(verifier, forged) == .signatureInvalid)
            let token = try await ProviderKeys.token(Self.claims(), header: Self.header, key: ProviderKeys.first)
            var parts = token.split(separator: ".").map(String.init)
            parts[1] = ProviderKeys.base64URL(Data(Self.claims(["sub": #""1""#]).utf8))
            #expect(await refusal(verifier, parts.joined(separator: ".")) == .signatureInvalid)
        }
    }

    @Test
    func `What is no token, or is too long for one, is malformed`() async throws {
        try await run { provider, verifier in
            let token = try await ProviderKeys.token(Self.claims(), header: Self.header, key: ProviderKeys.first)
            for text in ["", "a", "..", "a.b.c", "\(token).x", "\(token)=", "\(token) "] {
                #expect(await refusal(verifier, text) == .malformed, "\(text)")
            }
            let filler = #""\#(String(repeating: "x", count: 8_192))""#
            let long = try await ProviderKeys.token(
                Self.claims(["name": filler]), header: Self.header, key: ProviderKeys.first)
            #expect(await refusal(verifier, long) == .malformed)
            #expect(provider.fetches == 0)
        }
    }

    @Test
    func `A new key is fetched once, and its predecessor is refused when it is gone`() async throws {
        try await run { provider, verifier in
            let old = try await ProviderKeys.token(Self.claims(), header: Self.header, key: ProviderKeys.first)
            let new = try await ProviderKeys.token(
                Self.claims(), header: #"{"alg":"RS256","kid":"b"}"#, key: ProviderKeys.second)
            #expect(await refusal(verifier, old) == nil)
            #expect(await refusal(verifier, new) == .keyUnknown)
            #expect(provider.fetches == 1)
            provider.keys = ["b": ProviderKeys.second]
            provider.now += 60
            #expect(await refusal(verifier, new) == nil)
            #expect(await refusal(verifier, old) == .keyUnknown)
            #expect(provider.fetches == 2)
        }
    }

    @Test
    func `Fifty sign-ins at once ask for the keys once`() async throws {
        try await run { provider, verifier in
            let token = try await ProviderKeys.token(Self.claims(), header: Self.header, key: ProviderKeys.first)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { #expect(await refusal(verifier, token) == nil) } }
            }
            #expect(provider.fetches == 1)
        }
    }

    @Test
    func `A provider that is down is told from a bad token, and old keys go on`() async throws {
        try await run { provider, verifier in
            let token = try await ProviderKeys.token(
                Self.claims(["exp": "1900000000"]), header: Self.header, key: ProviderKeys.first)
            provider.isDown = true
            #expect(await refusal(verifier, token) == .providerUnavailable)
            provider.isDown = false
            provider.now += 60
            #expect(await refusal(verifier, token) == nil)
            provider.isDown = true
            provider.now += 3600
            #expect(await refusal(verifier, token) == nil)
            #expect(provider.fetches == 3)
        }
    }

    @Test
    func `Keys that are short, for encryption, or of another kind are left out`() throws {
        let short = ProviderKeys.shortKey
        let set = """
            {"keys":[{"kty":"EC","kid":"ec","crv":"P-256","x":"AA","y":"AA"},{"kty":"RSA","kid":"none"},
            {"kty":"RSA","use":"enc","kid":"enc","n":"\(short)","e":"AQAB"},
            {"kty":"RSA","kid":"short","n":"\(short)","e":"AQAB"}]}
            """
        #expect(try IDTokenVerifier.keys(in: Array(set.utf8)).isEmpty)
        let good = try ProviderKeys.keySet(["a": ProviderKeys.first, "b": ProviderKeys.second])
        #expect(try Set(IDTokenVerifier.keys(in: Array(good.utf8)).keys) == ["a", "b"])
    }
}

extension Result where Failure == any Error {
    /// What an asynchronous closure gives.
    fileprivate static func of(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
