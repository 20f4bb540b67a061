// Specification, section 5.5.1.1, https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness

/// No two fragments of a document have the same name.
enum FragmentNameUniquenessRule {
    /// Reports a fragment that has the name of an earlier one.
    static func report(
        _ fragment: FragmentDefinition, _ first: Name, _ context: inout ValidationContext
    ) {
        context.report(
            "There can be only one fragment named \"\(context.text(fragment.name))\".",
            at: first.start, fragment.name.start)
    }
}
