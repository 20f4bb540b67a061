// Specification, section 5.5.2.1, https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined

/// A spread names a fragment of the document.
enum FragmentSpreadTargetDefinedRule {
    /// Reports a spread of a fragment that does not exist.
    static func report(_ spread: Selection, _ context: inout ValidationContext) {
        context.report("Unknown fragment \"\(context.text(spread.name))\".", at: spread.name.start)
    }
}
