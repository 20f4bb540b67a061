import Clients
import Testing

@Suite("URLSigner")
struct URLSignerTests {
    private static let secret = [UInt8](1...32)

    private func signer(at now: Int = 1_000, key: [UInt8] = URLSignerTests.secret) -> URLSigner {
        URLSigner(key: key, now: { now })
    }

    private static func grants() throws -> [SignedURL.Grant] {
        [
            .read(try ObjectKey("a/b.png"), contentType: nil, fileName: nil),
            .read(try ObjectKey("a"), contentType: "image/png", fileName: "確認 & 50%=✓.pptx"),
            .upload(id: "0f-3_x", contentType: "image/jpeg", maximumBytes: 10_485_760),
        ]
    }

    @Test("What was signed is granted until the second it ends", arguments: try Self.grants())
    func roundTrip(grant: SignedURL.Grant) throws {
        let signed = signer().sign(grant, validForSeconds: 60)
        #expect(signed.expiresAt == 1_060)
        #expect(signed.path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        let method = SignedURL(grant: grant, expiresAt: 0).method
        let granted = try signer(at: 1_059).verify(method: method, target: signed.path)
        #expect(granted == SignedURL(grant: grant, expiresAt: 1_060))
        #expect(code { try signer(at: 1_060).verify(method: method, target: signed.path) } == .expired)
    }

    @Test("The forms are those of the API")
    func forms() throws {
        let read = signer().sign(.read(try ObjectKey("a/b"), contentType: nil, fileName: nil), validForSeconds: 1)
        #expect(read.path.hasPrefix("/files/a/b?exp=1001&sig="))
        let upload = signer().sign(.upload(id: "u1", contentType: "image/png", maximumBytes: 5), validForSeconds: 1)
        #expect(upload.path.hasPrefix("/uploads/u1?exp=1001&type=image%2Fpng&max=5&sig="))
    }

    @Test(
        "A changed part breaks the signature",
        arguments: [
            ("/uploads/u1?", "/uploads/u2?"), ("exp=1060", "exp=1061"), ("max=5", "max=50"),
            ("image%2Fpng", "image%2Fgif"),
        ])
    func tampered(part: String, other: String) throws {
        let path = signer().sign(.upload(id: "u1", contentType: "image/png", maximumBytes: 5), validForSeconds: 60).path
        #expect(path.contains(part))
        let forged = path.replacing(part, with: other)
        #expect(code { try signer().verify(method: "PUT", target: forged) } == .wrongSignature)
    }

    @Test("Method, secret and kind belong to the signature; HEAD counts as GET")
    func bound() throws {
        let path = signer().sign(.read(try ObjectKey("a"), contentType: nil, fileName: nil), validForSeconds: 60).path
        #expect(code { try signer().verify(method: "GET", target: path) } == nil)
        #expect(code { try signer().verify(method: "HEAD", target: path) } == nil)
        #expect(code { try signer().verify(method: "PUT", target: path) } == .wrongSignature)
        #expect(code { try signer().verify(method: "DELETE", target: path) } == .wrongSignature)
        let stranger = signer(key: [UInt8](2...33))
        #expect(code { try stranger.verify(method: "GET", target: path) } == .wrongSignature)
        #expect(code { try signer().verify(method: "GET", target: path + "&type=text%2Fhtml") } == .wrongSignature)
    }

    @Test(
        "Everything else is malformed and never granted",
        arguments: [
            "", "/files/a", "/files/a?", "/files/a?exp=1", "/files/a?sig=AAAA", "/files/a?exp=x&sig=AAAA",
            "/files/../a?exp=9999&sig=AAAA", "/files/a?exp=9999&exp=9999&sig=AAAA", "/files/a?exp=9999&sig=A%",
            "/files/a?exp=9999&sig=AAAA&x=1", "/other/a?exp=9999&sig=AAAA", "/uploads/a/b?exp=9&type=a&max=1&sig=AAAA",
            "/uploads/a?exp=9999&type=a&max=-1&sig=AAAA", "/uploads/a?exp=9999&max=1&sig=AAAA",
            "/files/a?exp=9999&name=%FF&sig=AAAA", "/files/a?exp=9999&sig=AA==",
        ])
    func malformed(target: String) {
        #expect(code { try signer().verify(method: "GET", target: target) } == .malformedURL)
    }

    private func code<Value>(_ body: () throws -> Value) -> ObjectStoreError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? ObjectStoreError)?.code
        }
    }
}
