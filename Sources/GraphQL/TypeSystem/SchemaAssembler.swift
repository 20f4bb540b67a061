// Syntax whose structure has been checked becomes the schema: names turn into ids, literals into constants.

/// Makes the schema from checked syntax.
struct SchemaAssembler {
    private let syntax: SchemaSyntax
    private let defaultReason: String?

    init(_ syntax: SchemaSyntax) {
        self.syntax = syntax
        let reason = syntax.directive(named: "deprecated").flatMap { directive in
            directive.each(directive.arguments).first { $0.string($0.name) == "reason" }?.constant
        }
        if case .string(let text) = reason { defaultReason = text } else { defaultReason = nil }
    }

    /// Makes the schema; every name in the syntax must be known.
    func assemble() -> GraphQLSchema {
        let roots = syntax.rootOperations
        guard let query = roots[.query] else {
            fatalError("SchemaAssembler needs syntax that RootOperationTypesRule has accepted: no query root")
        }
        let definition = syntax.schemaDefinition
        return GraphQLSchema(
            SchemaParts(
                description: definition.flatMap { $0.source.document.text($0.description) },
                types: syntax.types.enumerated().map { type($1, id: TypeID($0)) },
                directives: syntax.directives.map { directive($0) },
                queryType: query,
                mutationType: roots[.mutation],
                subscriptionType: roots[.subscription],
                appliedDirectives: syntax.schemaDirectives.map { directive(applied: $0) },
                typenameField: metaField(.typename, "__typename", "String", .none.nonNull, on: query),
                schemaField: metaField(.schema, "__schema", "__Schema", .none.nonNull, on: query),
                typeField: metaField(.type, "__type", "__Type", .none, on: query)))
    }

    private func id(_ name: String) -> TypeID {
        guard let id = syntax.id(of: name) else {
            fatalError("SchemaAssembler needs syntax that KnownTypeNamesRule has accepted: no type \(name)")
        }
        return id
    }

    private func metaField(
        _ field: FieldDefinition.MetaField, _ name: String, _ type: String, _ wrapping: TypeWrapping, on query: TypeID
    ) -> FieldDefinition {
        let arguments =
            field == .type
            ? [
                InputValueDefinition(
                    index: 0, name: "name", description: "The name of the type.",
                    type: TypeReference(id("String"), .none.nonNull), defaultValue: nil)
            ] : []
        let description =
            switch field {
            case .typename: "The name of the object's type."
            case .schema: "What this service offers."
            case .type: "One type of this service."
            }
        return FieldDefinition(
            parent: query, index: -1, metaField: field, name: name, description: description, arguments: arguments,
            type: TypeReference(id(type), wrapping))
    }

    // MARK: Definitions

    private func type(_ syntax: TypeSyntax, id: TypeID) -> NamedType {
        let definition = syntax.definition
        let directives = syntax.directives.map { directive(applied: $0) }
        var parts = NamedTypeParts(
            id: id, kind: syntax.kind, name: syntax.name,
            description: definition.source.document.text(definition.description))
        parts.fields = syntax.fields.enumerated().map { field($1, index: $0, parent: id) }
        parts.interfaces = syntax.interfaces.map { self.id($0.text) }
        parts.members = syntax.members.map { self.id($0.text) }
        parts.enumValues = syntax.values.enumerated().map { enumValue($1, index: $0) }
        parts.inputFields = syntax.inputFields.enumerated().map { inputValue($1, index: $0) }
        if case .string(let url) = directives.first(named: "specifiedBy")?["url"] { parts.specifiedByURL = url }
        parts.isOneOf = directives.first(named: "oneOf") != nil
        parts.directives = directives
        parts.isBuiltIn = definition.source.isBuiltIn
        parts.location = definition.location(definition.name.start)
        return NamedType(parts)
    }

    private func field(_ node: Located<FieldDefinitionNode>, index: Int, parent: TypeID) -> FieldDefinition {
        let directives = node.applied(node.directives).map { directive(applied: $0) }
        return FieldDefinition(
            parent: parent, index: index, name: node.string(node.name),
            description: node.source.document.text(node.description),
            arguments: node.argumentNodes.enumerated().map { inputValue($1, index: $0) },
            type: reference(node.with(node.type)), deprecationReason: deprecationReason(directives),
            directives: directives, location: node.location(node.name.start))
    }

    private func inputValue(_ node: Located<InputValueDefinitionNode>, index: Int) -> InputValueDefinition {
        let directives = node.applied(node.directives).map { directive(applied: $0) }
        return InputValueDefinition(
            index: index, name: node.string(node.name), description: node.source.document.text(node.description),
            type: reference(node.with(node.type)), defaultValue: node.constant,
            deprecationReason: deprecationReason(directives), directives: directives,
            location: node.location(node.name.start))
    }

    private func enumValue(_ node: Located<EnumValueDefinitionNode>, index: Int) -> EnumValueDefinition {
        let directives = node.applied(node.directives).map { directive(applied: $0) }
        return EnumValueDefinition(
            index: index, name: node.string(node.name), description: node.source.document.text(node.description),
            deprecationReason: deprecationReason(directives), directives: directives,
            location: node.location(node.name.start))
    }

    private func directive(_ node: Located<DirectiveDefinitionNode>) -> DirectiveDefinition {
        let name = node.string(node.name)
        return DirectiveDefinition(
            name: name, description: node.source.document.text(node.description),
            arguments: node.each(node.arguments).enumerated().map { inputValue($1, index: $0) },
            isRepeatable: node.isRepeatable, locations: node.locationSet,
            isSpecified: SpecifiedDefinitions.directiveNames.contains(name), location: node.location(node.name.start))
    }

    // MARK: Parts

    private func reference(_ node: Located<TypeNode>) -> TypeReference {
        TypeReference(id(node.string(node.name)), node.wrapping)
    }

    private func directive(applied node: Located<Directive>) -> AppliedDirective {
        let document = node.source.document
        let arguments = document[node.arguments].map { argument in
            // The parser admits no variables in the type system.
            ConstantField(name: document.string(argument.name), value: document.constant(argument.value) ?? .null)
        }
        return AppliedDirective(
            name: node.string(node.name), arguments: arguments, location: node.location(node.start))
    }

    private func deprecationReason(_ directives: [AppliedDirective]) -> String? {
        guard let directive = directives.first(named: "deprecated") else { return nil }
        if case .string(let reason) = directive["reason"] { return reason }
        return defaultReason ?? ""
    }
}

extension Located<InputValueDefinitionNode> {
    /// The default value as a constant.
    var constant: ConstantValue? { node.defaultValue.flatMap { source.document.constant($0) } }
}

extension Located<DirectiveDefinitionNode> {
    /// The places where the directive may stand.
    var locationSet: DirectiveLocations {
        node.locations.reduce(into: []) { $0.formUnion(DirectiveLocations(name: string($1)) ?? []) }
    }
}

extension SchemaSyntax {
    /// The directives applied to the schema definition and its extensions.
    var schemaDirectives: [Located<Directive>] {
        ([schemaDefinition].compactMap { $0 } + schemaExtensions).flatMap { $0.applied($0.directives) }
    }

    /// The root operation types as written.
    var rootOperationNodes: [Located<RootOperationTypeNode>] {
        ([schemaDefinition].compactMap { $0 } + schemaExtensions).flatMap { $0.each($0.rootOperations) }
    }

    /// The root operation types: those that are written, or without a schema definition those with the default names
    /// (specification, section 3.3.1).
    var rootOperations: [OperationKind: TypeID] {
        var roots: [OperationKind: TypeID] = [:]
        for root in rootOperationNodes { roots[root.kind] = id(of: root.string(root.type)) }
        guard schemaDefinition == nil else { return roots }
        for (kind, name) in [(OperationKind.query, "Query"), (.mutation, "Mutation"), (.subscription, "Subscription")]
        where roots[kind] == nil {
            roots[kind] = id(of: name)
        }
        return roots
    }
}
