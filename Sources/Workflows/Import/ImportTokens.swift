public import Database
import FoundationEssentials
import Hashing

/// Keeps the access tokens of people while their files are downloaded from elsewhere: sealed, and no longer than needed.
public struct ImportTokens: Sendable {
    /// Google's access tokens end after an hour; nothing can be done with an older one.
    public static let lifetime: Duration = .seconds(3600)
    /// The longest token, in bytes; Google's are much shorter.
    static let maximumBytes = 4096

    private let seal: TextSeal

    /// Makes a keeper with a key of 32 bytes that is used for nothing else.
    public init(key: [UInt8]) { seal = TextSeal(key: key) }

    /// Checks a token that a person has sent: something that can stand in a header.
    static func check(_ token: String, _ field: [String], _ check: inout InputCheck) {
        if token.isEmpty { check.fail(field, .required, "This may not be empty.") }
        if token.utf8.count > maximumBytes { check.fail(field, .tooLong, "This is no access token.") }
        if !token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) { check.fail(field, .invalid, "This is no access token.") }
    }

    /// Keeps a token, in place of one that is there.
    func keep(_ token: String, for importID: UUID, in transaction: Transaction) async throws {
        let sealed = PostgresBytes(seal.seal(token, for: importID.text))
        _ = try await transaction.query(
            """
            insert into import_tokens (import_id, sealed)
            values (\(importID), \(sealed))
            on conflict (import_id) do update
            set sealed = excluded.sealed, created_at = now()
            """)
    }

    /// The token of an import; nil if it is not needed any more, too old, or sealed by another server's secret.
    func token(of importID: UUID, _ pool: ConnectionPool) async throws -> String? {
        let row = try await pool.queryFirst(
            """
            select sealed
            from import_tokens
            where import_id = \(importID)
            and created_at > now() - make_interval(secs => \(Self.lifetime.seconds))
            """)
        return row.flatMap { seal.open($0.bytes(0), for: importID.text) }
    }

    /// Deletes the token of an import that downloads nothing more.
    static func deleteUnneeded(_ importID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            delete from import_tokens
            where import_id = \(importID)
            and not exists (
                select 1
                from import_items
                where import_items.import_id = import_tokens.import_id
                and status in ('PENDING', 'RUNNING')
                and asset_id is null
            )
            """)
    }

    /// Deletes tokens that are too old for anything, whatever has become of their imports, and gives their number.
    @discardableResult
    public static func deleteExpired(_ pool: ConnectionPool) async throws -> Int {
        try await pool.query(
            "delete from import_tokens where created_at < now() - make_interval(secs => \(lifetime.seconds))"
        ).affectedRows
    }
}
