import Testing

@testable import Hashing

@Suite("Sealed texts")
struct TextSealTests {
    private let seal = TextSeal(key: Array(0..<32))

    @Test("a text comes back for its use and with its key, and for nothing else", arguments: ["", "ya29.token", "監修"])
    func roundTrip(text: String) {
        let sealed = seal.seal(text, for: "row 1")
        #expect(seal.open(sealed, for: "row 1") == text)
        #expect(seal.open(sealed, for: "row 2") == nil)
        #expect(TextSeal(key: Array(1..<33)).open(sealed, for: "row 1") == nil)
        #expect(!String(decoding: sealed, as: UTF8.self).contains("token"))
    }

    @Test("what was changed anywhere is refused, and so is what is too short")
    func damage() {
        let sealed = seal.seal("ya29.token", for: "x")
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(seal.open(changed, for: "x") == nil, "\(place)")
        }
        for count in [0, 1, 27, sealed.count - 1] { #expect(seal.open(Array(sealed.prefix(count)), for: "x") == nil) }
    }

    @Test("the same text is sealed differently each time")
    func nonces() {
        #expect(seal.seal("a", for: "x") != seal.seal("a", for: "x"))
    }

    @Test("test case 14 of McGrew and Viega's specification of the mode: key and nonce of zeros")
    func specification() {
        let zeros = TextSeal(key: Array(repeating: 0, count: 32))
        let sealed: [UInt8] =
            Array(repeating: 0, count: 12) + [
                0xCE, 0xA7, 0x40, 0x3D, 0x4D, 0x60, 0x6B, 0x6E, 0x07, 0x4E, 0xC5, 0xD3, 0xBA, 0xF3, 0x9D, 0x18, 0xD0,
                0xD1,
                0xC8, 0xA7, 0x99, 0x99, 0x6B, 0xF0, 0x26, 0x5B, 0x98, 0xB5, 0xD4, 0x8A, 0xB9, 0x19,
            ]
        #expect(zeros.open(sealed, for: "") == String(repeating: "\0", count: 16))
    }

    @Test(
        "MD5 of RFC 1321",
        arguments: [("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72")])
    func md5(text: String, digest: String) {
        #expect(Hex.encode(Array(text.utf8).withUnsafeBytes { MD5.hash($0) }) == digest)
    }
}
