// The schema as text, with descriptions and applied directives, without what the specification defines. The order is
// that of the schema, so that the text is stable. The parts of definitions are in `SchemaPrinter+Part.swift`.

/// Prints a schema in the type system definition language.
public struct SchemaPrinter {
    /// Directives whose definitions and applications are left out, with the types that only they refer to.
    public var omittedDirectives: Set<String>

    let schema: GraphQLSchema
    var lines: [String] = []

    /// Makes a printer; directives that are only for the build can be left out.
    public init(_ schema: GraphQLSchema, omittingDirectives: Set<String> = []) {
        self.schema = schema
        omittedDirectives = omittingDirectives
    }

    /// The whole schema.
    public func print() -> String {
        var printer = self
        printer.printSchemaDefinition()
        for directive in schema.directives where isPrinted(directive) { printer.print(directive) }
        let omitted = omittedTypes
        for type in schema.types where !type.isBuiltIn && !omitted.contains(type.id) { printer.print(type) }
        return printer.lines.joined(separator: "\n") + "\n"
    }

    /// Whether the definition of the directive is printed: not the built-in ones that no document has defined.
    private func isPrinted(_ directive: DirectiveDefinition) -> Bool {
        !omittedDirectives.contains(directive.name) && directive.location != nil
    }

    /// Types that are referred to by omitted directives and by nothing that is printed.
    private var omittedTypes: Set<TypeID> {
        var candidates: Set<TypeID> = []
        var open = schema.directives.filter { omittedDirectives.contains($0.name) }.flatMap(\.arguments)
        while let value = open.popLast() {
            let type = schema[value.type.type]
            if !type.isBuiltIn, candidates.insert(type.id).inserted { open += type.inputFields }
        }
        while let kept = candidates.first(where: { isReferred($0, except: candidates) }) { candidates.remove(kept) }
        return candidates
    }

    private func isReferred(_ id: TypeID, except candidates: Set<TypeID>) -> Bool {
        let printed = schema.directives.filter { !omittedDirectives.contains($0.name) }
        if printed.contains(where: { $0.arguments.contains { $0.type.type == id } }) { return true }
        return schema.types.contains { type in
            !candidates.contains(type.id)
                && (type.inputFields.contains { $0.type.type == id }
                    || type.fields.contains { $0.type.type == id || $0.arguments.contains { $0.type.type == id } })
        }
    }

    // MARK: Definitions

    /// Begins a definition: a blank line between definitions, then the description.
    private mutating func begin(_ description: String?) {
        if !lines.isEmpty { lines.append("") }
        lines += self.description(description, indent: "")
    }

    private mutating func printSchemaDefinition() {
        let roots = OperationKind.allCases.compactMap { kind in
            schema.rootType(of: kind).map { (kind, schema[$0].name) }
        }
        let directives = applied(schema.appliedDirectives)
        let defaults: [OperationKind: String] = [
            .query: "Query", .mutation: "Mutation", .subscription: "Subscription",
        ]
        let isDefault = OperationKind.allCases.allSatisfy { kind in
            let name = defaults[kind] ?? ""
            return schema.rootType(of: kind).map { schema[$0].name == name } ?? (schema.type(named: name) == nil)
        }
        guard !isDefault || schema.description != nil || !directives.isEmpty else { return }
        begin(schema.description)
        lines.append("schema\(directives) {")
        lines += roots.map { "  \($0.keyword): \($1)" }
        lines.append("}")
    }

    private mutating func print(_ directive: DirectiveDefinition) {
        begin(directive.description)
        let locations = directive.locations.names.joined(separator: " | ")
        let tail = (directive.isRepeatable ? " repeatable" : "") + " on " + locations
        lines += arguments(directive.arguments, head: "directive @\(directive.name)", tail: tail, indent: "")
    }

    private mutating func print(_ type: NamedType) {
        begin(type.description)
        var head = type.kind.keyword + " " + type.name
        if !type.interfaces.isEmpty {
            head += " implements " + type.interfaces.map { schema[$0].name }.joined(separator: " & ")
        }
        head += applied(type.directives)
        let body = members(of: type)
        switch type.kind {
        case .scalar: lines.append(head)
        case .union: lines.append(head + " = " + type.members.map { schema[$0].name }.joined(separator: " | "))
        case .object, .interface, .enum, .inputObject: lines += [head + " {"] + body + ["}"]
        }
    }
}
