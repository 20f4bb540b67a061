// Printing type-system definitions and extensions.

extension Printer {
    mutating func print(_ definition: TypeSystemDefinition) {
        switch definition {
        case .schema(let schema): print(schema)
        case .type(let type): print(type)
        case .directive(let directive): print(directive)
        }
    }

    private mutating func print(_ schema: SchemaDefinitionNode) {
        description(schema.description)
        let head = (schema.isExtension ? "extend schema" : "schema") + string(schema.directives)
        block(head, schema.rootOperations) { $0.line($1.kind.keyword + ": " + $0.string($1.type)) }
    }

    private mutating func print(_ type: TypeDefinitionNode) {
        description(type.description)
        var head = (type.isExtension ? "extend " : "") + type.kind.keyword + " " + string(type.name)
        if !type.interfaces.isEmpty { head += " implements " + type.interfaces.map(string).joined(separator: " & ") }
        head += string(type.directives)
        if !type.members.isEmpty { head += " = " + type.members.map(string).joined(separator: " | ") }
        switch type.kind {
        case .scalar, .union: line(head)
        case .object, .interface: block(head, type.fields) { $0.print($1) }
        case .enum:
            block(head, type.values) { printer, value in
                printer.description(value.description)
                printer.line(printer.string(value.name) + printer.string(value.directives))
            }
        case .inputObject: block(head, type.inputFields) { $0.print($1) }
        }
    }

    private mutating func print(_ field: FieldDefinitionNode) {
        description(field.description)
        let head = print(field.arguments, after: string(field.name))
        line(head + ": " + string(field.type) + string(field.directives))
    }

    private mutating func print(_ value: InputValueDefinitionNode) {
        description(value.description)
        line(string(value))
    }

    private func string(_ value: InputValueDefinitionNode) -> String {
        let fallback = value.defaultValue.map { " = " + string($0) } ?? ""
        return string(value.name) + ": " + string(value.type) + fallback + string(value.directives)
    }

    /// Prints argument definitions and answers what the line goes on with.
    private mutating func print(_ arguments: [InputValueDefinitionNode], after head: String) -> String {
        guard !arguments.isEmpty else { return head }
        let line = head + "(" + arguments.map(string).joined(separator: ", ") + ")"
        guard arguments.contains(where: { $0.description != nil }) || !fits(line) else { return line }
        brokenArguments(head, arguments) { $0.print($1) }
        return ")"
    }

    private mutating func print(_ directive: DirectiveDefinitionNode) {
        description(directive.description)
        let head = print(directive.arguments, after: "directive @" + string(directive.name))
        let locations = directive.locations.map(string).joined(separator: " | ")
        line(head + (directive.isRepeatable ? " repeatable" : "") + " on " + locations)
    }
}

extension TypeKind {
    /// The keyword of a definition of this kind.
    var keyword: String {
        switch self {
        case .scalar: "scalar"
        case .object: "type"
        case .interface: "interface"
        case .union: "union"
        case .enum: "enum"
        case .inputObject: "input"
        }
    }
}
