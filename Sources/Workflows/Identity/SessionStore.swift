public import Database
public import FoundationEssentials

/// A session that has begun or goes on, with the refresh token that its next renewal needs.
public struct Session: Sendable {
    /// Its key; access tokens name it.
    public let id: UUID
    /// Whose it is.
    public let userID: UUID
    /// Good for one renewal.
    public let refreshToken: String
    /// How long the refresh token is good for.
    public static let lifetime: Duration = .seconds(30 * 24 * 3600)
}

/// Begins, renews and ends sessions.
public struct SessionStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Begins a session of a known user.
    public func begin(userID: UUID, userAgent: String, lifetime: Duration = Session.lifetime) async throws -> Session {
        try await Self.begin(userID, userAgent, lifetime, pool)
    }

    /// Begins a session of the person behind an identity, who becomes a user at the first time.
    ///
    /// Whose hosted domain is an organisation's becomes a member of it at the first sign-in, also where an admin had made
    /// the user before. With allowed domains, only accounts of
    /// these and of organisations' domains may sign in; with none, all may. Throws ``SignInRefusal``.
    public func begin(
        _ identity: ExternalIdentity, allowedDomains: [String], userAgent: String
    ) async throws -> Session {
        try await pool.withTransaction { transaction in
            try await Self.checkDomain(identity, allowedDomains, transaction)
            let user = try await Self.user(of: identity, transaction)
            // Nobody looks at these any more; without this they would stay for ever.
            try await transaction.query(
                "delete from sessions where user_id = \(user) and expires_at < now() - interval '7 days'")
            return try await Self.begin(user, userAgent, Session.lifetime, transaction)
        }
    }

    /// Exchanges a refresh token for the next one; a token that was exchanged before ends its session.
    ///
    /// Throws ``SignInRefusal``.
    public func renew(refreshToken: String) async throws -> Session {
        let result = try await pool.withTransaction { transaction in
            try await Self.renew(SecretToken(received: refreshToken), transaction)
        }
        // Thrown out here: inside, it would roll back the end of a stolen session.
        return try result.get()
    }

    /// Ends a session; gives how many ended.
    public func end(sessionID: UUID, userID: UUID) async throws -> Int {
        try await pool.query(
            """
            update sessions
            set revoked_at = now(), revoked_because = 'SIGNED_OUT'
            where id = \(sessionID)
            and user_id = \(userID)
            and revoked_at is null
            """
        ).affectedRows
    }

    /// Ends every session of a user; gives how many ended.
    public func endAll(userID: UUID) async throws -> Int {
        try await pool.query(
            """
            update sessions
            set revoked_at = now(), revoked_because = 'SIGNED_OUT_EVERYWHERE'
            where user_id = \(userID)
            and revoked_at is null
            and expires_at > now()
            """
        ).affectedRows
    }

    // MARK: Parts

    private static func begin(
        _ user: UUID, _ userAgent: String, _ lifetime: Duration, _ database: some Queryable
    ) async throws -> Session {
        let token = SecretToken(prefix: "")
        let agent = userAgent.storableLine
        let row = try await database.queryFirst(
            """
            with session as (
                insert into sessions (user_id, user_agent, expires_at)
                values (\(user), \(agent), \(Timestamp.now() + lifetime))
                returning id
            )
            insert into refresh_tokens (hash, session_id)
            select \(token.hash), id
            from session
            returning session_id
            """)
        guard let row else { throw WorkflowError(.inconsistentData, "A session got no id.") }
        return Session(id: row.uuid(0), userID: user, refreshToken: token.text)
    }

    private static func checkDomain(
        _ identity: ExternalIdentity, _ allowed: [String], _ transaction: Transaction
    ) async throws {
        guard !allowed.isEmpty else { return }
        if let domain = identity.hostedDomain {
            if allowed.contains(domain) { return }
            let known = try await transaction.queryFirst("select 1 from organizations where domain = \(domain)")
            if known != nil { return }
        }
        throw SignInRefusal(.domainNotAllowed, "Accounts of this domain may not sign in here.")
    }

    private static func user(of identity: ExternalIdentity, _ transaction: Transaction) async throws -> UUID {
        let subject = identity.subject
        // A picture changes; an answer without one takes none away.
        let known = try await transaction.queryFirst(
            """
            update users
            set picture_url = coalesce(\(identity.pictureURL), picture_url)
            where google_subject = \(subject)
            returning id
            """)
        if let known { return known.uuid(0) }
        let name = identity.name.storableLine.isEmpty ? identity.email : identity.name.storableLine
        let row = try await transaction.queryFirst(
            """
            insert into users (email, name, google_subject, picture_url)
            values (\(identity.email), \(name), \(subject), \(identity.pictureURL))
            on conflict (email) do update
            set google_subject = excluded.google_subject,
                picture_url = coalesce(excluded.picture_url, users.picture_url)
            where users.google_subject = excluded.google_subject
            or (users.google_subject is null and \(identity.isEmailAuthoritative))
            returning id
            """)
        guard let row else {
            throw SignInRefusal(.accountConflict, "This address belongs to another account.")
        }
        let user = row.uuid(0)
        // Who was there before under this identity has been given back above: this is the first sign-in.
        if let domain = identity.hostedDomain {
            // Whoever signs in with an address of the domain joins by doing so, unless somebody has removed them before.
            try await AuditLog.begin(as: user, in: transaction)
            try await transaction.query(
                """
                insert into organization_members (organization_id, user_id)
                select id, \(user)
                from organizations
                where domain = \(domain)
                and id not in (select organization_id from known_in_organizations where user_id = \(user))
                on conflict do nothing
                """)
        }
        return user
    }

    private static func renew(
        _ old: SecretToken, _ transaction: Transaction
    ) async throws -> Swift.Result<Session, SignInRefusal> {
        let row = try await transaction.queryFirst(
            """
            select
                sessions.id, sessions.user_id, tokens.used_at is not null, sessions.revoked_at is not null,
                sessions.expires_at <= now()
            from refresh_tokens as tokens
            join sessions on sessions.id = tokens.session_id
            where tokens.hash = \(old.hash)
            for update
            """)
        guard let row else {
            return .failure(SignInRefusal(.refreshTokenInvalid, "The refresh token is not one of this server's."))
        }
        let session = row.uuid(0)
        if row.bool(3) { return .failure(SignInRefusal(.sessionRevoked, "The session was ended. Sign in again.")) }
        if row.bool(2) {
            try await transaction.query(
                """
                update sessions
                set revoked_at = now(), revoked_because = 'REFRESH_TOKEN_REUSED'
                where id = \(session)
                """)
            return .failure(
                SignInRefusal(.refreshTokenReused, "The refresh token was used before. The session was ended."))
        }
        if row.bool(4) { return .failure(SignInRefusal(.sessionExpired, "The session has expired. Sign in again.")) }
        let next = SecretToken(prefix: "")
        try await transaction.query("update refresh_tokens set used_at = now() where hash = \(old.hash)")
        try await transaction.query("insert into refresh_tokens (hash, session_id) values (\(next.hash), \(session))")
        try await transaction.query(
            "update sessions set expires_at = \(Timestamp.now() + Session.lifetime) where id = \(session)")
        return .success(Session(id: session, userID: row.uuid(1), refreshToken: next.text))
    }
}

extension String {
    /// What of a foreign text fits into a column for a short line: no control characters, at most 255 code points.
    fileprivate var storableLine: String {
        var line = String.UnicodeScalarView()
        line.append(contentsOf: unicodeScalars.lazy.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(255))
        return String(line)
    }
}
