/// An input object has fields (specification, section 3.10).
enum InputObjectRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (type, syntax) in context.types where type.kind == .inputObject && type.inputFields.isEmpty {
            issues.add("Input object \"\(type.name)\" must define one or more fields.", at: syntax.places)
        }
    }
}
