import Database
import Foundation
import JSON
import Testing
import Workflows

@testable import Resolvers

@Suite("Signing in", .timeLimit(.minutes(15)))
struct SignInTests {
    private static let selection = "{ accessToken expiresAt user { id name email role } }"

    private func exchange(_ refreshToken: String? = nil) -> SignInExchange {
        SignInExchange(refreshToken: refreshToken, userAgent: "Tests/1")
    }

    private func google(_ token: String) -> String {
        #"mutation { signInWithGoogle(input: { idToken: "\#(token)" }) \#(Self.selection) }"#
    }

    private let refresh = "mutation { refreshSession \(Self.selection) }"

    /// Who has the session that an access token of the played signer names.
    private func signedIn(_ tokens: SignInExchange.Tokens, _ api: API) async throws -> SignedIn? {
        let parts = tokens.access.split(separator: " ").compactMap { UUID(uuidString: String($0)) }
        return try await api.services.signedIn(session: parts[1], user: parts[0])
    }

    @Test
    func `The first sign-in makes a user, the next one finds them by Google's name even under a new address`()
        async throws
    {
        try await API.run { api in
            let first = exchange()
            let response = try await api.signIn(google("g-1|Sora@Hoshimi.example|hoshimi.example"), first)
            #expect(response.codes.isEmpty)
            #expect(response["signInWithGoogle.user.email"] == "sora@hoshimi.example")
            #expect(response["signInWithGoogle.user.role"] == "USER")
            let tokens = try #require(first.tokens)
            #expect(response["signInWithGoogle.accessToken"] == .string(tokens.access))
            #expect(tokens.access.hasSuffix(" 900"))
            #expect(tokens.accessSeconds == 900)
            #expect(tokens.refreshSeconds == 30 * 24 * 3600)
            let again = try await api.signIn(google("g-1|new@hoshimi.example|hoshimi.example"), exchange())
            #expect(again["signInWithGoogle.user.id"] == response["signInWithGoogle.user.id"])
            #expect(try await api.number("select count(*)::int from users where google_subject = 'g-1'") == 1)
            #expect(try await api.sql("select distinct user_agent from sessions").first?.string(0) == "Tests/1")
            // Nothing that was handed out is in the database.
            #expect(
                try await api.number(
                    "select count(*)::int from refresh_tokens where encode(hash, 'escape') like '%\(tokens.refresh)%'")
                    == 0)
        }
    }

    @Test
    func `The picture of the newest sign-in is shown, and what is no address over https is none`() async throws {
        try await API.run { api in
            let query = "mutation { signInWithGoogle(input: { idToken: \"TOKEN\" }) { user { pictureUrl } } }"
            for (picture, expected) in [
                ("http://a.example/1", nil), ("https://a.example/1", "https://a.example/1"),
                ("https://a.example/2", "https://a.example/2"), ("javascript:alert(1)", "https://a.example/2"),
                ("https://a.example/\\u0000", "https://a.example/2"), ("", "https://a.example/2"),
            ] as [(String, String?)] {
                let token = "g-1|sora@hoshimi.example|hoshimi.example|\(picture)"
                let response = try await api.signIn(query.replacing("TOKEN", with: token), exchange())
                #expect(response.codes.isEmpty)
                #expect(response["signInWithGoogle.user.pictureUrl"]?.string == expected, "\(picture)")
            }
        }
    }

    @Test
    func `An account that was made by hand is found by its address, unless Google does not run the mailbox`()
        async throws
    {
        try await API.run { api in
            try await api.sql("update users set email = 'hand@made.example' where id = '\(Key.user(1).uuid)'")
            let foreign = try await api.signIn(google("g-2|hand@made.example|"), exchange())
            #expect(foreign.codes == ["ACCOUNT_CONFLICT"])
            let own = try await api.signIn(google("g-2|hand@made.example|made.example"), exchange())
            #expect(own["signInWithGoogle.user.id"] == .string(Key.user(1).id))
            let other = try await api.signIn(google("g-3|hand@made.example|made.example"), exchange())
            #expect(other.codes == ["ACCOUNT_CONFLICT"])
        }
    }

    @Test
    func `A new user of an organisation's domain becomes a member of it, and only then`() async throws {
        try await API.run { api in
            let organization = Key.organization(1).uuid
            try await api.sql("update organizations set domain = 'hoshimi.example' where id = '\(organization)'")
            let members = "select count(*)::int from organization_members where organization_id = '\(organization)'"
            let before = try await api.number(members)
            for _ in 0..<2 {
                _ = try await api.signIn(google("g-1|sora@hoshimi.example|hoshimi.example"), exchange())
            }
            _ = try await api.signIn(google("g-2|sora@hoshimi.example.org|"), exchange())
            #expect(try await api.number(members) == before + 1)
            // The audit log has it as their own doing.
            let joined = try await api.number(
                """
                select count(*)::int
                from audit_entries
                join users on users.id = audit_entries.created_by and users.id = audit_entries.user_id
                where users.google_subject = 'g-1'
                and audit_entries.entity_type = 'ORGANIZATION_MEMBER'
                and audit_entries.action = 'CREATED'
                and audit_entries.organization_id = '\(organization)'
                """)
            #expect(joined == 1)
            // Who was removed by hand stays removed.
            try await api.sql(
                "delete from organization_members where user_id = (select id from users where google_subject = 'g-1')")
            _ = try await api.signIn(google("g-1|sora@hoshimi.example|hoshimi.example"), exchange())
            #expect(try await api.number(members) == before)
        }
    }

    @Test
    func `Whom an admin made beforehand becomes a member of the domain's organisation at the first sign-in`()
        async throws
    {
        try await API.run { api in
            let organization = Key.organization(1).sql
            try await api.sql("update organizations set domain = 'hoshimi.example' where id = \(organization)")
            _ = try await api.execute(
                """
                mutation { createUser(input: { email: "sora@hoshimi.example", name: "Sora" }) { user { id } } }
                """, as: .admin)
            let members = "select count(*) from organization_members where organization_id = \(organization)"
            let before = try await api.number(members)
            for _ in 0..<2 {
                let signedIn = try await api.signIn(google("g-1|sora@hoshimi.example|hoshimi.example"), exchange())
                #expect(signedIn.codes.isEmpty)
                #expect(try await api.number(members) == before + 1)
            }
            // Who was a member and was removed before the first sign-in stays removed.
            _ = try await api.execute(
                """
                mutation { createUser(input: { email: "umi@hoshimi.example", name: "Umi" }) { user { id } } }
                """, as: .admin)
            try await api.sql(
                "insert into organization_members select \(organization), id from users where email = 'umi@hoshimi.example'"
            )
            try await api.sql(
                "delete from organization_members where user_id = (select id from users where email = 'umi@hoshimi.example')"
            )
            _ = try await api.signIn(google("g-3|umi@hoshimi.example|hoshimi.example"), exchange())
            #expect(try await api.number(members) == before + 1)
            // Who was a member already, and an admin, stays one.
            try await api.sql("update users set email = 'supervisor@hoshimi.example' where id = \(Key.user(1).sql)")
            _ = try await api.signIn(google("g-2|supervisor@hoshimi.example|hoshimi.example"), exchange())
            #expect(try await api.number(members + " and is_admin") == 1)
        }
    }

    @Test(
        arguments: [
            ("allowed.example", true), ("ALLOWED.example", true), ("organisation.example", true),
            ("other.example", false),
            (nil, false),
        ] as [(String?, Bool)])
    func `With a list of domains only these and those of organisations may sign in`(domain: String?, isAllowed: Bool)
        async throws
    {
        try await API.run { api in
            try await api.sql(
                "update organizations set domain = 'organisation.example' where id = '\(Key.organization(1).uuid)'")
            let identity = ExternalIdentity(subject: "g", email: "a@allowed.example", name: "A", hostedDomain: domain)
            let begin: () async throws -> Session = {
                try await SessionStore(pool: api.pool).begin(
                    identity, allowedDomains: ["allowed.example"], userAgent: "")
            }
            if isAllowed {
                _ = try await begin()
            } else {
                await #expect { try await begin() } throws: { ($0 as? SignInRefusal)?.code == .domainNotAllowed }
                #expect(try await api.number("select count(*)::int from users where google_subject = 'g'") == 0)
            }
        }
    }

    @Test
    func `A refusal of the provider's token reaches the client with its code and changes no cookie`() async throws {
        try await API.run { api in
            let exchange = exchange()
            let response = try await api.signIn(google("nonsense"), exchange)
            #expect(response.codes == ["ID_TOKEN_MALFORMED"])
            #expect(exchange.outcome == nil)
            #expect(try await api.number("select count(*)::int from sessions") == 0)
        }
    }

    @Test
    func `Where no cookies can be set nobody signs in`() async throws {
        try await API.run { api in
            for mutation in [google("g-1|a@gmail.com|"), refresh] {
                let response = try await api.signIn(mutation, nil)
                #expect(response.codes == ["COOKIES_UNAVAILABLE"])
            }
        }
    }

    @Test
    func `What follows a sign-in in the same operation has the new viewer's rights`() async throws {
        try await API.run { api in
            let response = try await api.signIn(
                """
                mutation {
                  before: signOutEverywhere { sessionsEnded }
                  signInWithGoogle(input: { idToken: "g-1|a@gmail.com|" }) { user { email } }
                  after: signOutEverywhere { sessionsEnded }
                }
                """, exchange())
            #expect(response.codes == ["UNAUTHENTICATED"])
            #expect(response.json["data"] == .null)
            let second = try await api.signIn(
                """
                mutation {
                  signInWithGoogle(input: { idToken: "g-1|a@gmail.com|" }) { user { email } }
                  after: signOutEverywhere { sessionsEnded }
                }
                """, exchange())
            #expect(second["after.sessionsEnded"] == 1)
        }
    }

    @Test
    func `Each refresh token is good for one renewal, and the session stays the same`() async throws {
        try await API.run { api in
            let first = exchange()
            _ = try await api.signIn(google("g-1|a@gmail.com|"), first)
            var tokens = try #require(first.tokens)
            let session = try #require(try await signedIn(tokens, api)?.session)
            for _ in 0..<3 {
                let next = exchange(tokens.refresh)
                let response = try await api.signIn(refresh, next)
                #expect(response["refreshSession.user.email"] == "a@gmail.com")
                #expect(next.tokens?.refresh != tokens.refresh)
                tokens = try #require(next.tokens)
                #expect(try await signedIn(tokens, api)?.session == session)
            }
        }
    }

    @Test
    func `A refresh token that is used twice ends its session for the thief and the owner`() async throws {
        try await API.run { api in
            let first = exchange()
            _ = try await api.signIn(google("g-1|a@gmail.com|"), first)
            let other = exchange()
            _ = try await api.signIn(google("g-1|a@gmail.com|"), other)
            let stolen = try #require(first.tokens)
            let owner = exchange(stolen.refresh)
            _ = try await api.signIn(refresh, owner)
            let thief = exchange(stolen.refresh)
            #expect(try await api.signIn(refresh, thief).codes == ["REFRESH_TOKEN_REUSED"])
            #expect(thief.outcome == .signedOut)
            let renewed = try #require(owner.tokens)
            #expect(try await api.signIn(refresh, exchange(renewed.refresh)).codes == ["SESSION_REVOKED"])
            #expect(try await signedIn(renewed, api) == nil)
            // Another session of the same person has nothing to do with it.
            #expect(try await signedIn(try #require(other.tokens), api) != nil)
        }
    }

    @Test
    func `Two renewals at once give one new token`() async throws {
        try await API.run { api in
            let first = exchange()
            _ = try await api.signIn(google("g-1|a@gmail.com|"), first)
            let token = try #require(first.tokens?.refresh)
            let codes = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<2 {
                    group.addTask { try await api.signIn(refresh, exchange(token)).codes }
                }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            #expect(codes == ["REFRESH_TOKEN_REUSED"])
        }
    }

    @Test
    func `A renewal without a token, with a foreign one, and after the end each has its code`() async throws {
        try await API.run { api in
            #expect(try await api.signIn(refresh, exchange()).codes == ["REFRESH_TOKEN_MISSING"])
            #expect(try await api.signIn(refresh, exchange("nonsense")).codes == ["REFRESH_TOKEN_INVALID"])
            let first = exchange()
            _ = try await api.signIn(google("g-1|a@gmail.com|"), first)
            let tokens = try #require(first.tokens)
            try await api.sql("update sessions set expires_at = now()")
            #expect(try await api.signIn(refresh, exchange(tokens.refresh)).codes == ["SESSION_EXPIRED"])
            #expect(try await signedIn(tokens, api) == nil)
        }
    }

    @Test
    func `Signing out ends this session, signing out everywhere all of the person's and nobody else's`() async throws {
        try await API.run { api in
            var sessions: [SignInExchange.Tokens] = []
            for name in ["g-1|a@gmail.com|", "g-1|a@gmail.com|", "g-1|a@gmail.com|", "g-2|b@gmail.com|"] {
                let exchange = exchange()
                _ = try await api.signIn(google(name), exchange)
                sessions.append(try #require(exchange.tokens))
            }
            let out = exchange()
            let first = try await api.signIn(
                "mutation { signOut { sessionsEnded } }", out, as: try await signedIn(sessions[0], api))
            #expect(first["signOut.sessionsEnded"] == 1)
            #expect(out.outcome == .signedOut)
            #expect(try await signedIn(sessions[0], api) == nil)
            let everywhere = try await api.signIn(
                "mutation { signOutEverywhere { sessionsEnded } }", exchange(),
                as: try await signedIn(sessions[1], api))
            #expect(everywhere["signOutEverywhere.sessionsEnded"] == 2)
            #expect(try await signedIn(sessions[2], api) == nil)
            #expect(try await signedIn(sessions[3], api) != nil)
            #expect(try await api.signIn(refresh, exchange(sessions[2].refresh)).codes == ["SESSION_REVOKED"])
        }
    }

    @Test
    func `A deleted user has no session, and a changed role counts from the next request on`() async throws {
        try await API.run { api in
            let exchange = exchange()
            _ = try await api.signIn(google("g-1|a@gmail.com|"), exchange)
            let tokens = try #require(exchange.tokens)
            try await api.sql("update users set role = 'ADMIN' where google_subject = 'g-1'")
            let viewer = try await api.signIn("{ viewer { role } }", nil, as: try await signedIn(tokens, api))
            #expect(viewer["viewer.role"] == "ADMIN")
            try await api.sql("delete from users where google_subject = 'g-1'")
            #expect(try await signedIn(tokens, api) == nil)
        }
    }

    @Test
    func `Finding out who asks and asking who asks is one statement`() async throws {
        try await API.run { api in
            let exchange = exchange()
            _ = try await api.signIn(google("g-1|a@gmail.com|"), exchange)
            let tokens = try #require(exchange.tokens)
            let statements = try await api.countStatements {
                let response = try await api.signIn(
                    "{ viewer { id email role } }", nil, as: try await signedIn(tokens, api))
                #expect(response["viewer.email"] == "a@gmail.com")
            }
            #expect(statements.count == 1)
        }
    }
}
