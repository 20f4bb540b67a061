// Extensions: specification, sections 3.3.2 and 3.4.3. The cursor is on `extend`.

extension Parser {
    /// Parses an extension of the schema or of a type.
    mutating func parseExtension() throws(SyntaxError) {
        let start = token.start
        try advance()
        if try consume(if: "schema") { return try parseSchemaExtension(start: start) }
        guard let kind = typeKind() else {
            throw unexpected(expected: "\"schema\" or the kind of a type")
        }
        try advance()
        try parseType(kind, start: start, isExtension: true, description: nil)
    }

    private mutating func parseSchemaExtension(start: UInt32) throws(SyntaxError) {
        let directives = try parseDirectives(isConstant: true)
        let roots = token.kind == .braceLeft ? try parseRootOperations() : []
        if directives.isEmpty, roots.isEmpty { throw unexpected(expected: "\"@\" or \"{\"") }
        append(
            .schema(
                SchemaDefinitionNode(
                    start: start, isExtension: true, description: nil, directives: directives, rootOperations: roots)))
    }
}
