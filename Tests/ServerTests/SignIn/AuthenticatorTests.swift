import Foundation
import Resolvers
import Testing

@testable import Server

@Suite("Authenticator")
struct AuthenticatorTests {
    private let user = UUID()
    private let session = UUID()

    private func authenticator(isInForce: Bool = true) async throws -> (Authenticator, AccessTokenKeys) {
        let keys = try await AccessTokenKeys(secret: Array(repeating: 5, count: 32))
        let authenticator = Authenticator(
            keys: keys, serviceTokenPrefix: "service_",
            findSession: { session, user in
                isInForce && session == self.session ? SignedIn(user: user, session: session) : nil
            },
            findServiceToken: { token in
                token == "service_good" ? (SignedIn(user: self.user, session: nil), expiresAt: nil) : nil
            })
        return (authenticator, keys)
    }

    private func outcome(
        _ authenticator: Authenticator, authorization: String? = nil, cookie: String? = nil
    ) async throws -> String {
        switch try await authenticator.authenticate(.init(authorization: authorization, cookie: cookie)) {
        case .refused: "refused"
        case .unavailable: "unavailable"
        case .accepted(let viewer): viewer.user == nil ? "nobody" : viewer.user == user ? "user" : "somebody"
        }
    }

    @Test
    func `Nothing is nobody, and a header that is no good is refused`() async throws {
        let (authenticator, keys) = try await authenticator()
        let token = try await keys.issue(to: user, session: session, lifetime: 60)
        for (authorization, expected) in [
            (nil, "nobody"), ("", "nobody"), ("Bearer \(token)", "user"), ("bearer \(token)", "user"),
            (token, "refused"), ("Basic \(token)", "refused"), ("Bearer x", "refused"), ("Bearer", "refused"),
            ("Bearer service_good", "user"), ("Bearer service_bad", "refused"),
        ] as [(String?, String)] {
            #expect(
                try await outcome(authenticator, authorization: authorization) == expected, "\(authorization ?? "")")
        }
    }

    @Test
    func `A token of a session that has ended is refused although its signature is good`() async throws {
        let (authenticator, keys) = try await authenticator(isInForce: false)
        let token = try await keys.issue(to: user, session: session, lifetime: 60)
        #expect(try await outcome(authenticator, authorization: "Bearer \(token)") == "refused")
    }

    @Test
    func `The cookie counts where there is no header, and one that is no good is none`() async throws {
        let (authenticator, keys) = try await authenticator()
        let token = try await keys.issue(to: user, session: session, lifetime: 60)
        #expect(try await outcome(authenticator, cookie: token) == "user")
        #expect(try await outcome(authenticator, cookie: "x") == "nobody")
        #expect(try await outcome(authenticator, authorization: "Bearer x", cookie: token) == "refused")
    }

    @Test(
        arguments: [
            ("aimage_access=abc", "abc"), ("a=b; aimage_access=abc; c=d", "abc"), ("aimage_access=", nil),
            ("xaimage_access=abc", nil), ("aimage_access", nil), ("aimage_access=a=b", "a=b"),
            ("aimage_access=one; aimage_access=two", "one"),
        ] as [(String, String?)])
    func `Cookies are read by name`(field: String, value: String?) {
        #expect(SignInCookies.value("aimage_access", in: ["Cookie": field]) == value)
    }

    @Test
    func `Cookies are out of the reach of scripts, of the clear, and of other sites`() {
        let tokens = SignInExchange.Tokens(access: "A", accessSeconds: 900, refresh: "R", refreshSeconds: 60)
        #expect(
            SignInCookies(sameSite: .strict).fields(for: .signedIn(tokens)) == [
                "aimage_access=A; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Strict",
                "aimage_refresh=R; Path=/graphql; Max-Age=60; HttpOnly; Secure; SameSite=Strict",
            ])
        #expect(
            SignInCookies(sameSite: .none).fields(for: .signedOut) == [
                "aimage_access=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None",
                "aimage_refresh=; Path=/graphql; Max-Age=0; HttpOnly; Secure; SameSite=None",
            ])
    }
}
