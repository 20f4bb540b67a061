// Lines of Swift with indentation and wrapped doc comments: what every writer writes into.

/// Grows the text of one file.
struct SwiftText {
    /// The longest line, as in `.swift-format`.
    static let width = 120

    private var lines: [String] = []
    private var depth = 0

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - about: What the file has, one sentence.
    ///   - imports: Whole import lines.
    init(about: String, imports: [String] = []) {
        line("// Generated from schema.graphql by SchemaGenerator. Edit the SDL instead of this file.")
        line("// \(about)")
        if !imports.isEmpty { line() }
        for line in imports { self.line(line) }
    }

    /// Adds a line, or an empty one.
    mutating func line(_ text: String = "") {
        lines.append(text.isEmpty ? "" : String(repeating: " ", count: depth * 4) + text)
    }

    /// Adds `head {`, what `body` writes one step further in, and `}`.
    mutating func block(_ head: String, _ body: (inout SwiftText) -> Void) {
        line(head + " {")
        indented(body)
        line("}")
    }

    /// Adds what `body` writes one step further in.
    mutating func indented(_ body: (inout SwiftText) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    /// Adds a doc comment, wrapped at the width; a description's own line breaks stay.
    mutating func documentation(_ text: String) {
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            wrapped(String(paragraph), prefix: "/// ", further: "/// ")
        }
    }

    /// Adds an entry of a `- Parameters:` list.
    mutating func parameterDocumentation(_ name: String, _ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        wrapped("- \(name): \(words)", prefix: "///   ", further: "///     ")
    }

    private mutating func wrapped(_ text: String, prefix: String, further: String) {
        var current = prefix
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, depth * 4 + current.count + 1 + word.count > Self.width {
                line(current)
                current = further
                isEmpty = true
            }
            current += isEmpty ? word : " " + word
            isEmpty = false
        }
        line(isEmpty ? "///" : current)
    }

    /// How many characters fit into a line here.
    var room: Int { Self.width - depth * 4 }

    /// The whole file.
    var text: String { lines.joined(separator: "\n") + "\n" }
}

extension String {
    /// The text as a Swift string literal.
    var swiftLiteral: String {
        var literal = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            default:
                if scalar.value < 0x20 {
                    literal += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    literal.unicodeScalars.append(scalar)
                }
            }
        }
        return literal + "\""
    }
}
