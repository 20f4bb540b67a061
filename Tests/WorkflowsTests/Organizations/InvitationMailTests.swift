import Clients
import Database
import Foundation
import TestSupport
import Testing

@testable import Workflows

@Suite("Letters of invitations", .timeLimit(.minutes(15)))
struct InvitationMailTests {
    private static let tokens = InvitationTokens(key: Array(0..<32))

    private struct Stage: Sendable {
        let world: World
        let server: MailServer

        var pool: ConnectionPool { world.pool }
        var store: InvitationStore { InvitationStore(pool: pool, tokens: InvitationMailTests.tokens) }

        func run(tokens: InvitationTokens = InvitationMailTests.tokens) throws -> InvitationMailRun {
            let from = try #require(MailAddress("desk@demo.example"))
            return InvitationMailRun(
                pool: pool, tokens: tokens,
                mailing: .init(
                    client: try SMTPClient(.init(url: server.url)), from: from, page: "https://app.example/invitation"))
        }

        func invite(_ email: String = "guest@demo.example") async throws -> (id: UUID, token: String) {
            try await store.create(
                viewer: world.member, organizationID: world.organizationID, email: email, isAdmin: false)
        }

        func claim(lease: Duration = .seconds(60)) async throws -> [Job] {
            try await JobStore(pool: pool).claim(kinds: [.invitationMail], worker: "test/1", lease: lease, limit: 9)
        }

        /// The delivery of an invitation, whether there is a moment, and how many tokens are kept.
        func state(_ id: UUID) async throws -> String {
            let row = try #require(
                try await pool.queryFirst(
                    """
                    select delivery, sent_at is not null, (select count(*) from invitation_tokens)
                    from organization_invitations
                    where id = \(id)
                    """))
            return "\(row.string(0)) \(row.bool(1)) \(row.int(2))"
        }
    }

    private func staged(
        _ reply: @escaping @Sendable (String) -> String? = { _ in nil },
        _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let server = try MailServer(reply)
        defer { server.stop() }
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            _ = try await pool.query("update organization_members set is_admin = true")
            try await body(Stage(world: world, server: server))
        }
    }

    @Test("an invitation is sent once, with a link that has the token, and then nothing knows the token")
    func sent() async throws {
        try await staged { stage in
            _ = try await stage.pool.query(
                "update organizations set name = 'Uno' || chr(13) || chr(10) || 'Bcc: x@y.example 監修' where name = 'One'"
            )
            let made = try await stage.invite()
            #expect(try await stage.state(made.id) == "PENDING false 1")
            let sealed = try await stage.pool.query("select sealed from invitation_tokens")
            #expect(!String(decoding: sealed[0].bytes(0), as: UTF8.self).contains(made.token))
            let jobs = try await stage.pool.query("select payload::text from jobs")
            #expect(jobs.count == 1 && !jobs[0].string(0).contains(made.token))
            let job = try #require(try await stage.claim().first)
            try await stage.run().run(job)
            #expect(try await stage.state(made.id) == "SENT true 0")
            // Who was killed before the job's end does it again.
            try await stage.run().run(job)
            #expect(stage.server.letters.count == 1)
            let letter = try #require(stage.server.letters.first)
            #expect(letter.from == "desk@demo.example")
            #expect(letter.to == ["guest@demo.example"])
            #expect(letter.field("To") == "<guest@demo.example>")
            #expect(letter.field("Bcc") == nil)
            #expect(letter.field("Message-ID") == "<\(made.id.text)@demo.example>")
            #expect(
                letter.field("Date")?.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000/)
                    != nil)
            #expect(letter.text.contains("https://app.example/invitation#token=\(made.token)\r\n"))
            #expect(letter.text.contains("M invites you"))
            // The token in the letter is the invitation's.
            _ = try await stage.pool.query("update users set email = 'guest@demo.example' where name = 'S'")
            let accepted = try await stage.store.accept(viewer: stage.world.stranger, token: made.token, for: nil)
            #expect(accepted == .organization(stage.world.organizationID))
        }
    }

    @Test("an invitation into a project names it, and a letter that is sent again is the same")
    func project() async throws {
        let fails = StopFlag()
        try await staged({ $0 == "." && !fails.isSet ? "451 later" : nil }) { stage in
            let made = try await stage.store.create(
                viewer: stage.world.member, projectID: stage.world.projectID, email: "guest@demo.example",
                canBringOrganization: false)
            let job = try #require(try await stage.claim().first)
            await #expect(throws: SMTPClient.Failure.self) { try await stage.run().run(job) }
            #expect(try await stage.state(made.id) == "PENDING false 1")
            fails.set()
            try await stage.run().run(job)
            let letter = try #require(stage.server.letters.first)
            #expect(letter.text.contains("A film (One)"))
            #expect(letter.field("Message-ID") == "<\(made.id.text)@demo.example>")
            #expect(try await stage.state(made.id) == "SENT true 0")
        }
    }

    @Test("what was taken back, replaced, accepted, or has expired, is not sent")
    func withdrawn() async throws {
        try await staged { stage in
            let ends: [@Sendable (UUID, String) async throws -> Void] = [
                { id, _ in try await stage.store.revoke(viewer: stage.world.member, invitationID: id) },
                { _, _ in
                    let again = try await stage.invite()
                    try await stage.store.revoke(viewer: stage.world.member, invitationID: again.id)
                },
                { _, _ in
                    try await stage.pool.withTransaction { transaction in
                        try await InvitationStore.revokeOpen(
                            of: [stage.world.stranger], .everywhere, in: transaction)
                    }
                },
                { id, _ in
                    _ = try await stage.pool.query(
                        "update organization_invitations set expires_at = now() where id = \(id)")
                },
                { _, token in
                    _ = try await stage.store.accept(viewer: stage.world.stranger, token: token, for: nil)
                },
            ]
            _ = try await stage.pool.query("update users set email = 'guest@demo.example' where name = 'S'")
            for (number, end) in ends.enumerated() {
                // Before a worker has begun, and while it works.
                let made = try await stage.invite()
                let job = try #require(try await stage.claim().first)
                try await end(made.id, made.token)
                try await stage.run().run(job)
                #expect(try await stage.state(made.id) == "WITHDRAWN false 0", "\(number)")
                #expect(stage.server.letters.isEmpty, "\(number)")
            }
            #expect(try await stage.claim().isEmpty)
        }
    }

    @Test("a job that waits or runs is ended with its invitation")
    func cancelled() async throws {
        try await staged { stage in
            let waiting = try await stage.invite()
            try await stage.store.revoke(viewer: stage.world.member, invitationID: waiting.id)
            #expect(try await stage.claim().isEmpty)
            let running = try await stage.invite()
            _ = try await stage.claim()
            try await stage.store.revoke(viewer: stage.world.member, invitationID: running.id)
            let row = try await stage.pool.queryFirst(
                "select cancel_requested_at is not null from jobs where key = \(running.id.text)")
            #expect(row?.bool(0) == true)
        }
    }

    @Test("what can never be sent fails for good, without a word to the mail server if the address is none for it")
    func failed() async throws {
        try await staged({ $0.contains("unknown@") ? "550 unknown" : nil }) { stage in
            for email in ["unknown@demo.example", "監修@demo.example"] {
                let made = try await stage.invite(email)
                let job = try #require(try await stage.claim().first)
                await #expect(throws: JobFailure.self, "\(email)") { try await stage.run().run(job) }
                try await stage.run().bury(job, reason: "x")
                #expect(try await stage.state(made.id) == "FAILED false 0", "\(email)")
            }
            #expect(!stage.server.commands.contains { $0.contains("監修") })
            let other = try await stage.invite("other@demo.example")
            let job = try #require(try await stage.claim().first)
            let strange = InvitationTokens(key: Array(1..<33))
            await #expect(throws: JobFailure.self) { try await stage.run(tokens: strange).run(job) }
            #expect(try await stage.state(other.id) == "PENDING false 1")
            #expect(stage.server.letters.isEmpty)
        }
    }

    @Test("a worker that has lost its lease writes nothing")
    func lostLease() async throws {
        try await staged { stage in
            let made = try await stage.invite()
            let job = try #require(try await stage.claim().first)
            _ = try await stage.pool.query("update jobs set lease_token = gen_random_uuid()")
            await #expect(throws: WorkflowError.self) { try await stage.run().run(job) }
            await #expect(throws: WorkflowError.self) { try await stage.run().bury(job, reason: "x") }
            #expect(try await stage.state(made.id) == "PENDING false 1")
        }
    }

    @Test("without a mail server nothing is kept and nothing is asked of workers")
    func notConfigured() async throws {
        try await staged { stage in
            let made = try await InvitationStore(pool: stage.pool).create(
                viewer: stage.world.member, organizationID: stage.world.organizationID, email: "g@demo.example",
                isAdmin: false)
            #expect(try await stage.state(made.id) == "NOT_CONFIGURED false 0")
            #expect(try await stage.claim().isEmpty)
        }
    }

    @Test("a token whose invitation has expired is not kept, whatever becomes of its letter")
    func upkeep() async throws {
        try await staged { stage in
            let made = try await stage.invite()
            #expect(try await InvitationTokens.deleteExpired(stage.pool) == 0)
            _ = try await stage.pool.query(
                "update organization_invitations set expires_at = now() where id = \(made.id)")
            #expect(try await InvitationTokens.deleteExpired(stage.pool) == 1)
        }
    }
}
