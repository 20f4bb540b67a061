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

    private let characters: [Swift.Character]
    private var position = 0
    private var modes: [Mode] = [.code(openParentheses: 0)]
    private var output = ""

    private init(_ text: String) { self.characters = Array(text) }

    /// The lines of `text` without comments and string contents; as many lines as `text` has.
    static func codeLines(of text: String) -> [String] {
        var scanner = CodeScanner(text)
        scanner.scan()
        return scanner.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private mutating func scan() {
        while position < characters.count {
            switch modes[modes.count - 1] {
            case .code(let open): scanCode(openParentheses: open)
            case .string(let isMultiline, let hashes): scanString(isMultiline: isMultiline, hashes: hashes)
            }
        }
    }

    private mutating func scanCode(openParentheses: Int) {
        if starts(with: "//") {
            while position < characters.count, characters[position] != "\n" { position += 1 }
        } else if starts(with: "/*") {
            skipBlockComment()
        } else if let opening = stringOpening() {
            modes.append(opening)
        } else {
            let character = characters[position]
            output.append(character)
            position += 1
            guard modes.count > 1 else { return }
            if character == "(" { modes[modes.count - 1] = .code(openParentheses: openParentheses + 1) }
            if character == ")" {
                if openParentheses == 1 {
                    modes.removeLast()
                } else {
                    modes[modes.count - 1] = .code(openParentheses: openParentheses - 1)
                }
            }
        }
    }

    private mutating func scanString(isMultiline: Bool, hashes: Int) {
        let quotes = isMultiline ? "\"\"\"" : "\""
        let closing = quotes + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        if starts(with: closing) {
            output += closing
            position += closing.count
            modes.removeLast()
        } else if starts(with: escape + "(") {
            output += "("
            position += escape.count + 1
            modes.append(.code(openParentheses: 1))
        } else if starts(with: escape) {
            position += escape.count + 1
        } else {
            if characters[position] == "\n" {
                output.append("\n")
                if !isMultiline { modes.removeLast() }
            }
            position += 1
        }
    }

    /// At a string literal's opening: moves behind it and says which kind it is.
    private mutating func stringOpening() -> Mode? {
        var hashes = 0
        while position + hashes < characters.count, characters[position + hashes] == "#" { hashes += 1 }
        let prefix = String(repeating: "#", count: hashes)
        guard starts(with: prefix + "\"") else { return nil }
        let isMultiline = starts(with: prefix + "\"\"\"") && !starts(with: prefix + "\"\"\"\"")
        let opening = prefix + (isMultiline ? "\"\"\"" : "\"")
        output += opening
        position += opening.count
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
                if characters[position] == "\n" { output.append("\n") }
                position += 1
            }
        } while depth > 0 && position < characters.count
    }

    private func starts(with text: String) -> Bool {
        guard position + text.count <= characters.count else { return false }
        var index = position
        for character in text {
            if characters[index] != character { return false }
            index += 1
        }
        return true
    }
}
