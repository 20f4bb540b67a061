// Quoted strings: specification, section 2.10.4. The escapes are checked here and decoded later (`QuotedString`).

extension Lexer {
    /// Reads a string in single quotes.
    mutating func quotedString() throws(SyntaxError) -> Token {
        let start = position
        var hasEscapes = false
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return token(.string, from: start, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw failure("Unterminated string, expected '\"' before the end of the line.", at: position)
            default:
                try skipCharacter()
            }
        }
        throw failure("Unterminated string, expected '\"', found <EOF>.", at: position)
    }

    private mutating func skipEscape() throws(SyntaxError) {
        let start = position
        switch byte(at: position + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            position += 2
            if byte(at: position) == UInt8(ascii: "{") {
                try skipBracedUnicode(from: start)
            } else {
                try skipFixedUnicode(from: start)
            }
        default:
            throw invalidEscape(from: start, to: start + 2)
        }
    }

    /// `\u{…}`: any Unicode scalar value in hexadecimal, of any length.
    private mutating func skipBracedUnicode(from start: Int) throws(SyntaxError) {
        var value: UInt32 = 0
        position += 1
        let first = position
        while let next = byte(at: position), let digit = CharacterClass.hexValue(next) {
            value = min(value << 4 | UInt32(digit), 0x110000)
            position += 1
        }
        guard byte(at: position) == UInt8(ascii: "}"), position > first, Unicode.Scalar(value) != nil else {
            throw invalidEscape(from: start, to: position + 1)
        }
        position += 1
    }

    /// `\uXXXX`, or two of them that are a surrogate pair.
    private mutating func skipFixedUnicode(from start: Int) throws(SyntaxError) {
        guard let value = fourHexDigits() else { throw invalidEscape(from: start, to: start + 6) }
        guard (0xD800..<0xE000).contains(value) else { return }
        guard value < 0xDC00, byte(at: position) == UInt8(ascii: "\\"), byte(at: position + 1) == UInt8(ascii: "u")
        else { throw invalidEscape(from: start, to: start + 6) }
        position += 2
        guard let trailing = fourHexDigits(), (0xDC00..<0xE000).contains(trailing) else {
            throw invalidEscape(from: start, to: start + 6)
        }
    }

    /// Steps over four hexadecimal digits; nil when there are fewer.
    private mutating func fourHexDigits() -> UInt32? {
        var value: UInt32 = 0
        for offset in position..<position + 4 {
            guard let next = byte(at: offset), let digit = CharacterClass.hexValue(next) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private func invalidEscape(from start: Int, to end: Int) -> SyntaxError {
        let text = String(decoding: bytes[start..<min(end, bytes.count)].prefix(16), as: UTF8.self)
        let shown = String(text.prefix { $0 != "\"" && !$0.isNewline })
        return failure("Invalid escape sequence: \"\(shown)\".", at: start)
    }
}
