// The directives of `schema.graphql` that speak to this generator and not to clients.

import GraphQL

/// The build-time directives and what belongs to them.
enum BuildDirectives {
    /// The field's value needs I/O although its shape looks like a column.
    static let loaded = "loaded"
    /// The field's value is part of its parent's row although it is an object.
    static let stored = "stored"
    /// Who may see objects of the type.
    static let access = "access"

    /// All names.
    static let names: Set<String> = [loaded, stored, access]

    /// The enum of the rules of access.
    static func accessRules(of schema: GraphQLSchema) -> NamedType? {
        guard let rule = schema.directive(named: access)?.argument(named: "rule") else { return nil }
        let type = schema[rule.type.type]
        return type.kind == .enum ? type : nil
    }

    /// Whether a type exists only for these directives.
    static func owns(_ type: NamedType, in schema: GraphQLSchema) -> Bool {
        accessRules(of: schema)?.id == type.id
    }
}
