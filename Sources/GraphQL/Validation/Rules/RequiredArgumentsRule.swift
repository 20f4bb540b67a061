// Specification, section 5.4.3, https://spec.graphql.org/September2025/#sec-Required-Arguments

/// An argument whose type is non-null and that has no default is given, and is not `null`.
///
/// That the value is not `null` is checked by `ValuesOfCorrectTypeRule`.
enum RequiredArgumentsRule {
    /// Looks for required arguments that are missing.
    static func check(
        _ range: NodeRange<Argument>, _ definitions: [InputValueDefinition], of owner: ArgumentOwner,
        _ context: inout ValidationContext
    ) {
        for definition in definitions where definition.isRequired {
            let isGiven = context.document[range].contains { context.document.isEqual($0.name, definition.name) }
            if !isGiven { report(definition, of: owner, &context) }
        }
    }

    @inline(never)
    private static func report(
        _ definition: InputValueDefinition, of owner: ArgumentOwner, _ context: inout ValidationContext
    ) {
        let rest =
            "argument \"\(definition.name)\" of type \"\(context.schema.text(definition.type))\" is required, "
            + "but it was not provided."
        switch owner {
        case .field(_, _, let field): context.report("Field \"\(context.text(field.name))\" \(rest)", at: field.start)
        case .directive(let directive, let node):
            context.report("Directive \"@\(directive.name)\" \(rest)", at: node.start)
        case .unknown: break
        }
    }
}
