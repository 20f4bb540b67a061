// The list of rules: specification, section 3, the parts "Type Validation" and "Schema Validation". One file per rule.

/// What the rules on types look at: the schema, and for each element where it is written.
struct SchemaRuleContext {
    let schema: GraphQLSchema
    let syntax: SchemaSyntax

    /// The types that documents define, each with its syntax; their lists have the same order.
    var types: [(type: NamedType, syntax: TypeSyntax)] {
        syntax.ownTypes.compactMap { syntax in schema.type(named: syntax.name).map { ($0, syntax) } }
    }

    /// The directives that documents define, each with its syntax.
    var directives: [(directive: DirectiveDefinition, syntax: Located<DirectiveDefinitionNode>)] {
        syntax.ownDirectives.compactMap { node in
            schema.directive(named: node.string(node.name)).map { ($0, node) }
        }
    }

    /// All arguments and input fields that documents define: how messages call them, and where they are written.
    var inputValues: [(path: String, value: InputValueDefinition, syntax: Located<InputValueDefinitionNode>)] {
        var result: [(String, InputValueDefinition, Located<InputValueDefinitionNode>)] = []
        func add(
            _ values: [InputValueDefinition], _ nodes: [Located<InputValueDefinitionNode>], _ path: (String) -> String
        ) {
            for (value, node) in zip(values, nodes) { result.append((path(value.name), value, node)) }
        }
        for (directive, node) in directives {
            add(directive.arguments, node.each(node.arguments)) { "@\(directive.name)(\($0):)" }
        }
        for (type, syntax) in types {
            for (field, node) in zip(type.fields, syntax.fields) {
                add(field.arguments, node.argumentNodes) { "\(type.name).\(field.name)(\($0):)" }
            }
            add(type.inputFields, syntax.inputFields) { "\(type.name).\($0)" }
        }
        return result
    }
}

/// All rules, in the order in which they are checked.
enum SchemaRules {
    /// Rules on definitions as written; the schema is assembled only when all hold.
    static let structure: [@Sendable (SchemaSyntax, inout IssueList) -> Void] = [
        ReservedNameRule.check,
        UniqueMemberNameRule.check,
        KnownTypeNameRule.check,
        SpecifiedDirectiveRule.check,
        RootOperationTypeRule.check,
        AppliedDirectiveRule.check,
        UniqueObjectFieldRule.check,
    ]

    /// Rules on the assembled types.
    static let types: [@Sendable (SchemaRuleContext, inout IssueList) -> Void] = [
        FieldTypeRule.check,
        InputTypeRule.check,
        InterfaceImplementationRule.check,
        UnionMemberRule.check,
        EnumValueRule.check,
        InputObjectRule.check,
        OneOfRule.check,
        InputObjectCycleRule.check,
        DefaultValueRule.check,
        DefaultValueCycleRule.check,
        RequiredDeprecationRule.check,
        DirectiveReferenceRule.check,
        AppliedDirectiveValueRule.check,
        CostDirectiveRule.check,
    ]
}
