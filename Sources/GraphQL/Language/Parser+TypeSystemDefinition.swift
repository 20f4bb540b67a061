// Type-system definitions: specification, sections 3.3 to 3.13. The parts that definitions share with extensions are in
// `Parser+TypeSystemPart.swift`.

extension Parser {
    /// Parses a type-system definition behind its description.
    mutating func parseTypeSystemDefinition(description: Value?) throws(SyntaxError) {
        if at("schema") { return try parseSchema(description: description) }
        if at("directive") { return try parseDirectiveDefinition(description: description) }
        guard let kind = typeKind() else { throw unexpected(expected: "a definition") }
        let start = token.start
        try advance()
        try parseType(kind, start: start, isExtension: false, description: description)
    }

    /// The kind of type whose keyword is under the cursor.
    func typeKind() -> TypeKind? {
        if at("type") { return .object }
        if at("scalar") { return .scalar }
        if at("interface") { return .interface }
        if at("union") { return .union }
        if at("enum") { return .enum }
        return at("input") ? .inputObject : nil
    }

    /// Adds a finished definition to the document.
    mutating func append(_ definition: TypeSystemDefinition) {
        nodes.definitions.append(.typeSystem(nodes.typeSystemDefinitions.count))
        nodes.typeSystemDefinitions.append(definition)
    }

    private mutating func parseSchema(description: Value?) throws(SyntaxError) {
        let start = token.start
        try advance()
        let directives = try parseDirectives(isConstant: true)
        guard token.kind == .braceLeft else { throw unexpected(expected: Token.Kind.braceLeft.text) }
        append(
            .schema(
                SchemaDefinitionNode(
                    start: start, isExtension: false, description: description, directives: directives,
                    rootOperations: try parseRootOperations())))
    }

    /// Parses `{ RootOperationTypeDefinition+ }`.
    mutating func parseRootOperations() throws(SyntaxError) -> [RootOperationTypeNode] {
        var roots: [RootOperationTypeNode] = []
        try expect(.braceLeft)
        repeat {
            let start = token.start
            guard let kind = operationKind() else {
                throw unexpected(expected: "\"query\", \"mutation\" or \"subscription\"")
            }
            try advance()
            try expect(.colon)
            roots.append(RootOperationTypeNode(start: start, kind: kind, type: try expectName()))
        } while try !consume(if: .braceRight)
        return roots
    }

    /// Parses a type behind its keyword, definition or extension, and adds it.
    mutating func parseType(
        _ kind: TypeKind, start: UInt32, isExtension: Bool, description: Value?
    ) throws(SyntaxError) {
        let name = try expectName()
        let hasFields = kind == .object || kind == .interface
        let interfaces = hasFields ? try parseImplementsInterfaces() : []
        let directives = try parseDirectives(isConstant: true)
        let definition = TypeDefinitionNode(
            start: start, isExtension: isExtension, kind: kind, description: description, name: name,
            interfaces: interfaces, directives: directives,
            fields: hasFields ? try parseFieldDefinitions() : [],
            members: kind == .union ? try parseUnionMembers() : [],
            values: kind == .enum ? try parseEnumValues() : [],
            inputFields: kind == .inputObject ? try parseInputFields() : [])
        if isExtension, definition.isEmpty { throw unexpected(expected: expectedInExtension(of: kind)) }
        append(.type(definition))
    }

    private func expectedInExtension(of kind: TypeKind) -> String {
        switch kind {
        case .scalar: "\"@\""
        case .object, .interface: "\"implements\", \"@\" or \"{\""
        case .union: "\"@\" or \"=\""
        case .enum, .inputObject: "\"@\" or \"{\""
        }
    }

    private mutating func parseDirectiveDefinition(description: Value?) throws(SyntaxError) {
        let start = token.start
        try advance()
        try expect(.at)
        let name = try expectName()
        let arguments = try parseArgumentDefinitions()
        let isRepeatable = try consume(if: "repeatable")
        try expect("on")
        append(
            .directive(
                DirectiveDefinitionNode(
                    start: start, description: description, name: name, arguments: arguments,
                    isRepeatable: isRepeatable, locations: try parseDirectiveLocations())))
    }

    private mutating func parseDirectiveLocations() throws(SyntaxError) -> [Name] {
        var locations: [Name] = []
        _ = try consume(if: .pipe)
        repeat {
            guard token.kind == .name else { throw unexpected(expected: "a directive location") }
            let place = token
            locations.append(try expectName())
            let text = String(decoding: lexer.bytes[place.range.range], as: UTF8.self)
            guard DirectiveLocations(name: text) != nil else {
                throw unexpected(place, expected: "a directive location")
            }
        } while try consume(if: .pipe)
        return locations
    }
}

extension TypeDefinitionNode {
    /// Whether it says nothing beside the name.
    fileprivate var isEmpty: Bool {
        interfaces.isEmpty && directives.isEmpty && fields.isEmpty && members.isEmpty && values.isEmpty
            && inputFields.isEmpty
    }
}
