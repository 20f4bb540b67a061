/// Writes HTML: text is always escaped, elements are closed by the call that opens them.
struct HTMLWriter {
    private(set) var text = ""

    /// An element around what `body` writes.
    mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String)] = [], _ body: (inout HTMLWriter) -> Void = { _ in }
    ) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
        text += ">"
        body(&self)
        text += "</\(name)>"
    }

    /// An element with a text.
    mutating func element(_ name: StaticString, _ attributes: [(StaticString, String)] = [], text: String) {
        element(name, attributes) { $0.write(text) }
    }

    /// A text.
    mutating func write(_ text: String) { self.text += Self.escaped(text) }

    /// Markup of our own, as it is.
    mutating func raw(_ markup: String) { text += markup }

    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
