// Characters beyond ASCII, and the errors that name a character.

extension Lexer {
    /// The length of the well-formed multibyte character at the position (Unicode, table 3-7).
    func lengthOfMultibyteCharacter() throws(SyntaxError) -> Int {
        let first = bytes[position]
        let second = byte(at: position + 1) ?? 0
        switch first {
        case 0xC2...0xDF where isContinuation(1): return 2
        case 0xE0 where second >= 0xA0 && isContinuation(1) && isContinuation(2): return 3
        case 0xED where second < 0xA0 && isContinuation(1) && isContinuation(2): return 3
        case 0xE1...0xEC where isContinuation(1) && isContinuation(2): return 3
        case 0xEE...0xEF where isContinuation(1) && isContinuation(2): return 3
        case 0xF0 where second >= 0x90 && isContinuation(1) && isContinuation(2) && isContinuation(3): return 4
        case 0xF4 where second < 0x90 && isContinuation(1) && isContinuation(2) && isContinuation(3): return 4
        case 0xF1...0xF3 where isContinuation(1) && isContinuation(2) && isContinuation(3): return 4
        default:
            let digits = String(first, radix: 16, uppercase: true)
            throw failure("Invalid character: the byte 0x\(digits) is not well-formed UTF-8.", at: position)
        }
    }

    private func isContinuation(_ distance: Int) -> Bool {
        byte(at: position + distance).map { $0 & 0xC0 == 0x80 } ?? false
    }

    /// The character at an offset as a message shows it: in quotes when it is printable ASCII, else its number.
    func describeCharacter(at offset: Int) -> String {
        guard let byte = byte(at: offset) else { return "<EOF>" }
        if byte == UInt8(ascii: "\"") { return #"'"'"# }
        if (0x20..<0x7F).contains(byte) { return "\"\(Unicode.Scalar(byte))\"" }
        let scalar = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
        let digits = String(scalar?.value ?? 0, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The error for a character that no token begins with.
    func invalidCharacter() -> SyntaxError {
        if bytes[position] == UInt8(ascii: "'") {
            return failure(
                "Unexpected single quote character ('), did you mean to use a double quote (\")?", at: position)
        }
        do throws(SyntaxError) {
            if bytes[position] >= 0x80 { _ = try lengthOfMultibyteCharacter() }
        } catch {
            return error
        }
        return failure("Invalid character: \(describeCharacter(at: position)).", at: position)
    }

    /// A syntax error at an offset.
    func failure(_ message: String, at offset: Int) -> SyntaxError {
        SyntaxError("Syntax Error: " + message, at: SourceLocation(offset: offset, in: bytes))
    }
}
