/// What must be given cannot be deprecated: no `@deprecated` on a non-null argument or input field without a default
/// (specification, sections 3.6, 3.10 and 3.13.3).
enum RequiredDeprecationRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (path, value, node) in context.inputValues where value.isRequired && value.isDeprecated {
            let directive = node.applied(node.directives).first { $0.string($0.name) == "deprecated" }
            let places = [directive.map { $0.place($0.start) }, node.place(node.type.start)].compactMap { $0 }
            issues.add("\"\(path)\" is required and so cannot be deprecated.", at: places)
        }
    }
}
