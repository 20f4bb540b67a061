// Arguments and applied directives: specification, sections 2.7 and 2.13.

extension Parser {
    /// Parses `( Argument+ )` if there is one.
    @inline(__always)
    mutating func parseArguments(isConstant: Bool) throws(SyntaxError) -> NodeRange<Argument> {
        guard token.kind == .parenLeft else { return .none }
        return try parseSomeArguments(isConstant: isConstant)
    }

    private mutating func parseSomeArguments(isConstant: Bool) throws(SyntaxError) -> NodeRange<Argument> {
        try advance()
        let first = nodes.arguments.count
        repeat {
            let name = try expectName()
            try expect(.colon)
            let value = try parseValue(isConstant: isConstant)
            nodes.arguments.append(Argument(name: name, value: value))
        } while try !consume(if: .parenRight)
        return NodeRange(start: first, count: nodes.arguments.count - first)
    }

    /// Parses the directives at the cursor, none or more.
    @inline(__always)
    mutating func parseDirectives(isConstant: Bool) throws(SyntaxError) -> NodeRange<Directive> {
        guard token.kind == .at else { return .none }
        return try parseSomeDirectives(isConstant: isConstant)
    }

    private mutating func parseSomeDirectives(isConstant: Bool) throws(SyntaxError) -> NodeRange<Directive> {
        let first = nodes.directives.count
        while token.kind == .at {
            let start = token.start
            if nodes.directives.count - first >= limits.maximumDirectivesPerLocation {
                let message = "More than \(limits.maximumDirectivesPerLocation) directives in one place."
                throw exceeded(.tooManyDirectives, message, at: start)
            }
            try advance()
            let name = try expectName()
            let arguments = try parseArguments(isConstant: isConstant)
            nodes.directives.append(Directive(start: start, name: name, arguments: arguments))
        }
        return NodeRange(start: first, count: nodes.directives.count - first)
    }
}
