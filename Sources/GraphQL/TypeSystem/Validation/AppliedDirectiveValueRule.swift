/// The arguments of directives in the type system have values of their types (specification, section 5.6.1).
enum AppliedDirectiveValueRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        let check = ConstantCheck(context.schema)
        AppliedDirectives.forEach(in: context.syntax) { _, directives in
            for directive in directives {
                let document = directive.source.document
                guard let definition = context.schema.directive(named: directive.name, in: document) else { continue }
                for argument in document[directive.arguments] {
                    guard let expected = definition.argument(named: argument.name, in: document),
                        let value = document.constant(argument.value),
                        let problem = check.problem(value, as: expected.type)
                    else { continue }
                    issues.add(
                        "The argument \"@\(definition.name)(\(expected.name):)\" is invalid: \(problem)",
                        at: [directive.place(argument.value.start)])
                }
            }
        }
    }
}
