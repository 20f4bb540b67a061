/// Fields of a type, arguments of a field or directive, values of an enum and fields of an input object have different
/// names, extensions included (specification, sections 3.6 to 3.10 and 3.13).
enum UniqueMemberNameRule {
    static func check(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        for type in syntax.ownTypes {
            check(type.fields.map { $0.with($0.name) }, { "Field \"\(type.name).\($0)\"" }, &issues)
            check(type.inputFields.map { $0.with($0.name) }, { "Input field \"\(type.name).\($0)\"" }, &issues)
            check(type.values.map { $0.with($0.name) }, { "Enum value \"\(type.name).\($0)\"" }, &issues)
            for field in type.fields {
                let name = field.string(field.name)
                let arguments = field.argumentNodes.map { $0.with($0.name) }
                check(arguments, { "Argument \"\(type.name).\(name)(\($0):)\"" }, &issues)
            }
        }
        for directive in syntax.ownDirectives {
            let name = directive.string(directive.name)
            check(
                directive.each(directive.arguments).map { $0.with($0.name) }, { "Argument \"@\(name)(\($0):)\"" },
                &issues)
        }
    }

    private static func check(
        _ names: [Located<Name>], _ describe: (String) -> String, _ issues: inout IssueList
    ) {
        var first: [String: Located<Name>] = [:]
        for name in names {
            let text = name.text
            if let earlier = first[text] {
                issues.add("\(describe(text)) can only be defined once.", at: [name.place, earlier.place])
            } else {
                first[text] = name
            }
        }
    }
}
