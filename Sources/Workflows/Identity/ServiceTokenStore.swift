public import Database
public import FoundationEssentials

/// Makes and revokes the tokens of programs; each acts with the rights of one person.
public struct ServiceTokenStore: Sendable {
    /// What every service token begins with.
    public static let prefix = "aimage_service_"

    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// The hash by which a token is found.
    public static func hash(of token: String) -> [UInt8] { SecretToken(received: token).hash }

    /// Makes a token for an administrator, and gives its key and its text, which is nowhere kept.
    ///
    /// - Throws: ``WorkflowError``: `forbidden` unless the viewer is an administrator, `invalidInput` for a name that is
    ///   taken or a user who does not exist.
    public func create(
        viewer: UUID, name: String, userID: UUID, expiresAt: Timestamp?
    ) async throws -> (id: UUID, token: String) {
        try await requireAdministrator(viewer)
        return try await create(name: name, userID: userID, createdBy: viewer, expiresAt: expiresAt)
    }

    /// Makes a token, for whoever runs the program itself.
    public func create(
        name: String, userID: UUID, createdBy: UUID? = nil, expiresAt: Timestamp? = nil
    ) async throws -> (id: UUID, token: String) {
        var check = InputCheck()
        let name = check.name(name, ["name"])
        if let expiresAt, expiresAt <= .now() { check.fail(["expiresAt"], .invalid, "The moment has to be to come.") }
        try check.finish()
        let token = SecretToken(prefix: Self.prefix)
        let row = try await pool.queryFirst(
            """
            insert into service_tokens (user_id, name, hash, created_by, expires_at)
            select id, \(name), \(token.hash), \(createdBy), \(expiresAt)
            from users
            where id = \(userID)
            on conflict (name) where revoked_at is null do nothing
            returning id
            """)
        if let row { return (row.uuid(0), token.text) }
        let user = try await pool.queryFirst("select 1 from users where id = \(userID)")
        throw WorkflowError(problems: [
            user == nil
                ? InputProblem(["userId"], .notFound, "There is no such user.")
                : InputProblem(["name"], .duplicate, "There is a token with this name.")
        ])
    }

    /// Revokes a token for an administrator.
    ///
    /// - Throws: ``WorkflowError``: `forbidden`, or `notFound` when no such token is in force.
    public func revoke(viewer: UUID, name: String) async throws {
        try await requireAdministrator(viewer)
        try await revoke(name: name)
    }

    /// Revokes a token, for whoever runs the program itself.
    public func revoke(name: String) async throws {
        let revoked = try await pool.query(
            "update service_tokens set revoked_at = now() where name = \(name) and revoked_at is null")
        guard revoked.affectedRows == 1 else {
            throw WorkflowError(.notFound, "A service token with this name does not exist.")
        }
    }

    private func requireAdministrator(_ viewer: UUID) async throws {
        let row = try await pool.queryFirst("select 1 from users where id = \(viewer) and role = 'ADMIN'")
        guard row != nil else { throw WorkflowError(.forbidden, "Only administrators may do this.") }
    }
}
