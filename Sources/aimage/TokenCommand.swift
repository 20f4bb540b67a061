import ArgumentParser
import Database
import EventLoop
import Foundation
import Logging
import Server
import Workflows

struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a token of a known user, or revokes one.",
        discussion: """
            Without --service it is an access token of a new session, which the user ends by signing out everywhere. With \
            --service it is a program's token, which acts with the user's rights until it is revoked.
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "The user's e-mail address.") var email: String?
    @Option(help: "The name of a program's token.") var service: String?
    @Flag(help: "Revokes the token of --service.") var revoke = false

    func validate() throws {
        if revoke {
            guard service != nil, email == nil else { throw ValidationError("--revoke goes with --service alone.") }
        } else {
            guard email != nil else { throw ValidationError("Whose token? Give --email.") }
        }
    }

    func run() async throws {
        let secret = try Secrets.load(data)
        let (email, service, revoke) = (email, service, revoke)
        let token = try await Tool.run(data, logger: Logging.start(.warning)) { store, loop in
            try await Tool.withPool(store, loop) { pool -> String? in
                if revoke, let service {
                    try await ServiceTokenStore(pool: pool).revoke(name: service)
                    return nil
                }
                let email = email ?? ""
                guard let user = try await UserLookup.id(of: email, in: pool) else {
                    throw StartError("There is no user \(email).")
                }
                if let service {
                    return try await ServiceTokenStore(pool: pool).create(name: service, userID: user).token
                }
                return try await AccessTokens.begin(for: user, pool, AccessTokenKeys(secret: secret))
            }
        }
        if let token { print(token) }
    }
}

/// Makes access tokens outside a sign-in, for demonstrations and tools.
enum AccessTokens {
    /// A token of a new session, good as long as the session.
    static func begin(for user: UUID, _ pool: ConnectionPool, _ keys: AccessTokenKeys) async throws -> String {
        let session = try await SessionStore(pool: pool).begin(userID: user, userAgent: "aimage")
        return try await keys.issue(
            to: user, session: session.id, lifetime: TimeInterval(Session.lifetime.components.seconds))
    }
}
