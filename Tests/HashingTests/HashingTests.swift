import Hashing
import Testing

@Suite("SHA256")
struct SHA256Tests {
    @Test(
        "gives the digests that NIST publishes",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(text: String, digest: String) {
        #expect(Hex.encode(SHA256.hash(text)) == digest)
        #expect(Hex.encode(SHA256.hash(Array(text.utf8))) == digest)
    }

    @Test("a million letters in uneven pieces give NIST's long digest, and the state starts anew")
    func incremental() {
        var state = SHA256()
        var left = 1_000_000
        var size = 1
        while left > 0 {
            let piece = min(size, left)
            state.update([UInt8](repeating: UInt8(ascii: "a"), count: piece))
            left -= piece
            size = size * 3 % 10_007 + 1
        }
        let digest = Hex.encode(state.finish())
        #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        #expect(state.finish() == SHA256.hash(""))
    }
}

@Suite("HMACSHA256")
struct HMACTests {
    // RFC 4231 §4: test cases 1, 2, 3, 4, 6 and 7.
    @Test(
        "gives the codes of RFC 4231",
        arguments: [
            (
                "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                "4a656665", Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                String(repeating: "aa", count: 20), [UInt8](repeating: 0xDD, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                "0102030405060708090a0b0c0d0e0f10111213141516171819", [UInt8](repeating: 0xCD, count: 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            ),
            (
                String(repeating: "aa", count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func vectors(key: String, message: [UInt8], code: String) throws {
        let key = try #require(Hex.decode(key))
        #expect(Hex.encode(HMACSHA256.authenticate(key: key, message: message)) == code)
        #expect(try HMACSHA256.isValid(#require(Hex.decode(code)), key: key, message: message))
    }

    @Test("an empty key and an empty message have a code too")
    func empty() {
        #expect(
            Hex.encode(HMACSHA256.authenticate(key: [], message: ""))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("a code that differs in any one bit is not valid, nor is a shorter one")
    func invalid() {
        let code = HMACSHA256.authenticate(key: [1, 2, 3], message: [4])
        for bit in 0..<256 {
            var wrong = code
            wrong[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!HMACSHA256.isValid(wrong, key: [1, 2, 3], message: [4]))
        }
        #expect(!HMACSHA256.isValid(Array(code.dropLast()), key: [1, 2, 3], message: [4]))
        #expect(!HMACSHA256.isValid([], key: [1, 2, 3], message: [4]))
    }
}

@Suite("Hex and Base64URL")
struct TextEncodingTests {
    @Test("hexadecimal text goes both ways")
    func hex() {
        let all = (0...255).map { UInt8($0) }
        #expect(Hex.encode(all).hasPrefix("000102030405060708090a0b0c0d0e0f10"))
        #expect(Hex.decode(Hex.encode(all)) == all)
        #expect(Hex.decode("DEADbeef") == [0xDE, 0xAD, 0xBE, 0xEF])
        #expect(Hex.decode("") == [])
    }

    @Test("what is no hexadecimal text is refused", arguments: ["0", "0g", "0x00", " 00", "00 ", "０１", "-1", "abc"])
    func badHex(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    // RFC 4648 §10, without padding, and the two letters in which the URL alphabet differs.
    @Test(
        "gives the texts of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64(text: String, encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test("bytes of every length and value go both ways")
    func base64RoundTrip() {
        #expect(Base64URL.encode([0xFB, 0xFF, 0xFE]) == "-__-")
        for length in 0..<300 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ length) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test(
        "what encode would never write is refused",
        arguments: ["A", "AAAAA", "Zg==", "Zg=", "Zh", "Zm9", "+/+/", "Zm 9v", "Zm9v\n", "Zm9v.", "あ", "____-"])
    func badBase64(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}

@Suite("Randomness and comparison")
struct RandomBytesTests {
    @Test("gives as many bytes as asked for, never the same")
    func random() {
        for count in [0, 1, 16, 1000] { #expect(RandomBytes.generate(count: count).count == count) }
        var seen: Set<[UInt8]> = []
        for _ in 0..<1000 { seen.insert(RandomBytes.generate(count: 16)) }
        #expect(seen.count == 1000)
    }

    @Test("compares by value and length")
    func comparison() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEquals([1, 2, 3], [0, 2, 3]))
        #expect(!constantTimeEquals([1, 2], [1, 2, 3]))
    }
}
