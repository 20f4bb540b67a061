// All definitions of all documents, sorted by name, extensions with what they extend. Reports what cannot be sorted in:
// things defined twice, extensions of nothing, operations.

/// The definitions of a schema before names are resolved.
struct SchemaSyntax: Sendable {
    /// The types in the order of their definitions; those of the specification come last.
    private(set) var types: [TypeSyntax] = []
    /// The directives; those of the specification come first.
    private(set) var directives: [Located<DirectiveDefinitionNode>] = []
    /// The schema definition, if there is one.
    private(set) var schemaDefinition: Located<SchemaDefinitionNode>?
    /// The schema extensions.
    private(set) var schemaExtensions: [Located<SchemaDefinitionNode>] = []

    private var typeIndex: [String: Int] = [:]
    private var directiveIndex: [String: Int] = [:]

    /// Sorts the definitions of the documents and of the specification.
    init(collecting sources: [SchemaSource], into issues: inout IssueList) {
        for directive in SpecifiedDefinitions.source.directives { add(directive, &issues) }
        for source in sources {
            reportExecutableDefinitions(of: source, &issues)
            for type in source.types where !type.isExtension { add(type, &issues) }
            for directive in source.directives { add(directive, &issues) }
            for schema in source.schemas where !schema.isExtension { add(schema, &issues) }
        }
        for source in sources {
            for type in source.types where type.isExtension { extend(type, &issues) }
            schemaExtensions += source.schemas.filter(\.isExtension)
        }
        addSpecifiedTypes()
    }

    /// The type of that name.
    func type(named name: String) -> TypeSyntax? { typeIndex[name].map { types[$0] } }
    /// The number that the type of that name will have.
    func id(of name: String) -> TypeID? { typeIndex[name].map { TypeID($0) } }
    /// The directive of that name.
    func directive(named name: String) -> Located<DirectiveDefinitionNode>? {
        directiveIndex[name].map { directives[$0] }
    }
    /// The types that the documents define.
    var ownTypes: some Sequence<TypeSyntax> { types.lazy.filter { !$0.definition.source.isBuiltIn } }
    /// The directives that the documents define.
    var ownDirectives: some Sequence<Located<DirectiveDefinitionNode>> {
        directives.lazy.filter { !$0.source.isBuiltIn }
    }

    private mutating func add(_ type: Located<TypeDefinitionNode>, _ issues: inout IssueList) {
        let name = type.string(type.name)
        let place = type.place(type.name.start)
        if SpecifiedDefinitions.typeNames.contains(name) {
            return issues.add("Type \"\(name)\" is defined by the specification and must be left out.", at: [place])
        }
        if let index = typeIndex[name] {
            let first = types[index].definition
            return issues.add(
                "There can be only one type named \"\(name)\".", at: [place, first.place(first.name.start)])
        }
        guard types.count < Int(UInt16.max) - SpecifiedDefinitions.typeNames.count else {
            return issues.add("A schema can have at most \(UInt16.max) types.", at: [place])
        }
        typeIndex[name] = types.count
        types.append(TypeSyntax(name: name, definition: type))
    }

    private mutating func add(_ directive: Located<DirectiveDefinitionNode>, _ issues: inout IssueList) {
        let name = directive.string(directive.name)
        guard let index = directiveIndex[name] else {
            directiveIndex[name] = directives.count
            return directives.append(directive)
        }
        let first = directives[index]
        if first.source.isBuiltIn {
            // The specification's own directives may be left out or repeated.
            directives[index] = directive
        } else {
            issues.add(
                "There can be only one directive named \"@\(name)\".",
                at: [directive.place(directive.name.start), first.place(first.name.start)])
        }
    }

    private mutating func add(_ schema: Located<SchemaDefinitionNode>, _ issues: inout IssueList) {
        if let first = schemaDefinition {
            issues.add("There can be only one schema definition.", at: [schema, first].map { $0.place($0.start) })
        } else {
            schemaDefinition = schema
        }
    }

    private mutating func extend(_ type: Located<TypeDefinitionNode>, _ issues: inout IssueList) {
        let name = type.string(type.name)
        let place = type.place(type.name.start)
        guard let index = typeIndex[name] else {
            let reason =
                SpecifiedDefinitions.typeNames.contains(name) ? "the specification defines it" : "it is not defined"
            return issues.add("Cannot extend type \"\(name)\" because \(reason).", at: [place])
        }
        let first = types[index].definition
        guard first.kind == type.kind else {
            return issues.add(
                "Cannot extend type \"\(name)\" as \(type.kind.text): it is \(first.kind.text).",
                at: [place, first.place(first.name.start)])
        }
        types[index].extensions.append(type)
    }

    private func reportExecutableDefinitions(of source: SchemaSource, _ issues: inout IssueList) {
        let document = source.document
        for offset in document.operations.map(\.start) + document.fragments.map(\.start) {
            issues.add(
                "A schema consists of type-system definitions, it cannot contain operations or fragments.",
                at: [Place(source: source, offset: offset)])
        }
    }

    /// Adds the introspection types and those specified scalars that something refers to.
    private mutating func addSpecifiedTypes() {
        let specified = SpecifiedDefinitions.source.types
        var used: Set<String> = []
        for definition in types.flatMap(\.parts) + specified { used.formUnion(definition.referencedTypes) }
        for directive in directives { used.formUnion(directive.each(directive.arguments).map(\.typeName)) }
        for type in specified {
            let name = type.string(type.name)
            guard type.kind != .scalar || used.contains(name) else { continue }
            typeIndex[name] = types.count
            types.append(TypeSyntax(name: name, definition: type))
        }
    }
}

extension SchemaSource {
    fileprivate var types: [Located<TypeDefinitionNode>] {
        document.typeSystemDefinitions.compactMap {
            if case .type(let node) = $0 { Located(node, in: self) } else { nil }
        }
    }

    /// The directive definitions of the document.
    var directives: [Located<DirectiveDefinitionNode>] {
        document.typeSystemDefinitions.compactMap {
            if case .directive(let node) = $0 { Located(node, in: self) } else { nil }
        }
    }

    fileprivate var schemas: [Located<SchemaDefinitionNode>] {
        document.typeSystemDefinitions.compactMap {
            if case .schema(let node) = $0 { Located(node, in: self) } else { nil }
        }
    }
}

extension Located<TypeDefinitionNode> {
    /// The names of the types of its fields, arguments and input fields.
    fileprivate var referencedTypes: [String] {
        let values = node.fields.flatMap(\.arguments) + node.inputFields
        return (node.fields.map(\.type) + values.map(\.type)).map { string($0.name) }
    }
}

extension Located<InputValueDefinitionNode> {
    fileprivate var typeName: String { string(node.type.name) }
}
