import JSON
import Testing

private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(capacity: 1)
    body(&writer)
    return String(decoding: writer.finish(), as: UTF8.self)
}

@Suite("JSONWriter")
struct JSONWriterTests {
    @Test("writes literals, punctuation and raw bytes as they are")
    func literals() {
        let result = text { writer in
            writer.writeRaw("{\"a\":")
            writer.writeBool(true)
            writer.writeRaw(Array(",\"b\":".utf8))
            writer.writeBool(false)
            writer.writeByte(UInt8(ascii: ","))
            writer.writeRaw("\"c\":")
            writer.writeNull()
            writer.writeRaw("}")
        }
        #expect(result == #"{"a":true,"b":false,"c":null}"#)
    }

    @Test("escapes each control character, quote and backslash, and nothing else below U+0080")
    func escapesASCII() {
        let short: [UInt8: String] = [0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r"]
        for byte in UInt8(0)..<0x80 {
            let expected: String
            if let escape = short[byte] {
                expected = escape
            } else if byte < 0x20 {
                expected = "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            } else if byte == 0x22 || byte == 0x5C {
                expected = "\\" + String(UnicodeScalar(byte))
            } else {
                expected = String(UnicodeScalar(byte))
            }
            #expect(text { $0.writeString(String(UnicodeScalar(byte))) } == "\"\(expected)\"")
        }
    }

    @Test("finds a special byte at every place of strings of every length up to 40")
    func everyPlace() {
        for length in 1...40 {
            for place in 0..<length {
                for (special, escape) in [("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\u{1F}", "\\u001f")] {
                    let before = String(repeating: "あx".first.map(String.init) ?? "", count: place)
                    let after = String(repeating: "!", count: length - place - 1)
                    let result = text { $0.writeString(before + special + after) }
                    #expect(result == "\"" + before + escape + after + "\"")
                }
            }
        }
    }

    @Test("leaves bytes next to the special ones alone")
    func neighbours() {
        let plain = "!#[]^~\u{7F}\u{80}\u{2028}\u{2029}日本語🎨\u{10FFFF} "
        for count in 1...9 {
            let repeated = String(repeating: plain, count: count)
            #expect(text { $0.writeString(repeated) } == "\"\(repeated)\"")
        }
    }

    @Test("passes invalid UTF-8 through without harm")
    func invalidUTF8() {
        let bytes: [UInt8] = [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x22, 0xF5, 0xFE, 0x00, 0xFF]
        var writer = JSONWriter(capacity: 0)
        bytes.withUnsafeBufferPointer { writer.writeString(utf8: $0) }
        let expected: [UInt8] =
            [0x22, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x5C, 0x22, 0xF5, 0xFE] + Array("\\u0000".utf8) + [0xFF, 0x22]
        #expect(writer.finish() == expected)
    }

    @Test("grows when a string of nothing but escapes is six times its input")
    func growth() {
        let input = String(repeating: "\u{1}", count: 10_000)
        let result = text { $0.writeString(input) }
        #expect(result == "\"" + String(repeating: "\\u0001", count: 10_000) + "\"")
    }

    @Test(
        "writes integers",
        arguments: [
            (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (1_234_567_890, "1234567890"),
            (Int.max, "9223372036854775807"), (Int.min, "-9223372036854775808"),
        ])
    func integers(value: Int, expected: String) {
        #expect(text { $0.writeInt(value) } == expected)
    }

    @Test("writes the largest unsigned integer")
    func unsigned() {
        #expect(text { $0.writeUInt(.max) } == "18446744073709551615")
    }

    @Test(
        "writes doubles as JavaScript does",
        arguments: [
            (0.0, "0"), (1.0, "1"), (-1.0, "-1"), (0.1, "0.1"), (-0.5, "-0.5"), (1.5, "1.5"), (100.25, "100.25"),
            (1e20, "100000000000000000000"), (1e21, "1e+21"), (123_456_789_012_345_683_968, "123456789012345680000"),
            (1.2345e25, "1.2345e+25"), (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (0.00012, "0.00012"),
            (Double.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
            (0.1 + 0.2, "0.30000000000000004"),
            (9_007_199_254_740_991, "9007199254740991"), (9_007_199_254_740_992, "9007199254740992"),
            (-0.0, "-0"), (12345.678, "12345.678"), (1e16, "10000000000000000"), (2.5e15, "2500000000000000"),
        ])
    func doubles(value: Double, expected: String) {
        #expect(text { $0.writeDouble(value) } == expected)
    }

    @Test("doubles read back to the same bits")
    func doubleRoundTrip() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let read = try #require(Double(text { $0.writeDouble(value) }))
            #expect(read.bitPattern == value.bitPattern)
        }
    }

    @Test("doubles of every size have the fewest digits that read back")
    func shortestDigits() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<20_000 {
            let scale: [Double] = [1e-3, 1, 1e3, 1e6, 1e9, 1e12]
            let exact = Double(random.next() >> 11) / 9_007_199_254_740_992 * scale[Int(random.next() % 6)]
            let decimals: [Double] = [1, 10, 100, 1e4, 1e6, 1e7]
            let factor = decimals[Int(random.next() % 6)]
            for value in [exact, (exact * factor).rounded() / factor, exact.nextUp] where value >= 0.0001 {
                let expected =
                    value.description.hasSuffix(".0") ? String(value.description.dropLast(2)) : value.description
                #expect(text { $0.writeDouble(value) } == expected)
            }
        }
    }

    @Test("a string is written alike wherever its escapes and its end lie")
    func escapesEverywhere() throws {
        for length in 0..<40 {
            for place in 0...length {
                let plain = String(repeating: "x", count: length)
                let (left, right) = (plain.prefix(place), plain.dropFirst(place))
                #expect(text { $0.writeString("\(left)\"\(right)") } == "\"\(left)\\\"\(right)\"")
            }
        }
    }

    @Test("truncate takes back what was written after a mark")
    func truncate() {
        let result = text { writer in
            writer.writeRaw("[1")
            let mark = writer.count
            writer.writeRaw(",{\"broken\":")
            writer.truncate(to: mark)
            writer.writeRaw(",null]")
        }
        #expect(result == "[1,null]")
    }

    @Test("gives its bytes away and starts anew")
    func takeBytes() {
        var writer = JSONWriter()
        writer.writeRaw("[1]")
        #expect(writer.takeBytes() == Array("[1]".utf8))
        #expect(writer.count == 0)
        writer.writeRaw("[2]")
        #expect(writer.finish() == Array("[2]".utf8))
        #expect(JSONWriter().finish().isEmpty)
    }

    @Test("lends its bytes without copying them away")
    func withBytes() {
        var writer = JSONWriter()
        writer.writeRaw("[]")
        #expect(writer.withBytes { Array($0) } == Array("[]".utf8))
        writer.writeByte(UInt8(ascii: "\n"))
        #expect(writer.count == 3)
    }
}

/// A small generator with a seed, so that a failing random test fails again.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
