// Removes comments and string contents from Swift text, keeping the lines where they are.

/// A small lexer: enough of Swift to know code from comments and from string literals, interpolations included.
///
/// A quotation mark inside a regular expression literal is misread as a string until the end of its line.
struct CodeScanner {
    private enum Mode: Equatable {
        /// Code; inside an interpolation, how many parentheses are open.
        case code(openParentheses: Int)
        /// A string literal: single line or not, and how many `#` it began with.
        case string(isMultiline: Bool, hashes: Int)
    }

    // Everything that matters is ASCII, whose bytes occur in no other character.
    private let bytes: [UInt8]
    private var position = 0
    private var modes: [Mode] = [.code(openParentheses: 0)]
    private var output: [UInt8] = []

    private init(_ text: String) { self.bytes = Array(text.utf8) }

    /// The lines of `text` without comments and string contents; as many lines as `text` has.
    static func codeLines(of text: String) -> [String] {
        var scanner = CodeScanner(text)
        scanner.scan()
        return scanner.output.split(separator: lineFeed, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static let lineFeed = UInt8(ascii: "\n")

    private mutating func scan() {
        while position < bytes.count {
            switch modes[modes.count - 1] {
            case .code(let open): scanCode(openParentheses: open)
            case .string(let isMultiline, let hashes): scanString(isMultiline: isMultiline, hashes: hashes)
            }
        }
    }

    private mutating func scanCode(openParentheses: Int) {
        if starts(with: "//") {
            while position < bytes.count, bytes[position] != Self.lineFeed { position += 1 }
        } else if starts(with: "/*") {
            skipBlockComment()
        } else if let opening = stringOpening() {
            modes.append(opening)
        } else {
            let byte = bytes[position]
            output.append(byte)
            position += 1
            guard modes.count > 1 else { return }
            if byte == UInt8(ascii: "(") { modes[modes.count - 1] = .code(openParentheses: openParentheses + 1) }
            if byte == UInt8(ascii: ")") {
                if openParentheses == 1 {
                    modes.removeLast()
                } else {
                    modes[modes.count - 1] = .code(openParentheses: openParentheses - 1)
                }
            }
        }
    }

    private mutating func scanString(isMultiline: Bool, hashes: Int) {
        // Most of a string is neither its end nor an escape.
        let byte = bytes[position]
        guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == Self.lineFeed else {
            position += 1
            return
        }
        let quotes = isMultiline ? "\"\"\"" : "\""
        let closing = quotes + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        if starts(with: closing) {
            output += closing.utf8
            position += closing.utf8.count
            modes.removeLast()
        } else if starts(with: escape + "(") {
            output.append(UInt8(ascii: "("))
            position += escape.utf8.count + 1
            modes.append(.code(openParentheses: 1))
        } else if starts(with: escape) {
            position += escape.utf8.count + 1
        } else {
            if bytes[position] == Self.lineFeed {
                output.append(Self.lineFeed)
                if !isMultiline { modes.removeLast() }
            }
            position += 1
        }
    }

    /// At a string literal's opening: moves behind it and says which kind it is.
    private mutating func stringOpening() -> Mode? {
        let first = bytes[position]
        guard first == UInt8(ascii: "\"") || first == UInt8(ascii: "#") else { return nil }
        var hashes = 0
        while position + hashes < bytes.count, bytes[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
        let prefix = String(repeating: "#", count: hashes)
        guard starts(with: prefix + "\"") else { return nil }
        let isMultiline = starts(with: prefix + "\"\"\"") && !starts(with: prefix + "\"\"\"\"")
        let opening = prefix + (isMultiline ? "\"\"\"" : "\"")
        output += opening.utf8
        position += opening.utf8.count
        return .string(isMultiline: isMultiline, hashes: hashes)
    }

    /// Block comments nest; their line ends stay.
    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                position += 2
            } else if starts(with: "*/") {
                depth -= 1
                position += 2
            } else {
                if bytes[position] == Self.lineFeed { output.append(Self.lineFeed) }
                position += 1
            }
        } while depth > 0 && position < bytes.count
    }

    private func starts(with text: String) -> Bool {
        var index = position
        for byte in text.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }
}
