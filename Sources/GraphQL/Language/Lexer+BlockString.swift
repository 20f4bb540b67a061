// Block strings: specification, section 2.10.4. Their indentation is removed later (`BlockString`).

extension Lexer {
    /// Reads a string in triple quotes.
    mutating func blockString() throws(SyntaxError) -> Token {
        let start = position
        var hasEscapes = false
        position += 3
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\""), isTripleQuote(at: position) {
                position += 3
                return token(.blockString, from: start, hasEscapes: hasEscapes)
            }
            if bytes[position] == UInt8(ascii: "\\"), isTripleQuote(at: position + 1) {
                hasEscapes = true
                position += 4
            } else {
                try skipCharacter()
            }
        }
        throw failure("Unterminated string, expected '\"\"\"', found <EOF>.", at: position)
    }

    private func isTripleQuote(at offset: Int) -> Bool {
        let quote = UInt8(ascii: "\"")
        return byte(at: offset) == quote && byte(at: offset + 1) == quote && byte(at: offset + 2) == quote
    }
}
