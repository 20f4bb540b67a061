// The parts of definitions: descriptions, fields, arguments, values, applied directives.

extension SchemaPrinter {
    /// The description in one line of quotes when it is short, else as a block string.
    func description(_ text: String?, indent: String) -> [String] {
        guard let text else { return [] }
        let quoted = indent + QuotedString.literal(text)
        if !text.utf8.contains(UInt8(ascii: "\n")), quoted.utf8.count <= 120 { return [quoted] }
        return BlockString.literal(text)?.map { $0.isEmpty ? "" : indent + $0 } ?? [quoted]
    }

    /// The applied directives, each with a space in front, without the omitted ones.
    func applied(_ directives: [AppliedDirective]) -> String {
        directives.filter { !omittedDirectives.contains($0.name) }.map { directive in
            let arguments = directive.arguments.map(\.description).joined(separator: ", ")
            return " @" + directive.name + (arguments.isEmpty ? "" : "(" + arguments + ")")
        }.joined()
    }

    /// The lines between the braces of a type.
    func members(of type: NamedType) -> [String] {
        var groups: [[String]] = type.fields.map { field in
            let tail = ": " + schema.text(field.type) + applied(field.directives)
            return description(field.description, indent: "  ")
                + arguments(field.arguments, head: "  " + field.name, tail: tail, indent: "  ")
        }
        groups += type.enumValues.map {
            description($0.description, indent: "  ") + ["  " + $0.name + applied($0.directives)]
        }
        groups += type.inputFields.map { description($0.description, indent: "  ") + ["  " + string($0)] }
        // Members with descriptions stand apart.
        let isAiry = groups.contains { $0.count > 1 }
        return Array(groups.joined(separator: isAiry ? [""] : []))
    }

    /// `head(arguments)tail`, broken into lines when an argument has a description.
    func arguments(_ arguments: [InputValueDefinition], head: String, tail: String, indent: String) -> [String] {
        guard !arguments.isEmpty else { return [head + tail] }
        guard arguments.contains(where: { $0.description != nil }) else {
            return [head + "(" + arguments.map(string).joined(separator: ", ") + ")" + tail]
        }
        let inner = indent + "  "
        let lines = arguments.flatMap { description($0.description, indent: inner) + [inner + string($0)] }
        return [head + "("] + lines + [indent + ")" + tail]
    }

    private func string(_ value: InputValueDefinition) -> String {
        let fallback = value.defaultValue.map { " = \($0)" } ?? ""
        return "\(value.name): \(schema.text(value.type))\(fallback)\(applied(value.directives))"
    }
}
