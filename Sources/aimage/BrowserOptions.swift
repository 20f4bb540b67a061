public import ArgumentParser
import Clients
import EventLoop
import Foundation
import Logging
import Resolvers
public import Server
import Workflows

/// Flags about browsers: which pages get in, with which cookies, and what the schema tells strangers.
struct BrowserOptions: ParsableArguments {
    @Option(help: "Whose pages make browsers send the sign-in cookies: strict, lax or none.")
    var cookieSameSite = CookieSameSite.strict
    @Option(
        help: """
            Who may ask for the schema: on (everybody), authenticated or off; left out: everybody with the embedded \
            database, else who is signed in.
            """)
    var introspection: IntrospectionAccess?
}

/// `--cookie-same-site`.
enum CookieSameSite: String, ExpressibleByArgument, CaseIterable {
    case strict, lax, none

    var value: SignInCookies.SameSite {
        switch self {
        case .strict: .strict
        case .lax: .lax
        case .none: .none
        }
    }
}

extension IntrospectionAccess: ExpressibleByArgument {}

/// How people sign in with Google, from the environment.
struct GoogleConfiguration: Sendable {
    /// `GOOGLE_CLIENT_ID`: our client ids, separated by commas; none: nobody signs in with Google.
    var audiences = Environment.list("GOOGLE_CLIENT_ID")
    /// `GOOGLE_HOSTED_DOMAIN`: whose accounts may sign in beside those of organisations' domains; none: everybody's.
    var hostedDomains = Environment.list("GOOGLE_HOSTED_DOMAIN").map { $0.lowercased() }
    /// `GOOGLE_JWKS_URL`: where Google's keys are.
    var keySetURL = Environment.value("GOOGLE_JWKS_URL") ?? KeySetSource.googleURL

    /// What the resolvers of a loop need of it.
    func services(client: HTTPClient, keys: AccessTokenKeys, logger: Logger) -> SignInServices {
        let source = KeySetSource(client: client, url: keySetURL)
        let audiences = audiences
        let verifier = IDTokenVerifier(
            loop: client.loop, audiences: audiences,
            fetchKeys: {
                let answer = try await source.fetch()
                return (answer.json, answer.secondsFresh)
            },
            didFailToFetch: { logger.warning("Google's keys were not fetched", metadata: ["error": "\($0)"]) })
        return SignInServices(
            allowedDomains: hostedDomains,
            verify: { token, nonce in
                guard !audiences.isEmpty else {
                    throw SignInRefusal(.disabled, "Nobody signs in with Google here: GOOGLE_CLIENT_ID is not set.")
                }
                do {
                    return ExternalIdentity(try await verifier.verify(token, nonce: nonce))
                } catch let error as IDTokenError {
                    throw SignInRefusal(.init(error.code.name), error.message)
                }
            },
            issue: { user, session, seconds in
                try await keys.issue(to: user, session: session, lifetime: TimeInterval(seconds))
            })
    }
}

extension ExternalIdentity {
    fileprivate init(_ claims: IDTokenClaims) {
        self.init(
            subject: claims.subject, email: claims.email, name: claims.name, hostedDomain: claims.hostedDomain,
            pictureURL: claims.pictureURL)
    }
}

extension Environment {
    /// The items of a variable that is a list with commas.
    static func list(_ name: String) -> [String] {
        (value(name) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}
