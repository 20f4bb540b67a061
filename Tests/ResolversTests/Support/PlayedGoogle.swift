import Foundation
import Workflows

@testable import Resolvers

/// A Google that believes tokens of the form `subject|address|domain` or `subject|address|domain|picture`, and a signer whose tokens say what they are for.
enum PlayedGoogle {
    static let services = SignInServices(
        allowedDomains: [],
        verify: { token, nonce in
            let parts = token.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard (3...4).contains(parts.count), nonce != "wrong" else {
                throw SignInRefusal(.init("ID_TOKEN_MALFORMED"), "This is not a signed token.")
            }
            return ExternalIdentity(
                subject: parts[0], email: parts[1], name: "星見 そら", hostedDomain: parts[2].isEmpty ? nil : parts[2],
                pictureURL: parts.count == 4 ? parts[3] : nil)
        },
        issue: { user, session, seconds in "\(user) \(session) \(seconds)" })
}

extension SignInExchange {
    /// The tokens that the answer sets.
    var tokens: Tokens? { if case .signedIn(let tokens)? = outcome { tokens } else { nil } }
}
