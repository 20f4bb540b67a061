public import Database
import FoundationEssentials
import Hashing

/// Keeps the tokens of invitations until their letters are sent: sealed, and no longer than needed.
///
/// The invitation itself has but the hash.
public struct InvitationTokens: Sendable {
    private let seal: TextSeal

    /// Makes a keeper with a key of 32 bytes that is used for nothing else.
    public init(key: [UInt8]) { seal = TextSeal(key: key) }

    /// Keeps the token of a new invitation.
    func keep(_ token: String, for invitationID: UUID, in transaction: Transaction) async throws {
        let sealed = PostgresBytes(seal.seal(token, for: invitationID.text))
        _ = try await transaction.query(
            "insert into invitation_tokens (invitation_id, sealed) values (\(invitationID), \(sealed))")
    }

    /// What was kept; nil if it was sealed by another server's secret.
    func open(_ sealed: [UInt8], for invitationID: UUID) -> String? { seal.open(sealed, for: invitationID.text) }

    /// Deletes the tokens of invitations.
    static func delete(_ invitationIDs: [UUID], in transaction: Transaction) async throws {
        _ = try await transaction.query("delete from invitation_tokens where invitation_id = any(\(invitationIDs))")
    }

    /// Deletes the tokens of invitations whose time is over, whatever has become of their letters, and gives their number.
    @discardableResult
    public static func deleteExpired(_ pool: ConnectionPool) async throws -> Int {
        try await pool.query(
            """
            delete from invitation_tokens
            using organization_invitations as invitations
            where invitations.id = invitation_tokens.invitation_id
            and invitations.expires_at <= now()
            """
        ).affectedRows
    }
}
