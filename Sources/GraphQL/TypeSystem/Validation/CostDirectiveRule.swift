/// `@cost` and `@listSize` say something that can be computed with (cost specification, section 9).
///
/// They are checked only where the schema defines them as the cost specification does.
enum CostDirectiveRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        AppliedDirectives.forEach(in: context.syntax) { _, directives in
            for directive in directives where directive.string(directive.name) == "cost" {
                checkWeight(directive, &issues)
            }
        }
        for (type, syntax) in context.types {
            for (field, node) in zip(type.fields, syntax.fields) {
                for directive in node.applied(node.directives) {
                    switch directive.string(directive.name) {
                    case "cost" where type.kind == .interface:
                        issues.add(
                            "The field \"\(type.name).\(field.name)\" of an interface must not have @cost: its cost is "
                                + "that of the objects.", at: [directive.place(directive.start)])
                    case "listSize":
                        for problem in problems(of: field, context.schema) {
                            issues.add(
                                "@listSize of \"\(type.name).\(field.name)\": \(problem)",
                                at: [directive.place(directive.start)])
                        }
                    default: break
                    }
                }
            }
        }
    }

    private static func checkWeight(_ directive: Located<Directive>, _ issues: inout IssueList) {
        let document = directive.source.document
        for argument in document[directive.arguments] where document.isEqual(argument.name, "weight") {
            guard argument.value.isString else { continue }
            let text = document.stringValue(argument.value)
            if let weight = Double(text), weight.isFinite { continue }
            issues.add("The weight \"\(text)\" of @cost is no number.", at: [directive.place(argument.value.start)])
        }
    }

    private static func problems(of field: FieldDefinition, _ schema: GraphQLSchema) -> [String] {
        guard let directive = field.directives.first(named: "listSize") else { return [] }
        var problems: [String] = []
        for name in ["assumedSize", "slicingArgumentDefaultValue"] {
            if let size = directive.int(name), size < 0 { problems.append("\(name) must not be negative.") }
        }
        for path in directive.strings("slicingArguments")
        where ListSize.SlicingArgument(path, of: field, schema) == nil {
            problems.append("\"\(path)\" is no argument of the type Int.")
        }
        let sizedFields = directive.strings("sizedFields")
        for name in sizedFields where !isList(name, on: field.type.type, schema) {
            problems.append("\"\(name)\" is no list of the type \"\(schema[field.type.type].name)\".")
        }
        if sizedFields.isEmpty, !field.type.isList {
            problems.append("the field is no list and names no sizedFields.")
        }
        return problems
    }

    private static func isList(_ name: String, on type: TypeID, _ schema: GraphQLSchema) -> Bool {
        let objects = schema.possibleTypes(of: type)
        return objects.contains { schema[$0].field(named: name)?.type.isList ?? false }
    }
}
