// Specification, section 5.7.3, https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-per-Location

/// A directive that is not repeatable stands at most once in one place.
enum DirectivesAreUniquePerLocationRule {
    /// Compares the names of all directives of one place.
    static func check(_ range: NodeRange<Directive>, _ context: inout ValidationContext) {
        let directives = context.document.directives
        guard context.hasRepetition(count: range.count, { directives[range.indices.lowerBound + $0].name }) else {
            return
        }
        for group in context.repeatedGroups(in: context.document[range].map(\.name)) where !context.errors.isFull {
            let definition = context.schema.directive(named: group[0], in: context.document)
            guard let definition, !definition.isRepeatable else { continue }
            for name in group.dropFirst() where !context.errors.isFull {
                // Of a directive the name is one byte behind the `@`, or more: blanks are allowed between them.
                context.report(
                    "The directive \"@\(definition.name)\" can only be used once at this location.",
                    at: start(of: group[0], range, context), start(of: name, range, context))
            }
        }
    }

    private static func start(
        of name: Name, _ range: NodeRange<Directive>, _ context: borrowing ValidationContext
    ) -> UInt32 {
        context.document[range].first { $0.name == name }?.start ?? name.start
    }
}
