public import Clients
public import Database
public import EventLoop
import FoundationEssentials

/// Sends invitations to the invited.
///
/// A worker that dies between the mail server's word and ours has the letter sent again: with the same Message-ID, by which
/// mail programs show it once.
public struct InvitationMailRun: JobHandler {
    /// How letters are sent.
    public struct Mailing: Sendable {
        let client: SMTPClient
        let from: MailAddress
        let page: String

        /// `page` is where the invited accept; the token follows behind "#", which browsers send to nobody.
        public init(client: SMTPClient, from: MailAddress, page: String) {
            self.client = client
            self.from = from
            self.page = page
        }
    }

    private let pool: ConnectionPool
    private let tokens: InvitationTokens
    private let mailing: Mailing
    private let blocking: BlockingPool

    /// Makes a handler for the jobs of kind `invitation-mail`.
    public init(pool: ConnectionPool, tokens: InvitationTokens, mailing: Mailing, blocking: BlockingPool = .shared) {
        self.pool = pool
        self.tokens = tokens
        self.mailing = mailing
        self.blocking = blocking
    }

    /// Jobs of kind `invitation-mail`.
    public var kind: JobKind { .invitationMail }

    /// Sends the letter, unless it was sent or the invitation is no longer open.
    public func run(_ job: Job) async throws {
        guard let id = UUID(uuidString: job.key) else {
            throw JobFailure.permanent(reason: "The job names no invitation.")
        }
        guard let letter = try await letter(for: id) else { return try await settle(id, .withdrawn, job) }
        let client = mailing.client
        do {
            try await blocking.run(stoppable: "sending a letter") {
                try client.send(letter, checkCancellation: $0)
            }
        } catch let failure as SMTPClient.Failure where failure.isFinal {
            throw JobFailure.permanent(reason: failure.message)
        }
        try await settle(id, .sent, job)
    }

    /// Makes the delivery `FAILED`; the token is still good for whoever hands it over otherwise.
    public func bury(_ job: Job, reason: String) async throws {
        guard let id = UUID(uuidString: job.key) else { return }
        try await settle(id, .failed, job)
    }

    /// How a delivery ends, by the names of the API's InvitationDelivery.
    private enum End: String {
        case sent = "SENT"
        case failed = "FAILED"
        case withdrawn = "WITHDRAWN"
    }

    /// Writes the end down, once, and forgets the token.
    private func settle(_ id: UUID, _ end: End, _ job: Job) async throws {
        try await pool.withTransaction { transaction in
            _ = try await transaction.query(
                """
                update organization_invitations
                set delivery = \(end.rawValue), sent_at = case when \(end == .sent) then now() end
                where id = \(id)
                and delivery = 'PENDING'
                """)
            try await InvitationTokens.delete([id], in: transaction)
            try await RunRow.requireLease(job, in: transaction)
        }
    }

    /// The letter of an invitation that is open and waits for it; nil for any other.
    private func letter(for id: UUID) async throws -> MailMessage? {
        let row = try await pool.queryFirst(
            """
            select invitations.email, tokens.sealed, organizations.name, projects.name, users.name,
                to_char(invitations.created_at at time zone 'utc', 'Dy, DD Mon YYYY HH24:MI:SS "+0000"'),
                to_char(invitations.expires_at at time zone 'utc', 'YYYY-MM-DD HH24:MI "UTC"')
            from organization_invitations as invitations
            join invitation_tokens as tokens on tokens.invitation_id = invitations.id
            join organizations on organizations.id = invitations.organization_id
            left join projects on projects.id = invitations.project_id
            left join users on users.id = invitations.created_by
            where invitations.id = \(id)
            and invitations.delivery = 'PENDING'
            and invitations.accepted_at is null
            and invitations.revoked_at is null
            and invitations.expires_at > now()
            and projects.deleted_at is null
            """)
        guard let row else { return nil }
        guard let address = MailAddress(row.string(0)) else {
            throw JobFailure.permanent(reason: "Mail servers take no address like that.")
        }
        guard let token = tokens.open(row.bytes(1), for: id) else {
            throw JobFailure.permanent(reason: "The token was sealed with another secret.")
        }
        let place = row.optionalString(3).map { "\($0) (\(row.string(2)))" } ?? row.string(2)
        return MailMessage(
            from: mailing.from, to: address,
            subject: "\(place) への招待 / Invitation to \(place)",
            text: Self.text(
                place: place, by: row.optionalString(4), link: "\(mailing.page)#token=\(token)",
                until: row.string(6)),
            date: row.string(5), id: id)
    }

    private static func text(place: String, by person: String?, link: String, until: String) -> String {
        """
        \(person.map { "\($0) さんから、" } ?? "")Aimage Supervision の「\(place)」に招待されました。
        このメールを受け取ったアドレスでサインインして、次のページで承諾してください（\(until) まで）。

        \(link)

        ---

        \(person.map { "\($0) invites you" } ?? "You are invited") to “\(place)” in Aimage Supervision.
        Sign in with the address that got this mail, and accept on the page above, until \(until).
        If you don't expect this invitation, ignore it.

        """
    }
}
