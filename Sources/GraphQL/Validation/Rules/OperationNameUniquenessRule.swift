// Specification, section 5.2.2.1, https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness

/// No two operations of a document have the same name.
enum OperationNameUniquenessRule {
    /// Compares the names of all operations.
    static func check(_ context: inout ValidationContext) {
        let operations = context.document.operations
        guard operations.count > 1 else { return }
        let names = operations.filter { !$0.name.isEmpty }.map(\.name)
        for (name, first) in context.repetitions(in: names) where !context.errors.isFull {
            context.report(
                "There can be only one operation named \"\(context.text(name))\".", at: first.start, name.start)
        }
    }
}
