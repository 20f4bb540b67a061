/// A directive with a meaning to the engine that a document defines, or defines again, is the one of the specification: it
/// has the arguments that the engine reads, of the same types but for null, and needs no others (specification, section
/// 3.13, and the working draft of incremental delivery for `@defer` and `@stream`).
enum SpecifiedDirectiveRule {
    static func check(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        for directive in syntax.ownDirectives {
            let name = directive.string(directive.name)
            guard let expected = SpecifiedDefinitions.directive(named: name) else { continue }
            let known = expected.each(expected.arguments)
            let own = directive.each(directive.arguments)
            let hasAll = known.allSatisfy { argument in own.contains { $0.isCompatible(with: argument) } }
            let needsOthers = own.contains { argument in
                argument.type.wrapping.isNonNull && argument.defaultValue == nil
                    && !known.contains { argument.isCompatible(with: $0) }
            }
            let isElsewhere = !directive.locationSet.isSubset(of: expected.locationSet)
            guard !hasAll || needsOthers || isElsewhere else { continue }
            issues.add(
                "The directive \"@\(name)\" must be defined as in the specification, or left out.",
                at: [directive.place(directive.name.start)])
        }
    }
}

extension Located<InputValueDefinitionNode> {
    /// Whether it has the name and type of another argument, null aside.
    fileprivate func isCompatible(with other: Located<InputValueDefinitionNode>) -> Bool {
        string(node.name) == other.string(other.name) && string(node.type.name) == other.string(other.type.name)
            && node.type.wrapping.nullable == other.type.wrapping.nullable
    }
}
