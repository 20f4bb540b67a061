/// The fields of one type compared with those of one interface it declares (specification, section 3.6,
/// IsValidImplementation, item 2).
struct InterfaceFieldRule {
    private let schema: GraphQLSchema
    private let type: NamedType
    private let syntax: TypeSyntax
    private let interface: NamedType
    private let interfaceSyntax: TypeSyntax

    init?(_ context: SchemaRuleContext, _ type: NamedType, _ syntax: TypeSyntax, _ interface: NamedType) {
        guard let interfaceSyntax = context.syntax.type(named: interface.name) else { return nil }
        schema = context.schema
        self.type = type
        self.syntax = syntax
        self.interface = interface
        self.interfaceSyntax = interfaceSyntax
    }

    func check(_ issues: inout IssueList) {
        let nodes = syntax.fields
        for (expected, expectedNode) in zip(interface.fields, interfaceSyntax.fields) {
            guard let field = type.field(named: expected.name) else {
                issues.add(
                    "Type \"\(type.name)\" must have the field \"\(expected.name)\" of the interface \"\(interface.name)\".",
                    at: syntax.places + [expectedNode.place(expectedNode.name.start)])
                continue
            }
            let node = nodes[field.index]
            checkType(field, node, expected, expectedNode, &issues)
            checkArguments(field, node, expected, expectedNode, &issues)
            if field.isDeprecated, !expected.isDeprecated {
                issues.add(
                    "\"\(path(type, field))\" cannot be deprecated while \"\(path(interface, expected))\" is not.",
                    at: [node.place(node.name.start), expectedNode.place(expectedNode.name.start)])
            }
        }
    }

    private func checkType(
        _ field: FieldDefinition, _ node: Located<FieldDefinitionNode>, _ expected: FieldDefinition,
        _ expectedNode: Located<FieldDefinitionNode>, _ issues: inout IssueList
    ) {
        guard !schema.isSubtype(field.type, of: expected.type) else { return }
        let types = "\"\(schema.text(expected.type))\", found \"\(schema.text(field.type))\""
        issues.add(
            "The type of \"\(path(type, field))\" must be that of \"\(path(interface, expected))\" or narrower: "
                + "expected \(types).",
            at: [node.place(node.type.start), expectedNode.place(expectedNode.type.start)])
    }

    private func checkArguments(
        _ field: FieldDefinition, _ node: Located<FieldDefinitionNode>, _ expected: FieldDefinition,
        _ expectedNode: Located<FieldDefinitionNode>, _ issues: inout IssueList
    ) {
        let nodes = node.argumentNodes
        for (argument, argumentNode) in zip(expected.arguments, expectedNode.argumentNodes) {
            let expectedPath = "\(path(interface, expected))(\(argument.name):)"
            guard let own = field.argument(named: argument.name) else {
                issues.add(
                    "\"\(path(type, field))\" must have the argument \"\(expectedPath)\".",
                    at: [node.place(node.name.start), argumentNode.place(argumentNode.name.start)])
                continue
            }
            guard own.type != argument.type else { continue }
            let types = "\"\(schema.text(argument.type))\", found \"\(schema.text(own.type))\""
            issues.add(
                "The type of \"\(path(type, field))(\(own.name):)\" must be that of \"\(expectedPath)\": expected \(types).",
                at: [nodes[own.index].place(nodes[own.index].type.start), argumentNode.place(argumentNode.type.start)])
        }
        for (argument, argumentNode) in zip(field.arguments, nodes) {
            guard argument.isRequired, expected.argument(named: argument.name) == nil else { continue }
            issues.add(
                "\"\(path(type, field))(\(argument.name):)\" must not be required: "
                    + "\"\(path(interface, expected))\" has no such argument.",
                at: [argumentNode.place(argumentNode.name.start), expectedNode.place(expectedNode.name.start)])
        }
    }

    private func path(_ type: NamedType, _ field: FieldDefinition) -> String { "\(type.name).\(field.name)" }
}
