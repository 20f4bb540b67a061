/// Directives in the type system are defined, stand where they may, at most once unless repeatable, and have the
/// arguments they need and no others (specification, sections 3.13, 5.4 and 5.7).
enum AppliedDirectiveRule {
    static func check(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        AppliedDirectives.forEach(in: syntax) { location, directives in
            var first: [String: Located<Directive>] = [:]
            for directive in directives {
                let name = directive.string(directive.name)
                guard let definition = syntax.directive(named: name) else {
                    issues.add("Unknown directive \"@\(name)\".", at: [directive.place(directive.start)])
                    continue
                }
                checkLocation(directive, definition, location, &issues)
                checkArguments(directive, definition, &issues)
                if let earlier = first[name], !definition.isRepeatable {
                    issues.add(
                        "The directive \"@\(name)\" can only be used once at this location.",
                        at: [directive.place(directive.start), earlier.place(earlier.start)])
                } else {
                    first[name] = directive
                }
            }
        }
    }

    private static func checkLocation(
        _ directive: Located<Directive>, _ definition: Located<DirectiveDefinitionNode>,
        _ location: DirectiveLocations, _ issues: inout IssueList
    ) {
        guard !definition.locationSet.contains(location) else { return }
        let name = directive.string(directive.name)
        issues.add(
            "Directive \"@\(name)\" may not be used on \(location.names.joined()).",
            at: [directive.place(directive.start)])
    }

    private static func checkArguments(
        _ directive: Located<Directive>, _ definition: Located<DirectiveDefinitionNode>, _ issues: inout IssueList
    ) {
        let name = directive.string(directive.name)
        let known = definition.each(definition.arguments)
        var given: [String: Located<Argument>] = [:]
        for argument in directive.each(directive.source.document[directive.arguments]) {
            let argumentName = argument.string(argument.name)
            if let earlier = given[argumentName] {
                issues.add(
                    "There can be only one argument named \"\(argumentName)\".",
                    at: [argument.place(argument.start), earlier.place(earlier.start)])
            } else if !known.contains(where: { $0.string($0.name) == argumentName }) {
                issues.add(
                    "Unknown argument \"\(argumentName)\" on directive \"@\(name)\".",
                    at: [argument.place(argument.start)])
            }
            given[argumentName] = argument
        }
        for argument in known where argument.type.wrapping.isNonNull && argument.defaultValue == nil {
            let argumentName = argument.string(argument.name)
            if given[argumentName] == nil {
                issues.add(
                    "Directive \"@\(name)\" needs the argument \"\(argumentName)\".",
                    at: [directive.place(directive.start)])
            }
        }
    }
}
