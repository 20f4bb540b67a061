// Names for the elements of a schema: specification, section 2.14. What a coordinate refers to is found by
// `GraphQLSchema.element(at:)`.

/// A schema coordinate such as `Query.projects(first:)`.
public enum SchemaCoordinate: Sendable, Hashable {
    /// `Type`
    case type(String)
    /// `Type.member`: a field, an input field or an enum value.
    case member(type: String, name: String)
    /// `Type.field(argument:)`
    case argument(type: String, field: String, name: String)
    /// `@directive`
    case directive(String)
    /// `@directive(argument:)`
    case directiveArgument(directive: String, name: String)

    /// Parses a coordinate, in which no spaces are allowed.
    ///
    /// - Throws: `SyntaxError` when the text is not a coordinate.
    public init(parsing text: String) throws(SyntaxError) {
        var parser = CoordinateParser(bytes: Array(text.utf8))
        self = try parser.parse()
    }
}

extension SchemaCoordinate: CustomStringConvertible {
    /// The coordinate as written.
    public var description: String {
        switch self {
        case .type(let name): name
        case .member(let type, let name): "\(type).\(name)"
        case .argument(let type, let field, let name): "\(type).\(field)(\(name):)"
        case .directive(let name): "@\(name)"
        case .directiveArgument(let directive, let name): "@\(directive)(\(name):)"
        }
    }
}

private struct CoordinateParser {
    let bytes: [UInt8]
    var position = 0

    mutating func parse() throws(SyntaxError) -> SchemaCoordinate {
        let coordinate = try parseCoordinate()
        guard position == bytes.count else { throw unexpected(expected: "the end of the coordinate") }
        return coordinate
    }

    private mutating func parseCoordinate() throws(SyntaxError) -> SchemaCoordinate {
        if consume(if: "@") {
            let directive = try name()
            guard let argument = try argument() else { return .directive(directive) }
            return .directiveArgument(directive: directive, name: argument)
        }
        let type = try name()
        guard consume(if: ".") else { return .type(type) }
        let member = try name()
        guard let argument = try argument() else { return .member(type: type, name: member) }
        return .argument(type: type, field: member, name: argument)
    }

    private mutating func argument() throws(SyntaxError) -> String? {
        guard consume(if: "(") else { return nil }
        let argument = try name()
        guard consume(if: ":") else { throw unexpected(expected: "\":\"") }
        guard consume(if: ")") else { throw unexpected(expected: "\")\"") }
        return argument
    }

    private mutating func name() throws(SyntaxError) -> String {
        let start = position
        guard position < bytes.count, CharacterClass.isNameStart(bytes[position]) else {
            throw unexpected(expected: "Name")
        }
        while position < bytes.count, CharacterClass.isNameContinue(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func consume(if character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func unexpected(expected: String) -> SyntaxError {
        let found = bytes.withUnsafeBufferPointer { Lexer($0).describeCharacter(at: position) }
        return SyntaxError(
            "Syntax Error: Expected \(expected), found \(found).",
            at: SourceLocation(offset: position, in: bytes))
    }
}
