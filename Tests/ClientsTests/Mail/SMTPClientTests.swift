import Foundation
import TestSupport
import Testing

@testable import Clients

@Suite("Sending letters", .timeLimit(.minutes(15)))
struct SMTPClientTests {
    private struct Stopped: Error {}

    private func message(to address: String = "guest@demo.example") throws -> MailMessage {
        MailMessage(
            from: try #require(MailAddress("desk@demo.example")), to: try #require(MailAddress(address)),
            subject: "監修への招待", text: "こんにちは\n.\n", date: "Thu, 26 Nov 2026 21:30:00 +0000", id: UUID())
    }

    private func failure(_ body: () throws -> Void) -> SMTPClient.Failure? {
        do {
            try body()
            return nil
        } catch {
            return error as? SMTPClient.Failure
        }
    }

    @Test("a letter arrives as it was written, for one person")
    func arrives() throws {
        let server = try MailServer()
        defer { server.stop() }
        let message = try message()
        try SMTPClient(.init(url: server.url)).send(message) {}
        let letters = server.letters
        #expect(letters.count == 1)
        let letter = try #require(letters.first)
        #expect(letter.from == "desk@demo.example")
        #expect(letter.to == ["guest@demo.example"])
        #expect(letter.text == "こんにちは\r\n.\r\n")
        #expect(letter.field("Message-ID") == "<\(message.id.uuidString.lowercased())@demo.example>")
    }

    @Test(
        "what the server refuses for good is not tried again, what it refuses for now is",
        arguments: [
            ("MAIL", "550 no", true), ("RCPT", "550 unknown", true), ("RCPT", "450 later", false),
            ("DATA", "554 no", true),
            (".", "554 spam", true), (".", "451 later", false), ("EHLO", "421 busy", false),
        ])
    func refused(command: String, reply: String, isFinal: Bool) throws {
        let server = try MailServer { $0.hasPrefix(command) ? reply : nil }
        defer { server.stop() }
        let client = try SMTPClient(.init(url: server.url))
        let message = try message()
        let failure = try #require(failure { try client.send(message) {} })
        #expect(failure.isFinal == isFinal, "\(failure)")
        #expect(server.letters.isEmpty)
    }

    @Test("a server that is not there is tried again")
    func nobody() throws {
        let server = try MailServer()
        server.stop()
        let message = try message()
        let failure = failure { try SMTPClient(.init(url: server.url)).send(message) {} }
        #expect(failure?.isFinal == false)
    }

    @Test("whoever no longer waits is not kept by a server that says nothing")
    func stopped() throws {
        let server = try MailServer { $0.hasPrefix("RCPT") ? "" : nil }
        defer { server.stop() }
        let client = try SMTPClient(.init(url: server.url))
        let message = try message()
        #expect(throws: Stopped.self) {
            try client.send(message) {
                if server.commands.contains(where: { $0.hasPrefix("RCPT") }) { throw Stopped() }
            }
        }
        #expect(server.letters.isEmpty)
    }

    @Test("elsewhere than on this machine nothing goes without TLS, and no URL leads to anything but mail")
    func urls() throws {
        for url in [
            "", "smtp", "http://127.0.0.1", "file:///etc/passwd", "imap://127.0.0.1", "smtp://user:secret@127.0.0.1",
            "ftp://127.0.0.1",
        ] {
            #expect(throws: SMTPClient.Failure.self, "\(url)") { try SMTPClient(.init(url: url)) }
        }
        // Linux leads this to the machine itself, but it is no address of it.
        let server = try MailServer()
        defer { server.stop() }
        let url = server.url.replacing("127.0.0.1", with: "0.0.0.0")
        let message = try message()
        let failure = failure { try SMTPClient(.init(url: url)).send(message) {} }
        #expect(failure?.isFinal == false)
        #expect(server.commands.contains { $0.hasPrefix("EHLO") })
        #expect(!server.commands.contains { $0.hasPrefix("MAIL") })
    }
}
