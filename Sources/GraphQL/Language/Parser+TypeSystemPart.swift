// The parts of type definitions: interfaces, fields, arguments, members, values. Each is optional, so each parser answers
// an empty list when its first token is not there.

extension Parser {
    /// Parses `implements A & B`.
    mutating func parseImplementsInterfaces() throws(SyntaxError) -> [Name] {
        guard try consume(if: "implements") else { return [] }
        var interfaces: [Name] = []
        _ = try consume(if: .ampersand)
        repeat { interfaces.append(try expectName()) } while try consume(if: .ampersand)
        return interfaces
    }

    /// Parses `{ FieldDefinition+ }`.
    mutating func parseFieldDefinitions() throws(SyntaxError) -> [FieldDefinitionNode] {
        guard try consume(if: .braceLeft) else { return [] }
        var fields: [FieldDefinitionNode] = []
        repeat {
            let description = try parseDescription()
            let name = try expectName()
            let arguments = try parseArgumentDefinitions()
            try expect(.colon)
            let type = try parseTypeNode()
            fields.append(
                FieldDefinitionNode(
                    description: description, name: name, arguments: arguments, type: type,
                    directives: try parseDirectives(isConstant: true)))
        } while try !consume(if: .braceRight)
        return fields
    }

    /// Parses `( InputValueDefinition+ )`.
    mutating func parseArgumentDefinitions() throws(SyntaxError) -> [InputValueDefinitionNode] {
        guard try consume(if: .parenLeft) else { return [] }
        var arguments: [InputValueDefinitionNode] = []
        repeat { arguments.append(try parseInputValue()) } while try !consume(if: .parenRight)
        return arguments
    }

    /// Parses `{ InputValueDefinition+ }`.
    mutating func parseInputFields() throws(SyntaxError) -> [InputValueDefinitionNode] {
        guard try consume(if: .braceLeft) else { return [] }
        var fields: [InputValueDefinitionNode] = []
        repeat { fields.append(try parseInputValue()) } while try !consume(if: .braceRight)
        return fields
    }

    private mutating func parseInputValue() throws(SyntaxError) -> InputValueDefinitionNode {
        let description = try parseDescription()
        let name = try expectName()
        try expect(.colon)
        let type = try parseTypeNode()
        let defaultValue = try consume(if: .equals) ? try parseValue(isConstant: true) : nil
        return InputValueDefinitionNode(
            description: description, name: name, type: type, defaultValue: defaultValue,
            directives: try parseDirectives(isConstant: true))
    }

    /// Parses `= A | B`.
    mutating func parseUnionMembers() throws(SyntaxError) -> [Name] {
        guard try consume(if: .equals) else { return [] }
        var members: [Name] = []
        _ = try consume(if: .pipe)
        repeat { members.append(try expectName()) } while try consume(if: .pipe)
        return members
    }

    /// Parses `{ EnumValueDefinition+ }`.
    mutating func parseEnumValues() throws(SyntaxError) -> [EnumValueDefinitionNode] {
        guard try consume(if: .braceLeft) else { return [] }
        var values: [EnumValueDefinitionNode] = []
        repeat {
            let description = try parseDescription()
            if at("true") || at("false") || at("null") {
                throw unexpected(expected: "the name of an enum value, which cannot be true, false or null")
            }
            let name = try expectName()
            values.append(
                EnumValueDefinitionNode(
                    description: description, name: name, directives: try parseDirectives(isConstant: true)))
        } while try !consume(if: .braceRight)
        return values
    }
}
