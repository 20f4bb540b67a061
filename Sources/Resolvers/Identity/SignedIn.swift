import Database
public import Foundation
import Workflows

/// Somebody who is signed in: the user, and by what.
public struct SignedIn: Sendable {
    /// The user's key.
    public let user: UUID
    /// The session's key; nil for a service token.
    public let session: UUID?
    /// The user's row as it was when the credential was checked, so that asking for the viewer costs no statement more.
    let row: UserRow?

    /// Somebody whose row is loaded when it is asked for.
    public init(user: UUID, session: UUID?) {
        self.user = user
        self.session = session
        row = nil
    }

    init(session: UUID?, row: UserRow) {
        self.user = row.key
        self.session = session
        self.row = row
    }

    /// The same without what was loaded: for work that goes on after this request.
    public var withoutRow: SignedIn { SignedIn(user: user, session: session) }
}

extension Services {
    /// Who has a session, if it is in force.
    public func signedIn(session: UUID, user: UUID) async throws -> SignedIn? {
        guard let row = try await sessionUsers.value(of: session), row.key == user else { return nil }
        return SignedIn(session: session, row: row)
    }

    /// Whose the sessions in force are, by session.
    static func sessionUsers(_ pool: ConnectionPool) -> TurnLookup<UUID, UserRow> {
        TurnLookup(pool: pool) { sessions in
            let rows = try await pool.query(
                """
                select \(unsafeSQL: UserRow.selection), sessions.id
                from sessions
                join users as entity on entity.id = sessions.user_id
                where sessions.id = any(\(sessions))
                and sessions.revoked_at is null
                and sessions.expires_at > now()
                """)
            let session = UserRow.columns.count
            return Dictionary(
                rows.map { ($0.uuid(session), UserRow(row: $0)) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Whose service token this is, if it is in force, and when it expires.
    public func signedIn(serviceToken: String) async throws -> (SignedIn, expiresAt: Date?)? {
        let row = try await pool.queryFirst(
            """
            select \(unsafeSQL: UserRow.selection), tokens.expires_at
            from service_tokens as tokens
            join users as entity on entity.id = tokens.user_id
            where tokens.hash = \(ServiceTokenStore.hash(of: serviceToken))
            and tokens.revoked_at is null
            and (tokens.expires_at is null or tokens.expires_at > now())
            """)
        guard let row else { return nil }
        let expiresAt = row.optionalTimestamp(UserRow.columns.count).map {
            Date(timeIntervalSince1970: Double($0.unixMicroseconds) / 1_000_000)
        }
        return (SignedIn(session: nil, row: UserRow(row: row)), expiresAt)
    }
}
