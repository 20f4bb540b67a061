import JSON
import Testing

/// Texts that are no JSON, with the fault that each must be refused for.
@Suite("Malformed JSON")
struct JSONMalformedTests {
    static let texts: [(String, JSONError.Code)] = [
        ("", .unexpectedEnd), (" ", .unexpectedEnd), ("\n\t", .unexpectedEnd),
        ("nul", .unexpectedEnd), ("nulL", .unexpectedByte), ("NULL", .unexpectedByte), ("True", .unexpectedByte),
        ("tru e", .unexpectedByte), ("falsy", .unexpectedByte), ("undefined", .unexpectedByte),
        ("NaN", .unexpectedByte), ("Infinity", .unexpectedByte), ("-Infinity", .invalidNumber),
        ("null null", .trailingBytes), ("1 2", .trailingBytes), ("{}{}", .trailingBytes), ("[]]", .trailingBytes),
        ("true,", .trailingBytes), ("\"a\"b", .trailingBytes), ("1\u{0}", .trailingBytes),
        ("01", .invalidNumber), ("-01", .invalidNumber), ("00", .invalidNumber), ("-", .invalidNumber),
        ("+1", .unexpectedByte), (".5", .unexpectedByte), ("1.", .invalidNumber), ("-.5", .invalidNumber),
        ("1.e3", .invalidNumber), ("1e", .invalidNumber), ("1e+", .invalidNumber), ("1E-", .invalidNumber),
        ("1.5.5", .trailingBytes), ("0x10", .trailingBytes), ("1_000", .trailingBytes), ("--1", .invalidNumber),
        ("1e5.5", .trailingBytes), ("１", .unexpectedByte),
        ("[", .unexpectedEnd), ("[1", .unexpectedEnd), ("[1,", .unexpectedEnd), ("[1,]", .unexpectedByte),
        ("[,1]", .unexpectedByte), ("[1 2]", .unexpectedByte), ("[1,,2]", .unexpectedByte), ("[1}", .unexpectedByte),
        ("]", .unexpectedByte), ("[1;2]", .unexpectedByte),
        ("{", .unexpectedEnd), ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd), ("{\"a\":1", .unexpectedEnd),
        ("{\"a\":1,", .unexpectedEnd), ("{\"a\":1,}", .unexpectedByte), ("{a:1}", .unexpectedByte),
        ("{'a':1}", .unexpectedByte), ("{1:1}", .unexpectedByte), ("{\"a\" 1}", .unexpectedByte),
        ("{\"a\"::1}", .unexpectedByte), ("{\"a\":1 \"b\":2}", .unexpectedByte), ("{\"a\":1]", .unexpectedByte),
        ("{,}", .unexpectedByte), ("{null:1}", .unexpectedByte), ("}", .unexpectedByte),
        ("\"", .unexpectedEnd), ("\"abc", .unexpectedEnd), ("\"abcdefghijkl", .unexpectedEnd),
        ("\"\\", .unexpectedEnd), ("\"\\\"", .unexpectedEnd), ("'a'", .unexpectedByte),
        ("\"a\nb\"", .controlCharacter), ("\"\t\"", .controlCharacter), ("\"\u{0}\"", .controlCharacter),
        ("\"12345678\u{1F}\"", .controlCharacter),
        ("\"\\x41\"", .invalidEscape), ("\"\\a\"", .invalidEscape), ("\"\\'\"", .invalidEscape),
        ("\"\\U0041\"", .invalidEscape), ("\"\\u004\"", .invalidEscape), ("\"\\u00g0\"", .invalidEscape),
        ("\"\\u", .unexpectedEnd), ("\"\\u00", .unexpectedEnd), ("\"\\u+041\"", .invalidEscape),
        ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate), ("\"\\ud800\\u0041\"", .loneSurrogate),
        ("\"\\ud800\\ud800\"", .loneSurrogate), ("\"\\ud800x\"", .loneSurrogate),
        ("\"\\udc00\\ud800\"", .loneSurrogate),
        ("// comment\n1", .unexpectedByte), ("/* c */ 1", .unexpectedByte), ("[1] // c", .trailingBytes),
        ("\u{A0}1", .unexpectedByte), ("1\u{2028}", .trailingBytes), ("\u{C}1", .unexpectedByte),
    ]

    static let bytes: [[UInt8]] = [
        [0x80], [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x28, 0xA1],
        [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x8E],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE],
    ]

    @Test("is refused for its fault", arguments: texts)
    func refused(text: String, code: JSONError.Code) {
        let bytes = Array(text.utf8)
        #expect(fault { () throws(JSONError) in _ = try JSONReader.read(bytes) }?.code == code)
        let member = Array("{\"m\":".utf8) + bytes
        #expect(fault { () throws(JSONError) in _ = try JSONReader.members(of: member) } != nil)
    }

    @Test("bytes that are no UTF-8 are refused wherever a string holds them", arguments: bytes)
    func invalidUTF8(sequence: [UInt8]) {
        for padding in [0, 3, 8, 13] {
            let text = [0x22] + [UInt8](repeating: 0x61, count: padding) + sequence + [0x22]
            let error = fault { () throws(JSONError) in _ = try JSONReader.read(text) }
            #expect(error?.code == .invalidUTF8)
            #expect(error?.offset == padding + 1)
        }
    }

    @Test("every beginning of a document is refused")
    func prefixes() throws {
        let document = Array(#"{"a":[1.5e-3,true,false,null,"\u00e9\ud83c\udfa8é"],"b":{}}"#.utf8)
        _ = try JSONReader.read(document)
        for length in 0..<document.count {
            #expect(fault { () throws(JSONError) in _ = try JSONReader.read(Array(document[..<length])) } != nil)
        }
    }

    private func fault(_ body: () throws(JSONError) -> Void) -> JSONError? {
        do throws(JSONError) {
            try body()
            return nil
        } catch {
            return error
        }
    }
}
