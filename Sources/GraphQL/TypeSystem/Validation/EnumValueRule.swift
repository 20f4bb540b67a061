/// An enum has values (specification, section 3.9); that they differ is checked by `UniqueMemberNameRule`.
enum EnumValueRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (type, syntax) in context.types where type.kind == .enum && type.enumValues.isEmpty {
            issues.add("Enum \"\(type.name)\" must define one or more values.", at: syntax.places)
        }
    }
}
