// Quoted strings: specification, section 2.10.4, "StringValue". The lexer has checked the escapes.

/// The meaning of the raw text between quotes.
enum QuotedString {
    /// Decodes the escapes of a text that the lexer has accepted.
    static func value(of raw: ArraySlice<UInt8>) -> String {
        var text = ""
        text.reserveCapacity(raw.count)
        var rest = raw
        while let escape = rest.firstIndex(of: UInt8(ascii: "\\")) {
            text += String(decoding: rest[..<escape], as: UTF8.self)
            rest = rest[(escape + 1)...]
            text.unicodeScalars.append(takeEscape(&rest))
        }
        return text + String(decoding: rest, as: UTF8.self)
    }

    /// Reads one escape behind its `\`.
    private static func takeEscape(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        switch rest.removeFirst() {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return takeUnicode(&rest)
        case let byte: return Unicode.Scalar(byte)
        }
    }

    private static func takeUnicode(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        if rest.first == UInt8(ascii: "{") {
            let end = rest.firstIndex(of: UInt8(ascii: "}")) ?? rest.endIndex
            let digits = rest[(rest.startIndex + 1)..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            return scalar(number(digits))
        }
        let leading = number(rest.prefix(4))
        rest = rest.dropFirst(4)
        guard (0xD800..<0xDC00).contains(leading) else { return scalar(leading) }
        // A leading surrogate is always followed by `\u` and its trailing one.
        let trailing = number(rest.dropFirst(2).prefix(4))
        rest = rest.dropFirst(6)
        return scalar(0x10000 + (leading - 0xD800) << 10 + trailing &- 0xDC00)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt32 {
        digits.reduce(0) { $0 << 4 | UInt32(CharacterClass.hexValue($1) ?? 0) }
    }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}

extension QuotedString {
    /// The quoted literal of a text: quotes, backslashes and control characters are escaped.
    static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
