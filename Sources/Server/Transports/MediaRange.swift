/// One media range of an `Accept` field with its parameters and weight (RFC 9110 §12.5.1).
struct MediaRange: Hashable {
    /// `application/json`, `application/*` or `*/*`, in lower case.
    let essence: String
    /// The parameters before the weight, names in lower case, quotes removed.
    let parameters: [String: String]
    /// From 0 to 1; 0 if it can't be read.
    let quality: Double

    /// The ranges of a field, in its order.
    static func list(_ field: String) -> [MediaRange] {
        MediaType.split(field, at: ",").map { MediaRange($0) }.filter { !$0.essence.isEmpty }
    }

    private init(_ text: String) {
        essence = MediaType.essence(of: text)
        var parameters: [String: String] = [:]
        var quality = 1.0
        for (name, value) in MediaType.parameters(of: text) {
            if name == "q" {
                quality = Double(value).flatMap { (0...1).contains($0) ? $0 : nil } ?? 0
            } else {
                parameters[name] = value
            }
        }
        // Everything here is written in UTF-8.
        if let charset = parameters["charset"], charset.lowercased() != "utf-8" { quality = 0 }
        self.parameters = parameters
        self.quality = quality
    }
}

/// Reads media types.
enum MediaType {
    /// The type without its parameters, in lower case: `application/json` of `Application/JSON; charset=utf-8`.
    static func essence(of field: String?) -> String {
        guard let field else { return "" }
        let end = field.utf8.firstIndex(of: UInt8(ascii: ";")) ?? field.endIndex
        return trimmed(field[..<end]).lowercased()
    }

    /// The parameters in their order, names in lower case, quotes removed.
    static func parameters(of field: String) -> [(name: String, value: String)] {
        split(field, at: ";").dropFirst().compactMap { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            return (trimmed(parts[0]).lowercased(), unquoted(trimmed(parts[1])))
        }
    }

    /// The first parameter of a name.
    static func parameter(_ name: String, of field: String) -> String? {
        parameters(of: field).first { $0.name == name }?.value
    }

    /// Splits at a separator that does not stand in quotes.
    static func split(_ text: String, at separator: Unicode.Scalar) -> [String] {
        let separator = UInt8(ascii: separator)
        var parts: [String] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                parts.append(String(text[start..<index]))
                start = text.utf8.index(after: index)
            }
        }
        parts.append(String(text[start...]))
        return parts
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if !isEscaped, character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    private static func trimmed(_ text: Substring) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let first = text.utf8.firstIndex(where: { !isBlank($0) }),
            let last = text.utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[first..<text.utf8.index(after: last)])
    }
}
