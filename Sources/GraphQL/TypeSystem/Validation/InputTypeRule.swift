/// Arguments and input fields have input types (specification, sections 3.6, 3.10 and 3.13).
enum InputTypeRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (path, value, node) in context.inputValues {
            let type = context.schema[value.type.type]
            guard !type.isInput else { continue }
            issues.add(
                "The type of \"\(path)\" must be an input type, \"\(type.name)\" is \(type.kind.text).",
                at: [node.place(node.type.start)])
        }
    }
}
