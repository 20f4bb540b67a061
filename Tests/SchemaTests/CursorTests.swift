import Schema
import Testing

@Suite("Cursors")
struct CursorTests {
    @Test(
        "A cursor comes back as it was",
        arguments: [
            [.integer(0)], [.integer(.min), .integer(.max)], [.null, .uuid(UUIDScalar(high: .max, low: 1))],
            [.text("")], [.text("絵 é\u{0}"), .integer(-1)], [.text(String(repeating: "x", count: 255))],
            Array(repeating: .text(String(repeating: "y", count: 255)), count: 8),
        ] as [[Cursor.Part]])
    func roundTrip(parts: [Cursor.Part]) {
        let text = Cursor(parts).text
        #expect(Cursor(text)?.parts == parts)
        #expect(text.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") })
    }

    @Test("A cursor that is too long is refused when it comes back")
    func tooLong() {
        let longest = Cursor([.text(String(repeating: "x", count: 12_282))])
        #expect(longest.text.utf8.count == Cursor.maximumCharacters)
        #expect(Cursor(longest.text) == longest)
        #expect(Cursor(Cursor([.text(String(repeating: "x", count: 12_283))]).text) == nil)
    }

    @Test("The text is the documented layout")
    func layout() {
        // 01 | 01 0000000000000005 in base64url.
        #expect(Cursor([.integer(5)]).text == "AQEAAAAAAAAABQ")
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "A", "AQ", "AgEAAAAAAAAABQ", "AQEAAAAAAAAABQ=", "AQEAAAAAAAAABQk", "AQEAAAAAAAAAB", "AQEAAAAAAAAABR",
            "AQEAAAAAAAAAB!", "AQkA", "AQMAAAAFYWI", "AQMAAAAB_w", "AQP_____YQ", "AQMAAAA", "AQEAAAAAAAAABQ ",
            String(repeating: "A", count: 20_000),
            "AQAAAAAAAAAAAAAA",
        ])
    func refused(text: String) {
        #expect(Cursor(text) == nil)
    }

    @Test("No text is accepted that differs from what its cursor writes")
    func canonical() {
        let sample = Array(Cursor([.integer(5), .text("ab"), .null]).text.utf8)
        for position in sample.indices {
            for byte in UInt8(32)...126 {
                var changed = sample
                changed[position] = byte
                let text = String(decoding: changed, as: UTF8.self)
                if let cursor = Cursor(text) { #expect(cursor.text == text) }
            }
        }
    }
}
