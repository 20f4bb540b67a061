// Value literals: specification, section 2.10.

extension Parser {
    /// Parses a value; a constant one contains no variables.
    mutating func parseValue(isConstant: Bool) throws(SyntaxError) -> Value {
        let start = token.start
        switch token.kind {
        case .dollar:
            if isConstant { throw variableInConstant() }
            try advance()
            return Value(.variable, start: start, text: try expectName())
        case .int: return try parseLiteral(.int)
        case .float: return try parseLiteral(.float)
        case .string, .blockString: return try parseStringLiteral()
        case .name: return try parseLiteral(kindOfName())
        case .bracketLeft: return try parseList(isConstant: isConstant)
        case .braceLeft: return try parseObject(isConstant: isConstant)
        default: throw unexpected(expected: isConstant ? "a constant value" : "a value")
        }
    }

    private mutating func parseLiteral(_ kind: Value.Kind) throws(SyntaxError) -> Value {
        let value = Value(kind, start: token.start, text: token.range)
        try advance()
        return value
    }

    /// Parses a string in either notation; the cursor is on one.
    mutating func parseStringLiteral() throws(SyntaxError) -> Value {
        let kind = token.kind == .string ? Value.Kind.string : .blockString
        let value = Value(kind, start: token.start, text: token.text, hasEscapes: token.hasEscapes)
        try advance()
        return value
    }

    private func kindOfName() -> Value.Kind {
        if at("true") { return .true }
        if at("false") { return .false }
        return at("null") ? .null : .enum
    }

    private func variableInConstant() -> SyntaxError {
        var ahead = self
        do throws(SyntaxError) {
            try ahead.advance()
        } catch {
            return error
        }
        guard ahead.token.kind == .name else { return unexpected(expected: "a constant value") }
        let name = excerpt(ahead.token.range)
        return lexer.failure("Expected a constant value, found variable \"$\(name)\".", at: Int(token.start))
    }

    private mutating func parseList(isConstant: Bool) throws(SyntaxError) -> Value {
        let start = token.start
        try enter()
        try advance()
        let mark = openValues.count
        while try !consume(if: .bracketRight) {
            openValues.append(try parseValue(isConstant: isConstant))
        }
        leave()
        let items = NodeRange<Value>(start: nodes.values.count, count: openValues.count - mark)
        nodes.values.append(contentsOf: openValues[mark...])
        openValues.removeSubrange(mark...)
        return Value(list: items, start: start)
    }

    private mutating func parseObject(isConstant: Bool) throws(SyntaxError) -> Value {
        let start = token.start
        try enter()
        try advance()
        let mark = openFields.count
        while try !consume(if: .braceRight) {
            let name = try expectName()
            try expect(.colon)
            openFields.append(ObjectField(name: name, value: try parseValue(isConstant: isConstant)))
        }
        leave()
        let fields = NodeRange<ObjectField>(start: nodes.objectFields.count, count: openFields.count - mark)
        nodes.objectFields.append(contentsOf: openFields[mark...])
        openFields.removeSubrange(mark...)
        return Value(object: fields, start: start)
    }
}
