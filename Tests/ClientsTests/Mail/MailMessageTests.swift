import Foundation
import Testing

@testable import Clients

@Suite("Letters")
struct MailMessageTests {
    @Test("an address is what SMTP takes as it stands, and nothing that could end a line or a command")
    func addresses() {
        let long = String(repeating: "a", count: 64)
        for text in ["a@b", "a.b+c@demo.example", "o'neil@x-y.example", "\(long)@demo.example", "1@2.3"] {
            #expect(MailAddress(text)?.description == text)
        }
        #expect(MailAddress("a@demo.example")?.domain == "demo.example")
        for text in [
            "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "<a@b>", "a@b>", "a\r\nRCPT TO:<x@y>@b", "a@b\r\nData: x",
            "a@b\n", "a\u{0}@b", ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@b..c", "a@-b", "a@b-", "\"a b\"@c",
            "a,b@c",
            "a@[127.0.0.1]", "監修@demo.example", "a@監修.example", "\(long)a@demo.example",
            "a@\(long).example", "a@\((0..<70).map { _ in "abc." }.joined())example", "a@b(c)", "a;b@c", "a:b@c",
            "a\\@b",
        ] {
            #expect(MailAddress(text) == nil, "\(text)")
        }
    }

    private func letter(_ subject: String, _ text: String = "Hello") throws -> [String] {
        let from = try #require(MailAddress("desk@demo.example"))
        let to = try #require(MailAddress("guest@demo.example"))
        let message = MailMessage(
            from: from, to: to, subject: subject, text: text, date: "Thu, 26 Nov 2026 21:30:00 +0000",
            id: try #require(UUID(uuidString: "00000000-0000-4000-8000-000000000001")))
        let bytes = message.bytes
        #expect(bytes.allSatisfy { $0 < 128 && $0 != 0 })
        let whole = String(decoding: bytes, as: UTF8.self)
        let lines = whole.components(separatedBy: "\r\n")
        // No line end but these.
        #expect(lines.allSatisfy { !$0.unicodeScalars.contains("\r") && !$0.unicodeScalars.contains("\n") })
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        return lines
    }

    @Test("a letter is ASCII in short lines, with its text as Base64")
    func whole() throws {
        let text = "こんにちは\n.\nFrom x\n" + String(repeating: "長い", count: 200)
        let lines = try letter("Hello", text)
        let head = lines.prefix { !$0.isEmpty }
        #expect(
            Array(head) == [
                "Date: Thu, 26 Nov 2026 21:30:00 +0000", "From: <desk@demo.example>", "To: <guest@demo.example>",
                "Message-ID: <00000000-0000-4000-8000-000000000001@demo.example>", "Subject: Hello",
                "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: base64",
            ])
        let body = try #require(Data(base64Encoded: lines.drop { !$0.isEmpty }.joined()))
        #expect(String(decoding: body, as: UTF8.self) == text.replacing("\n", with: "\r\n"))
    }

    @Test("no subject begins another field, and every one can be read again")
    func subjects() throws {
        for (subject, expected) in [
            ("Hello", "Hello"), ("a\r\nBcc: x@y.example\r\n\r\nBody", "a  Bcc: x@y.example    Body"),
            ("a\nb\rc\u{0}d\u{85}e\u{2028}f\u{2029}g", "a b c d e f g"), ("監修への招待", "監修への招待"),
            ("=?UTF-8?B?QQ==?=", "=?UTF-8?B?QQ==?="), (String(repeating: "あいう", count: 85), nil),
            (String(repeating: "x", count: 255), nil), ("👩‍👩‍👧‍👦 が゙", nil), ("", ""),
        ] as [(String, String?)] {
            let lines = try letter(subject)
            let first = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
            let more = lines[(first + 1)...].prefix { $0.hasPrefix(" ") }
            #expect(lines[first + more.count + 1] == "Auto-Submitted: auto-generated")
            let words = ([String(lines[first].dropFirst("Subject: ".count))] + more.map { String($0.dropFirst()) })
            var read = ""
            for word in words {
                guard let match = word.wholeMatch(of: /=\?UTF-8\?B\?([A-Za-z0-9+\/=]*)\?=/) else {
                    read += word
                    continue
                }
                #expect(word.utf8.count <= 75)
                let bytes = try #require(Data(base64Encoded: String(match.1)))
                // Each word is text by itself.
                read += try #require(String(validating: bytes, as: UTF8.self))
            }
            #expect(read == expected ?? subject)
        }
    }
}
