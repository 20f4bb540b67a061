// Bytes to tokens: specification, section 2.1 and appendix C. The lexer works on a pointer because every byte of every
// request passes here; all reads are behind a comparison with `count`.

/// Reads the tokens of a source from left to right.
///
/// It borrows the bytes: it must not outlive the closure that gave the pointer.
struct Lexer {
    /// The source.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The offset of the next byte to read.
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The byte at an offset, nil behind the end.
    @inline(__always)
    func byte(at offset: Int) -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    /// Reads the next token; at the end it answers `end` for ever.
    @inline(__always)
    mutating func next() throws(SyntaxError) -> Token {
        while position < bytes.count {
            let byte = bytes[position]
            if CharacterClass.isNameStart(byte) { return name() }
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
            case UInt8(ascii: "{"): return punctuator(.braceLeft)
            case UInt8(ascii: "}"): return punctuator(.braceRight)
            case UInt8(ascii: "("): return punctuator(.parenLeft)
            case UInt8(ascii: ")"): return punctuator(.parenRight)
            case UInt8(ascii: ":"): return punctuator(.colon)
            case UInt8(ascii: "$"): return punctuator(.dollar)
            case UInt8(ascii: "!"): return punctuator(.bang)
            case UInt8(ascii: "="): return punctuator(.equals)
            case UInt8(ascii: "@"): return punctuator(.at)
            case UInt8(ascii: "["): return punctuator(.bracketLeft)
            case UInt8(ascii: "]"): return punctuator(.bracketRight)
            case UInt8(ascii: "|"): return punctuator(.pipe)
            case UInt8(ascii: "&"): return punctuator(.ampersand)
            default:
                if let token = try uncommon(byte) { return token }
            }
        }
        return Token(kind: .end, start: UInt32(truncatingIfNeeded: position), end: UInt32(truncatingIfNeeded: position))
    }

    /// Tokens that take longer, and comments and byte order marks, for which it answers nil.
    @inline(never)
    private mutating func uncommon(_ byte: UInt8) throws(SyntaxError) -> Token? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            return try number()
        case UInt8(ascii: "\""):
            let isBlock = self.byte(at: position + 1) == byte && self.byte(at: position + 2) == byte
            return isBlock ? try blockString() : try quotedString()
        case UInt8(ascii: ".") where self.byte(at: position + 1) == byte && self.byte(at: position + 2) == byte:
            position += 3
            return token(.spread, from: position - 3)
        case UInt8(ascii: "#"):
            try skipComment()
            return nil
        case 0xEF where self.byte(at: position + 1) == 0xBB && self.byte(at: position + 2) == 0xBF:
            position += 3
            return nil
        default:
            throw invalidCharacter()
        }
    }

    @inline(__always)
    private mutating func punctuator(_ kind: Token.Kind) -> Token {
        position += 1
        return token(kind, from: position - 1)
    }

    @inline(__always)
    private mutating func name() -> Token {
        let start = position
        var end = position + 1
        while end < bytes.count, CharacterClass.isNameContinue(bytes[end]) { end += 1 }
        position = end
        return token(.name, from: start)
    }

    /// The token from an offset up to the current position; sources are shorter than 2³², so nothing is lost.
    @inline(__always)
    func token(_ kind: Token.Kind, from start: Int, hasEscapes: Bool = false) -> Token {
        Token(
            kind: kind, hasEscapes: hasEscapes, start: UInt32(truncatingIfNeeded: start),
            end: UInt32(truncatingIfNeeded: position))
    }

    private mutating func skipComment() throws(SyntaxError) {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") {
            try skipCharacter()
        }
    }

    /// Steps over one source character of any length.
    @inline(__always)
    mutating func skipCharacter() throws(SyntaxError) {
        if bytes[position] < 0x80 {
            position += 1
        } else {
            position += try lengthOfMultibyteCharacter()
        }
    }
}
