import Foundation
import JWTKit
import Testing

@testable import Server

@Suite("Access tokens")
struct AccessTokenTests {
    private static let secret = Array("a secret of thirty-two bytes! ok".utf8)
    private let user = UUID()
    private let session = UUID()

    private func keys(_ secret: [UInt8] = secret) async throws -> AccessTokenKeys {
        try await AccessTokenKeys(secret: secret)
    }

    /// Signs any payload with our secret, as somebody who shares it by mistake could.
    private func sign(_ payload: some JWTPayload, _ secret: [UInt8] = secret) async throws -> String {
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: Data(secret)), digestAlgorithm: .sha256)
        return try await keys.sign(payload)
    }

    private func base64URL(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    @Test("a token says who and until when")
    func roundTrip() async throws {
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
        let token = try await keys().issue(to: user, session: session, lifetime: 3600, now: now)
        let read = try #require(try await keys().verify(token))
        #expect(read.subject == user)
        #expect(read.session == session)
        #expect(read.issuedAt == now)
        #expect(read.expiresAt == now.addingTimeInterval(3600))
        let other = try await keys().issue(to: user, session: session, lifetime: 3600, now: now)
        #expect(other != token)
    }

    @Test("what others need to read is in the payload under the registered names")
    func payload() async throws {
        let token = try await keys().issue(
            to: user, session: session, lifetime: 60, now: Date(timeIntervalSince1970: 4_000_000_000))
        let parts = token.split(separator: ".")
        var body = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        while !body.count.isMultiple(of: 4) { body += "=" }
        let data = try #require(Data(base64Encoded: body))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["iss"] as? String == "aimage")
        #expect(object["sub"] as? String == user.uuidString.lowercased())
        #expect(object["sid"] as? String == session.uuidString.lowercased())
        #expect(object["iat"] as? Int == 4_000_000_000)
        #expect(object["exp"] as? Int == 4_000_000_060)
        #expect(UUID(uuidString: object["jti"] as? String ?? "") != nil)
    }

    @Test("a token that was seen before ends when it says, and what differs from it in a byte is refused")
    func seenBefore() async throws {
        let keys = try await keys()
        let now = Date()
        let token = try await keys.issue(to: user, session: session, lifetime: 60, now: now)
        for _ in 0..<2 { #expect(await keys.verify(token)?.session == session) }
        #expect(await keys.verify(token, now: now.addingTimeInterval(61)) == nil)
        // Not the last character: two bits of it are no part of the signature, so several letters mean the same bytes.
        let head = try #require(token.lastIndex(of: "."))
        let first = token.index(after: head)
        let other = token[...head] + (token[first] == "A" ? "B" : "A") + token[token.index(after: first)...]
        #expect(await keys.verify(other) == nil)
        // Another secret knows nothing of it.
        #expect(try await self.keys(Array("another secret of 32 bytes or so".utf8)).verify(token) == nil)
    }

    @Test("a token is good for nothing after its end")
    func expired() async throws {
        let token = try await keys().issue(
            to: user, session: session, lifetime: 60, now: Date(timeIntervalSinceNow: -61))
        #expect(try await keys().verify(token) == nil)
    }

    @Test("an altered token is refused, whatever was altered")
    func altered() async throws {
        let token = try await keys().issue(to: user, session: session, lifetime: 60)
        let parts = token.split(separator: ".").map(String.init)
        let stranger = try await keys().issue(to: UUID(), session: session, lifetime: 60).split(separator: ".").map(
            String.init)
        var flipped = Array(parts[2].utf8)
        flipped[0] = flipped[0] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let forgeries = [
            "\(parts[0]).\(stranger[1]).\(parts[2])", "\(parts[0]).\(parts[1]).",
            "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).\(String(decoding: flipped, as: UTF8.self))",
            "", "x", "..", token + "A", "\(parts[1]).\(parts[0]).\(parts[2])",
        ]
        for forgery in forgeries { #expect(try await keys().verify(forgery) == nil, "\(forgery)") }
    }

    @Test("a token signed with another secret is refused")
    func otherSecret() async throws {
        let token = try await keys(Array(repeating: 7, count: 32)).issue(to: user, session: session, lifetime: 60)
        #expect(try await keys().verify(token) == nil)
    }

    @Test("a token without a signature is refused", arguments: ["none", "None", "HS256"])
    func noSignature(algorithm: String) async throws {
        let token = try await keys().issue(to: user, session: session, lifetime: 60)
        let header = base64URL(#"{"alg":"\#(algorithm)","typ":"JWT"}"#)
        #expect(try await keys().verify("\(header).\(token.split(separator: ".")[1]).") == nil)
    }

    private struct Foreign: JWTPayload {
        var iss: String?
        var sub: String?
        var sid: String? = UUID().uuidString
        var iat: Double? = 1_700_000_000
        var exp: Double?
        var jti: String? = UUID().uuidString

        func verify(using _: some JWTAlgorithm) throws {}
    }

    @Test("a token with our secret but not of our shape is refused")
    func foreign() async throws {
        let id = UUID().uuidString
        let good = Foreign(iss: "aimage", sub: id, exp: 4_000_000_000)
        #expect(try await keys().verify(try await sign(good))?.subject.uuidString == id)
        let bad = [
            Foreign(iss: "somebody", sub: id, exp: 4_000_000_000), Foreign(iss: nil, sub: id, exp: 4_000_000_000),
            Foreign(iss: "aimage", sub: "root", exp: 4_000_000_000),
            Foreign(iss: "aimage", sub: nil, exp: 4_000_000_000),
            Foreign(iss: "aimage", sub: id, sid: nil, exp: 4_000_000_000),
            Foreign(iss: "aimage", sub: id, sid: "root", exp: 4_000_000_000),
            Foreign(iss: "aimage", sub: id, exp: nil), Foreign(iss: "aimage", sub: id, exp: 1_000_000_000),
        ]
        for payload in bad { #expect(try await keys().verify(try await sign(payload)) == nil) }
    }

    @Test("a short secret is refused with a sentence that says how long it must be")
    func shortSecret() async throws {
        let error = await #expect(throws: AccessTokenError.self) { try await keys(Array(repeating: 1, count: 31)) }
        #expect(error?.description == "The token secret has 31 bytes; at least 32 are needed.")
        _ = try await keys(Array(repeating: 1, count: 32))
    }
}
