// Specification, section 5.7.1, https://spec.graphql.org/September2025/#sec-Directives-Are-Defined

/// Every directive exists in the schema.
enum DirectivesAreDefinedRule {
    /// Reports a directive that does not exist.
    static func report(_ directive: Directive, _ context: inout ValidationContext) {
        context.report("Unknown directive \"@\(context.text(directive.name))\".", at: directive.start)
    }
}
