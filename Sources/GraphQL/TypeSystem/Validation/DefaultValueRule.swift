/// The default value of an argument or input field can be coerced to its type (specification, sections 3.6 and 3.10).
enum DefaultValueRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (path, value, node) in context.inputValues {
            guard let constant = value.defaultValue, let literal = node.defaultValue else { continue }
            guard let problem = ConstantCheck(context.schema).problem(constant, as: value.type) else { continue }
            issues.add("The default of \"\(path)\" is invalid: \(problem)", at: [node.place(literal.start)])
        }
    }
}
