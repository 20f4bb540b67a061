import GraphQL
import Testing

/// The error of a text as `line:column message`; a failed expectation when the text parses.
func syntaxError(_ text: String, limits: ParserLimits = .standard) -> String {
    syntaxError(bytes: Array(text.utf8), limits: limits)
}

/// The same for bytes that need not be UTF-8.
func syntaxError(bytes: [UInt8], limits: ParserLimits = .standard) -> String {
    do throws(SyntaxError) {
        _ = try Document(parsing: bytes, limits: limits)
        Issue.record("Expected a syntax error")
        return ""
    } catch {
        return "\(error.location) \(error.message)"
    }
}

/// The value of the argument `a` of the field in `{ f(a: …) }`, printed.
func value(_ literal: String) throws -> String {
    let document = try Document(parsing: "{ f(a: \(literal)) }")
    return try #require(document.constant(document.arguments[0].value)).description
}

/// The decoded text of a string literal.
func stringValue(_ literal: String) throws -> String {
    let document = try Document(parsing: "{ f(a: \(literal)) }")
    return document.stringValue(document.arguments[0].value)
}
