// Access is denied unless a rule grants it (DESIGN §9): a type without `@access` is no type.

import GraphQL

extension ModelBuilder {
    /// Adds the rules and, for every object type, the one that it names.
    mutating func addAccess() {
        if let rules = BuildDirectives.accessRules(of: schema) {
            model.access.rules = EnumModel(
                name: "AccessRule", cases: caseModels(of: rules), documentation: rules.description)
        }
        for type in schema.types where type.kind == .object && !type.isBuiltIn {
            let rule = type.directives.first(named: BuildDirectives.access)?["rule"]
            guard case .enumValue(let value) = rule else {
                report(
                    "the type \(type.name) doesn't say who may see its objects; add @access(rule: …)",
                    at: type.location)
                continue
            }
            model.access.entries.append((type.name, SwiftNames.escaped(SwiftNames.caseName(value))))
        }
        refuseRulesInPublic()
    }

    /// The enum of the rules is left out of the public schema, so nothing there may use it.
    private mutating func refuseRulesInPublic() {
        guard let rules = BuildDirectives.accessRules(of: schema) else { return }
        for type in schema.types where !type.isBuiltIn {
            let arguments = type.fields.flatMap(\.arguments)
            let locations =
                type.fields.filter { $0.type.type == rules.id }.map(\.location)
                + (arguments + type.inputFields).filter { $0.type.type == rules.id }.map(\.location)
            for location in locations {
                report("\(rules.name) belongs to the build and can't be used in the public schema", at: location)
            }
        }
    }
}
