// Specification, section 5.7.2, https://spec.graphql.org/September2025/#sec-Directives-Are-in-Valid-Locations

/// A directive stands where its definition allows it.
enum DirectivesAreInValidLocationsRule {
    /// Compares a place with the definition.
    static func check(
        _ directive: Directive, _ definition: DirectiveDefinition, at location: DirectiveLocations,
        _ context: inout ValidationContext
    ) {
        if definition.locations.contains(location) { return }
        context.report(
            "Directive \"@\(definition.name)\" may not be used on \(location.names[0]).",
            at: directive.start)
    }
}
