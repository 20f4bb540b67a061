/// Objects and interfaces have fields, and fields have output types (specification, sections 3.6 and 3.7).
enum FieldTypeRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (type, syntax) in context.types where type.kind == .object || type.kind == .interface {
            if type.fields.isEmpty {
                issues.add("Type \"\(type.name)\" must define one or more fields.", at: syntax.places)
            }
            for (field, node) in zip(type.fields, syntax.fields) {
                let result = context.schema[field.type.type]
                guard !result.isOutput else { continue }
                issues.add(
                    "The type of \"\(type.name).\(field.name)\" must be an output type, \"\(result.name)\" is \(result.kind.text).",
                    at: [node.place(node.type.start)])
            }
        }
    }
}
