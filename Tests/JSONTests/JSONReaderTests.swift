import JSON
import Testing

@Suite("JSONReader")
struct JSONReaderTests {
    @Test("reads every kind of value")
    func kinds() throws {
        let value = try JSONReader.read(
            #" { "n" : null , "t":true,"f":false, "i":-12, "d": 1.5e2, "s":"x", "a":[1,[],{}], "o":{"k":"v"} } "#)
        let expected: JSONValue = [
            "n": nil, "t": true, "f": false, "i": -12, "d": 150.0, "s": "x", "a": [1, [], [:]], "o": ["k": "v"],
        ]
        #expect(value == expected)
        #expect(value.object?.keys == ["n", "t", "f", "i", "d", "s", "a", "o"])
        #expect(value["o"]?["k"]?.string == "v")
        #expect(value["a"]?[0]?.int == 1)
        #expect(value["a"]?[9] == nil)
    }

    @Test("reads all escapes, surrogate pairs among them")
    func escapes() throws {
        let value = try JSONReader.read(#""\"\\\/\b\f\n\r\t\u0041\u00e9\u3042\uD83C\uDFA8\u0000é日🎨""#)
        #expect(value == .string("\"\\/\u{8}\u{C}\n\r\tAéあ🎨\u{0}é日🎨"))
    }

    @Test("a written string reads back, whatever it holds")
    func stringRoundTrip() throws {
        var random = SeededRandom(seed: 1)
        for _ in 0..<2_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0..<40, using: &random) {
                let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
                if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) { scalars.append(scalar) }
            }
            let string = String(scalars)
            let read = try JSONReader.read(JSONValue.string(string).encoded())
            #expect(Array(read.string?.utf8 ?? "".utf8) == Array(string.utf8))
        }
    }

    @Test("a written value reads back")
    func valueRoundTrip() throws {
        var random = SeededRandom(seed: 2)
        for _ in 0..<500 {
            let value = randomValue(depth: 5, &random)
            #expect(try JSONReader.read(value.encoded()) == value)
        }
    }

    @Test("numbers become the kind that holds them")
    func numbers() throws {
        #expect(try JSONReader.read("0") == .int(0))
        #expect(try JSONReader.read("9223372036854775807") == .int(.max))
        #expect(try JSONReader.read("-9223372036854775808") == .int(.min))
        #expect(try JSONReader.read("9223372036854775808") == .numberText("9223372036854775808"))
        #expect(try JSONReader.read("-9223372036854775809") == .numberText("-9223372036854775809"))
        #expect(try JSONReader.read("1e400") == .numberText("1e400"))
        #expect(try JSONReader.read("1.0") == .double(1))
        #expect(try JSONReader.read("1E+2") == .double(100))
        #expect(try JSONReader.read("1e-400") == .double(0))
        #expect(try JSONReader.read("-0").double?.sign == .minus)
        #expect(try JSONReader.read("123456789012345678901234567890").encoded().count == 30)
        #expect(try JSONReader.read("3.0").int == 3)
        #expect(try JSONReader.read("3.5").int == nil)
    }

    @Test("the depth limit is exact")
    func depth() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        _ = try JSONReader.read(nested(64))
        #expect(fault(nested(65))?.code == .tooDeep)
        #expect(fault(nested(65))?.offset == 64)
        let three = JSONReader.Options(maximumDepth: 3)
        _ = try JSONReader.read(#"{"a":[{}]}"#, options: three)
        #expect(fault(#"{"a":[{"b":[]}]}"#, three)?.code == .tooDeep)
        _ = try JSONReader.read("[[],[],[[]]]", options: three)
        #expect(fault(String(repeating: "[", count: 1_000_000))?.code == .tooDeep)
    }

    @Test("the byte limit is exact")
    func bytes() throws {
        let options = JSONReader.Options(maximumBytes: 4)
        _ = try JSONReader.read("null", options: options)
        #expect(fault("null ", options)?.code == .tooLong)
    }

    @Test("equal keys: the last wins, or the text is refused")
    func duplicates() throws {
        let text = #"{"a":1,"b":2,"\u0061":3}"#
        let value = try JSONReader.read(text)
        #expect(value == ["a": 3, "b": 2])
        #expect(value.object?.keys == ["a", "b"])
        let error = fault(text, JSONReader.Options(duplicateKeys: .refuse))
        #expect(error?.code == .duplicateKey)
        #expect(error?.offset == 13)
        let inside = fault(#"[{"k":{"x":0,"x":0}}]"#, JSONReader.Options(duplicateKeys: .refuse))
        #expect(inside?.code == .duplicateKey)
    }

    @Test("keys that only look alike are two keys")
    func canonicalEquivalence() throws {
        let value = try JSONReader.read("{\"\u{E9}\":1,\"e\u{301}\":2}", options: .init(duplicateKeys: .refuse))
        #expect(value.object?.count == 2)
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test("a byte order mark is refused or passed over")
    func byteOrderMark() throws {
        #expect(fault("\u{FEFF}1")?.code == .byteOrderMark)
        #expect(try JSONReader.read("\u{FEFF}1", options: .init(byteOrderMark: .skip)) == 1)
        #expect(fault("\u{FEFF}\u{FEFF}1", .init(byteOrderMark: .skip))?.code == .unexpectedByte)
    }

    @Test("an error names byte, line and column")
    func place() throws {
        let error = try #require(fault("{\n  \"a\": 1,\n  \"b\": tru }"))
        #expect(error.code == .unexpectedByte)
        #expect(error.offset == 22)
        #expect(error.line == 3)
        #expect(error.column == 11)
        #expect(error.description == "Expected `true`. (line 3, column 11)")
    }

    @Test("member ranges hold the values as they were written")
    func members() throws {
        let text = #" {"query" : "{ a }" ,"variables": {"x":[1, 2],"y":"}"} , "n":-1.5e3,"variables":null} "#
        let bytes = Array(text.utf8)
        let members = try JSONReader.members(of: bytes)
        #expect(members.map(\.key) == ["query", "variables", "n"])
        #expect(members.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [#""{ a }""#, "null", "-1.5e3"])
        let once = Array(#"{"variables": {"x":[1, 2],"y":"}"}}"#.utf8)
        let range = try #require(try JSONReader.members(of: once).first?.range)
        #expect(String(decoding: once[range], as: UTF8.self) == #"{"x":[1, 2],"y":"}"}"#)
        #expect(try JSONReader.members(of: Array("{}".utf8)).isEmpty)
        #expect(throws: JSONError.self) { try JSONReader.members(of: Array("[1]".utf8)) }
    }

    @Test("random bytes are read or refused alike by both ways of reading, and never harm")
    func randomBytes() {
        var random = SeededRandom(seed: 3)
        let alphabet = Array("{}[]\",:\\u0123dD8cC-+.eEtrufalsn \n\t\u{1}é".utf8) + [0xFF, 0xC3, 0xED, 0xA0]
        var accepted = 0
        for _ in 0..<50_000 {
            var bytes = Array("{\"a\":".utf8)
            for _ in 0..<Int.random(in: 0..<16, using: &random) {
                bytes.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            bytes.append(UInt8(ascii: "}"))
            let value = try? JSONReader.read(bytes)  // only whether it is refused matters
            let members = try? JSONReader.members(of: bytes)  // as above
            #expect((value == nil) == (members == nil))
            guard let value, let members else { continue }
            accepted += 1
            #expect(members.map(\.key) == value.object?.keys)
            for member in members {
                #expect((try? JSONReader.read(Array(bytes[member.range]))) == value[member.key])
            }
            #expect((try? JSONReader.read(value.encoded()))?.encoded() == value.encoded())
        }
        #expect(accepted > 400)
    }

    @Test("a damaged text is read or refused, never more")
    func mutations() throws {
        var random = SeededRandom(seed: 4)
        for _ in 0..<5_000 {
            var bytes = randomValue(depth: 4, &random).encoded()
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
            // Refusal is one of the two right answers. Texts are compared, since `2.0` is written as `2`.
            guard let value = try? JSONReader.read(bytes) else { continue }
            #expect(try JSONReader.read(value.encoded()).encoded() == value.encoded())
        }
    }

    private func fault(_ text: String, _ options: JSONReader.Options = .init()) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONReader.read(text, options: options)
            return nil
        } catch {
            return error
        }
    }

    private func randomValue(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 6 : 8), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .int(.random(in: .min ... .max, using: &random))
        case 3: return .double(Double.random(in: -1e6...1e6, using: &random) + 0.000_123)
        case 4: return .string(String(random.next(), radix: 36))
        case 5: return .string("\n\"\\日\u{1}")
        case 6:
            let count = Int.random(in: 0..<5, using: &random)
            return .array((0..<count).map { _ in randomValue(depth: depth - 1, &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                object[String(random.next() % 50)] = randomValue(depth: depth - 1, &random)
            }
            return .object(object)
        }
    }
}
