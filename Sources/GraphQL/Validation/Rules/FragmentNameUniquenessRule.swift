// Specification, section 5.5.1.1, https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness

/// No two fragments of a document have the same name.
enum FragmentNameUniquenessRule {
    /// Compares the names of all fragments.
    static func check(_ context: inout ValidationContext) {
        let names = context.document.fragments.map(\.name)
        for (name, first) in context.repetitions(in: names) where !context.errors.isFull {
            context.report(
                "There can be only one fragment named \"\(context.text(name))\".", at: first.start, name.start)
        }
    }
}
