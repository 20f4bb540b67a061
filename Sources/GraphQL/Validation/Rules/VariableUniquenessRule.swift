// Specification, section 5.8.1, https://spec.graphql.org/September2025/#sec-Variable-Uniqueness

/// No two variables of an operation have the same name.
enum VariableUniquenessRule {
    /// Compares the names of all variables of one operation.
    static func check(_ operation: OperationDefinition, _ context: inout ValidationContext) {
        let variables = context.document.variableDefinitions
        let range = operation.variableDefinitions
        guard context.hasRepetition(count: range.count, { variables[range.indices.lowerBound + $0].name }) else {
            return
        }
        for group in context.repeatedGroups(in: context.document[range].map(\.name)) where !context.errors.isFull {
            let message = "There can be only one variable named \"$\(context.text(group[0]))\"."
            context.errors.add(message, at: group.map(\.start))
        }
    }
}
