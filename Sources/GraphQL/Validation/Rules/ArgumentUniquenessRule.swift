// Specification, section 5.4.2, https://spec.graphql.org/September2025/#sec-Argument-Uniqueness

/// No two arguments of a field or directive have the same name.
enum ArgumentUniquenessRule {
    /// Compares the names of all arguments of one field or directive.
    static func check(_ range: NodeRange<Argument>, _ context: inout ValidationContext) {
        let arguments = context.document.arguments
        guard context.hasRepetition(count: range.count, { arguments[range.indices.lowerBound + $0].name }) else {
            return
        }
        for group in context.repeatedGroups(in: context.document[range].map(\.name)) where !context.errors.isFull {
            let message = "There can be only one argument named \"\(context.text(group[0]))\"."
            context.errors.add(message, at: group.map(\.start))
        }
    }
}
