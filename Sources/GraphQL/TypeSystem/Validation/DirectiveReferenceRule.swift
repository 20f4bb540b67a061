/// The definition of a directive does not use the directive, neither itself nor through the types of its arguments and
/// the directives applied there (specification, section 3.13).
enum DirectiveReferenceRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (directive, node) in context.directives where isReachable(directive.name, from: directive, context.schema) {
            issues.add(
                "The definition of directive \"@\(directive.name)\" cannot refer to itself.",
                at: [node.place(node.name.start)])
        }
    }

    /// Whether the directive of that name is applied somewhere in what the definition refers to.
    private static func isReachable(
        _ name: String, from directive: DirectiveDefinition, _ schema: GraphQLSchema
    ) -> Bool {
        var seenDirectives: Set<String> = []
        var seenTypes: Set<TypeID> = []
        var values = directive.arguments
        var applied: [AppliedDirective] = []
        while true {
            if let value = values.popLast() {
                applied += value.directives
                guard seenTypes.insert(value.type.type).inserted else { continue }
                let type = schema[value.type.type]
                applied += type.directives + type.enumValues.flatMap(\.directives)
                values += type.inputFields
            } else if let use = applied.popLast() {
                if use.name == name { return true }
                guard seenDirectives.insert(use.name).inserted else { continue }
                values += schema.directive(named: use.name)?.arguments ?? []
            } else {
                return false
            }
        }
    }
}
