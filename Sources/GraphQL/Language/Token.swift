// What the lexer hands to the parser: specification, section 2.1.6.

/// A lexical token.
struct Token: BitwiseCopyable {
    /// The kinds of tokens.
    enum Kind: UInt8, BitwiseCopyable {
        case end
        case bang
        case dollar
        case ampersand
        case parenLeft
        case parenRight
        case spread
        case colon
        case equals
        case at
        case bracketLeft
        case bracketRight
        case braceLeft
        case pipe
        case braceRight
        case name
        case int
        case float
        case string
        case blockString

        /// The kind as error messages call it.
        var text: String {
            switch self {
            case .end: "<EOF>"
            case .bang: "\"!\""
            case .dollar: "\"$\""
            case .ampersand: "\"&\""
            case .parenLeft: "\"(\""
            case .parenRight: "\")\""
            case .spread: "\"...\""
            case .colon: "\":\""
            case .equals: "\"=\""
            case .at: "\"@\""
            case .bracketLeft: "\"[\""
            case .bracketRight: "\"]\""
            case .braceLeft: "\"{\""
            case .pipe: "\"|\""
            case .braceRight: "\"}\""
            case .name: "Name"
            case .int: "Int"
            case .float: "Float"
            case .string: "String"
            case .blockString: "BlockString"
            }
        }
    }

    var kind: Kind
    /// Whether a string contains a `\`.
    var hasEscapes = false
    /// The offset of its first byte.
    var start: UInt32
    /// The offset behind its last byte.
    var end: UInt32

    /// The whole token.
    var range: Name { Name(start: start, length: end - start) }

    /// The name, the number, or what stands between the quotes.
    var text: Name {
        switch kind {
        case .string: Name(start: start + 1, length: end - start - 2)
        case .blockString: Name(start: start + 3, length: end - start - 6)
        default: range
        }
    }
}
