/// Names of types, directives, fields, arguments, input fields and enum values do not begin with two underscores, which
/// are reserved for introspection (specification, sections 2.1.8 and 3.3).
enum ReservedNameRule {
    static func check(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        for directive in syntax.ownDirectives {
            check(directive.with(directive.name), &issues)
            for argument in directive.each(directive.arguments) { check(argument.with(argument.name), &issues) }
        }
        for type in syntax.ownTypes {
            check(type.definition.with(type.definition.name), &issues)
            for field in type.fields {
                check(field.with(field.name), &issues)
                for argument in field.argumentNodes { check(argument.with(argument.name), &issues) }
            }
            for field in type.inputFields { check(field.with(field.name), &issues) }
            for value in type.values { check(value.with(value.name), &issues) }
        }
    }

    private static func check(_ name: Located<Name>, _ issues: inout IssueList) {
        let text = name.text
        guard text.utf8.starts(with: "__".utf8) else { return }
        issues.add(
            "Name \"\(text)\" must not begin with \"__\", which is reserved for introspection.", at: [name.place])
    }
}
