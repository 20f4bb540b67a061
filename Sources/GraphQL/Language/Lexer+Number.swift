// Numbers: specification, sections 2.10.1 and 2.10.2. Only their shape is checked; range is a matter of the type.

extension Lexer {
    /// Reads an integer or a number with fraction or exponent.
    mutating func number() throws(SyntaxError) -> Token {
        let start = position
        var kind = Token.Kind.int
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if byte(at: position) == UInt8(ascii: "0") {
            position += 1
            if let next = byte(at: position), CharacterClass.isDigit(next) {
                throw failure(
                    "Invalid number, unexpected digit after 0: \(describeCharacter(at: position)).", at: position)
            }
        } else {
            try digits()
        }
        if byte(at: position) == UInt8(ascii: ".") {
            kind = .float
            position += 1
            try digits()
        }
        if let next = byte(at: position), next | 0x20 == UInt8(ascii: "e") {
            kind = .float
            position += 1
            if byte(at: position) == UInt8(ascii: "+") || byte(at: position) == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        if let next = byte(at: position), next == UInt8(ascii: ".") || CharacterClass.isNameStart(next) {
            throw expectedDigit()
        }
        return token(kind, from: start)
    }

    /// Reads one digit or more.
    private mutating func digits() throws(SyntaxError) {
        guard let first = byte(at: position), CharacterClass.isDigit(first) else { throw expectedDigit() }
        while let next = byte(at: position), CharacterClass.isDigit(next) { position += 1 }
    }

    private func expectedDigit() -> SyntaxError {
        failure("Invalid number, expected digit but found \(describeCharacter(at: position)).", at: position)
    }
}
