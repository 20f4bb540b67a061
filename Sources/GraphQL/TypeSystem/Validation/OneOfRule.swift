/// The fields of a `@oneOf` input object are nullable and have no default, and an extension cannot apply `@oneOf`
/// (specification, sections 3.10, 3.10.1 and 3.10.2).
enum OneOfRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (type, syntax) in context.types where type.kind == .inputObject {
            for directive in syntax.extensions.flatMap({ $0.applied($0.directives) })
            where directive.string(directive.name) == "oneOf" {
                issues.add(
                    "An extension of \"\(type.name)\" cannot apply \"@oneOf\".", at: [directive.place(directive.start)])
            }
            guard type.isOneOf else { continue }
            for (field, node) in zip(type.inputFields, syntax.inputFields) {
                if field.type.isNonNull {
                    issues.add(
                        "\"\(type.name).\(field.name)\" must be nullable because the input object is \"@oneOf\".",
                        at: [node.place(node.type.start)])
                }
                if let value = node.defaultValue {
                    issues.add(
                        "\"\(type.name).\(field.name)\" cannot have a default because the input object is \"@oneOf\".",
                        at: [node.place(value.start)])
                }
            }
        }
    }
}
