import Testing

@testable import GraphQL

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

/// The lexical tokens of a text, strings decoded.
func tokens(_ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer { buffer in
        var lexer = Lexer(buffer)
        var result: [String] = []
        while true {
            let token = try lexer.next()
            switch token.kind {
            case .end: return result
            case .string: result.append("\"" + QuotedString.value(of: bytes[token.text.range]))
            case .blockString: result.append("\"" + BlockString.value(of: bytes[token.text.range]))
            default: result.append(String(decoding: bytes[token.range.range], as: UTF8.self))
            }
        }
    }
}

/// Expects that a text parses, and that printing loses nothing: the printed text has the same tokens, or those of
/// `canonical` where the grammar has two forms of one thing, and prints the same again.
func expectRoundTrip(
    _ text: String, as canonical: String? = nil, at location: Testing.SourceLocation = #_sourceLocation
) throws {
    let printed = try Document(parsing: text).description
    #expect(try tokens(printed) == tokens(canonical ?? text), sourceLocation: location)
    #expect(try Document(parsing: printed).description == printed, sourceLocation: location)
}
