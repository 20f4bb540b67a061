// Operations, selection sets and fragments: specification, sections 2.3 to 2.9.

extension Parser {
    /// Parses one definition of any kind.
    mutating func parseDefinition() throws(SyntaxError) {
        let description = try parseDescription()
        if token.kind == .braceLeft {
            if description != nil { throw unexpected(expected: "a definition that can be described") }
            return try parseShorthandQuery()
        }
        if let kind = operationKind() { return try parseOperation(kind, description: description) }
        if at("fragment") { return try parseFragment(description: description) }
        if at("extend") {
            if let description { throw describedExtension(description) }
            return try parseExtension()
        }
        try parseTypeSystemDefinition(description: description)
    }

    /// Parses a description if there is one.
    @inline(__always)
    mutating func parseDescription() throws(SyntaxError) -> Value? {
        guard token.kind == .string || token.kind == .blockString else { return nil }
        return try parseStringLiteral()
    }

    private func describedExtension(_ description: Value) -> SyntaxError {
        lexer.failure(
            "Unexpected description, expected a definition that can be described, found an extension.",
            at: Int(description.start))
    }

    /// The operation whose keyword is under the cursor.
    func operationKind() -> OperationKind? {
        if at("query") { return .query }
        if at("mutation") { return .mutation }
        return at("subscription") ? .subscription : nil
    }

    private mutating func parseShorthandQuery() throws(SyntaxError) {
        reserveSelections()
        let start = token.start
        let selections = try parseSelectionSet()
        append(
            OperationDefinition(
                start: start, kind: .query, description: nil, name: .none, variableDefinitions: .none,
                directives: .none, selections: selections))
    }

    private mutating func parseOperation(_ kind: OperationKind, description: Value?) throws(SyntaxError) {
        reserveSelections()
        let start = token.start
        try advance()
        let name = token.kind == .name ? try expectName() : .none
        let variables = try parseVariableDefinitions()
        let directives = try parseDirectives(isConstant: false)
        let selections = try parseSelectionSet()
        append(
            OperationDefinition(
                start: start, kind: kind, description: description, name: name, variableDefinitions: variables,
                directives: directives, selections: selections))
    }

    private mutating func append(_ operation: OperationDefinition) {
        nodes.definitions.append(.operation(nodes.operations.count))
        nodes.operations.append(operation)
    }

    private mutating func parseFragment(description: Value?) throws(SyntaxError) {
        reserveSelections()
        let start = token.start
        try advance()
        if at("on") { throw unexpected(expected: "the name of a fragment") }
        let name = try expectName()
        try expect("on")
        let condition = try expectName()
        let directives = try parseDirectives(isConstant: false)
        let selections = try parseSelectionSet()
        nodes.definitions.append(.fragment(nodes.fragments.count))
        nodes.fragments.append(
            FragmentDefinition(
                start: start, description: description, name: name, typeCondition: condition,
                directives: directives, selections: selections))
    }

    /// Makes room once: a selection takes about ten bytes of text.
    private mutating func reserveSelections() {
        guard nodes.selections.isEmpty else { return }
        let estimate = min(lexer.bytes.count / 10 + 2, 256)
        nodes.selections.reserveCapacity(estimate)
        openSelections.reserveCapacity(min(estimate, 32))
    }

    private mutating func parseVariableDefinitions() throws(SyntaxError) -> NodeRange<VariableDefinition> {
        guard try consume(if: .parenLeft) else { return .none }
        let first = nodes.variableDefinitions.count
        repeat {
            let description = try parseDescription()
            let start = token.start
            try expect(.dollar)
            let name = try expectName()
            try expect(.colon)
            let type = try parseTypeNode()
            let defaultValue = try consume(if: .equals) ? try parseValue(isConstant: true) : nil
            let directives = try parseDirectives(isConstant: true)
            nodes.variableDefinitions.append(
                VariableDefinition(
                    start: start, description: description, name: name, type: type, defaultValue: defaultValue,
                    directives: directives))
        } while try !consume(if: .parenRight)
        return NodeRange(start: first, count: nodes.variableDefinitions.count - first)
    }

    /// Parses `{ Selection+ }`.
    mutating func parseSelectionSet() throws(SyntaxError) -> NodeRange<Selection> {
        try enter()
        try expect(.braceLeft)
        let mark = openSelections.count
        repeat {
            let selection = try token.kind == .spread ? parseFragmentSelection() : parseField()
            openSelections.append(selection)
        } while try !consume(if: .braceRight)
        leave()
        let range = NodeRange<Selection>(start: nodes.selections.count, count: openSelections.count - mark)
        nodes.selections.append(contentsOf: openSelections[mark...])
        openSelections.removeSubrange(mark...)
        return range
    }

    private mutating func parseField() throws(SyntaxError) -> Selection {
        var name = try expectName()
        var alias = Name.none
        let start = name.start
        if try consume(if: .colon) {
            aliasCount += 1
            if aliasCount > limits.maximumAliases {
                throw exceeded(.tooManyAliases, "Document has more than \(limits.maximumAliases) aliases.", at: start)
            }
            alias = name
            name = try expectName()
        }
        let arguments = try parseArguments(isConstant: false)
        let directives = try parseDirectives(isConstant: false)
        let selections = token.kind == .braceLeft ? try parseSelectionSet() : .none
        return Selection(
            kind: .field, start: start, alias: alias, name: name, arguments: arguments, directives: directives,
            selections: selections)
    }

    /// Parses what begins with `...`: a spread or an inline fragment.
    private mutating func parseFragmentSelection() throws(SyntaxError) -> Selection {
        let start = token.start
        try advance()
        let hasCondition = try consume(if: "on")
        if token.kind == .name, !hasCondition {
            spreadCount += 1
            if spreadCount > limits.maximumFragmentSpreads {
                let message = "Document has more than \(limits.maximumFragmentSpreads) fragment spreads."
                throw exceeded(.tooManyFragmentSpreads, message, at: start)
            }
            let name = try expectName()
            return Selection(
                kind: .fragmentSpread, start: start, alias: .none, name: name, arguments: .none,
                directives: try parseDirectives(isConstant: false), selections: .none)
        }
        let condition = hasCondition ? try expectName() : .none
        let directives = try parseDirectives(isConstant: false)
        return Selection(
            kind: .inlineFragment, start: start, alias: .none, name: condition, arguments: .none,
            directives: directives, selections: try parseSelectionSet())
    }
}
