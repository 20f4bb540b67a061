/// Every type that is named is defined (specification, section 3.3).
enum KnownTypeNameRule {
    static func check(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        func check(_ name: Located<Name>) {
            let text = name.text
            guard syntax.type(named: text) == nil else { return }
            issues.add("Unknown type \"\(text)\".", at: [name.place])
        }
        for root in syntax.rootOperationNodes { check(root.with(root.type)) }
        for directive in syntax.ownDirectives {
            for argument in directive.each(directive.arguments) { check(argument.with(argument.type.name)) }
        }
        for type in syntax.ownTypes {
            for name in type.interfaces + type.members { check(name) }
            for field in type.fields {
                for argument in field.argumentNodes { check(argument.with(argument.type.name)) }
                check(field.with(field.type.name))
            }
            for field in type.inputFields { check(field.with(field.type.name)) }
        }
    }
}
